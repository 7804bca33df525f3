"""The statistics of small counts of vulnerable people: no Django, no network, no clock, no Swedish."""

"""Template words of the contact."""

"""Official statistics with provenance."""

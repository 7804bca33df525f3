"""The public front."""

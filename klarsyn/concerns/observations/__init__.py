"""Observations without persons: a kind of sign, a kind of place, a month."""

"""Thousands of random texts go in by every field; then every byte that was written anywhere is searched for them."""

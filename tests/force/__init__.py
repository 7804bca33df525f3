"""Proof by force: what is promised is tried with killed processes, planted secrets and spoilt bytes."""

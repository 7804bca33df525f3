"""Kartläggningen: collect, compute, freeze."""

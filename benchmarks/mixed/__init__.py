"""The mixed load of `benchmarks/load.py`: who is there, what they do, and what must be found afterwards."""

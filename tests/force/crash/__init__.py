"""Each write is killed at each of its steps; what was acknowledged is there afterwards, and nothing is half done."""

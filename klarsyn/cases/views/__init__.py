"""Pages of the cases: opening one, and watching over who opens what."""

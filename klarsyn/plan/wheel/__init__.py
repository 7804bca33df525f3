"""The year: collect, write, check, release, present, decide, follow up."""

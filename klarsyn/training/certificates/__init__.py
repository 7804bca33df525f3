"""Certificates: a number, a paper with a name, and a page that says of a number whether it holds."""

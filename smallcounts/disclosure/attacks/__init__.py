"""Ten attacks that a release must survive before it leaves."""

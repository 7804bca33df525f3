"""A visitor's files: what they may be, and what is taken out of them before anybody sees them."""

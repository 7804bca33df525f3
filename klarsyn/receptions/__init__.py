"""The receptions: where they are, when they are open, whom they are for, from which day to which."""

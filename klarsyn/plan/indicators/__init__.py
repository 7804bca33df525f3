"""How a measure stands against its target, told from released figures alone."""

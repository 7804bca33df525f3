"""What the law asks of the municipality, point by point, and what there is of it."""

"""Other municipalities' released figures, taken in by hand and set beside ours; ADR 20."""

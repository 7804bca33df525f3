"""What the politicians see."""

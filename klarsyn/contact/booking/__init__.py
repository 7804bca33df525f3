"""Times that a reception publishes and somebody without a name books."""

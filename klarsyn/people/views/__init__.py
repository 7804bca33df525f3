"""Pages of the staff: signing in, the desk, one's own security, roles."""

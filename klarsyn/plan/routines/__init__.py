"""The routines, who owns each, and when it is next to be looked through."""

"""The anonymous contact: a code instead of a name, a thread with a team, and what hangs on the code."""

"""The trafficking route: the national manual's six steps, and how to ask the regional coordinator."""

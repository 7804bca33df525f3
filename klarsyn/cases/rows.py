"""The rows of a team, by the name that this room has always called them."""

from klarsyn.people.rows import ALL, SETTING, of_teams

__all__ = ["ALL", "SETTING", "of_teams"]

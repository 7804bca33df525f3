"""The rows of a team, as the rooms that hold a team's rows call them; the frame itself knows no people."""

from klarsyn.base.rows import ALL, SETTING, of_teams

__all__ = ["ALL", "SETTING", "of_teams"]

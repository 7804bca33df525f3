"""Which client rows PostgreSQL shows; the same for every room that has some, so it lies in the base."""

from klarsyn.base.rows import ALL, SETTING, of_teams

__all__ = ["ALL", "SETTING", "of_teams"]

"""Which of the municipality's own figures nobody has counted for a year: titles, never a number."""

from __future__ import annotations

from django.conf import settings

from klarsyn.base.uncounted import Uncounted
from klarsyn.mapping import actions, doors
from klarsyn.mapping.definitions import Indicator


def of_year(year: int) -> tuple[Uncounted, ...]:
    """In the report's order; each reception is asked through its own door, one at a time."""
    own = (one for one in actions.definitions().indicators if one.reception)
    return tuple(
        Uncounted(one.id, one.title.sv, one.title.en) for one in own if not _is_counted(one, str(year))
    )


def _is_counted(indicator: Indicator, year: str) -> bool:
    return bool(doors.counted(indicator, settings.MUNICIPALITY, year, year).counts)

"""What a unit has logged, for itself: its months by sign, and the entries of the one who asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from klarsyn.concerns.models import Sighting
from klarsyn.concerns.observations.actions import is_own
from klarsyn.concerns.observations.policy import months
from klarsyn.concerns.observations.signs import Choice, catalogue
from klarsyn.people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One sign and how often it was logged in each of the months shown."""

    sign: Choice
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitMonths:
    """What a unit logged in the latest months, oldest first; no sign that nobody logged."""

    unit: str
    firsts: tuple[date, ...]
    lines: tuple[Line, ...]
    sums: tuple[int, ...]
    is_invented: bool


def unit_months(unit: str, today: date) -> UnitMonths:
    """The months that are open, by sign; what was taken back is not counted."""
    shown = months(today)[::-1]
    counted: Counter[tuple[str, tuple[int, int]]] = Counter()
    invented = False
    for row in _open(unit, shown).filter(is_withdrawn=False):
        counted[row.sign, (row.year, row.month)] += 1
        invented = invented or row.is_invented
    signs = catalogue().signs
    lines = [Line(one, tuple(counted[key, when] for when in shown)) for key, one in signs.items()]
    return UnitMonths(
        unit=unit,
        firsts=tuple(date(*when, 1) for when in shown),
        lines=tuple(line for line in lines if any(line.numbers)),
        sums=tuple(sum(line.numbers[at] for line in lines) for at in range(len(shown))),
        is_invented=invented,
    )


def own(units: Iterable[str], by: User, today: date) -> list[Sighting]:
    """The entries of open months that this person logged, newest month first; those taken back too."""
    shown = months(today)
    rows = [row for unit in sorted(units) for row in _open(unit, shown) if is_own(row, by)]
    return sorted(rows, key=lambda row: (-row.year, -row.month, row.sign, row.id))


def _open(unit: str, shown: Iterable[tuple[int, int]]) -> QuerySet[Sighting]:
    """Of consecutive months, so that a year and a month of them together are one of them."""
    years, numbers = zip(*shown, strict=True)
    return Sighting.objects.filter(unit=unit, year__in=set(years), month__in=set(numbers))

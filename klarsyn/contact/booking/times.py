"""Which times can be chosen: what the reception has published, less what is taken, closed or too soon."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.contact.models.booking import QUARTER, Channel, Kind
from klarsyn.receptions.policy import Hours, hours

_STRETCH: Final = re.compile(r"(\d{1,2})[:.](\d\d)\s*[–-]\s*(\d{1,2})[:.](\d\d)")


@dataclass(frozen=True, slots=True)
class Stretch:
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Published:
    """One published row: of `days` (0 = Monday) it names, or of every day between its two."""

    kind: Kind
    stretches: tuple[Hours, ...] | tuple[Stretch, ...]
    minutes: int
    channels: frozenset[Channel]
    valid_from: date
    valid_to: date | None

    def on(self, day: date) -> tuple[Stretch, ...]:
        """Its stretches on that day; none on a day it does not hold."""
        if day < self.valid_from or (self.valid_to is not None and day > self.valid_to):
            return ()
        return tuple(_plain(one) for one in self.stretches if not _other_day(one, day))


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be chosen."""

    day: date
    begins: time
    minutes: int
    channels: frozenset[Channel]

    @property
    def quarters(self) -> tuple[int, ...]:
        return quarters(self.begins, self.minutes)


@dataclass(frozen=True, slots=True)
class Window:
    """From when (local time) and through which day times are shown."""

    first: datetime
    last: date


def free(
    published: Iterable[Published],
    opening: Mapping[date, Collection[Hours]],
    taken: Mapping[date, Collection[int]],
    window: Window,
) -> tuple[Slot, ...]:
    """The times of the window, in order. `opening`: the hours in force each day, where any are stated;
    `taken`: the quarters that are gone. Of two published times that cross, the earlier is offered.
    """
    rows, found, day = list(published), list[Slot](), window.first.date()
    while day <= window.last:
        gone = {*taken.get(day, ()), *_shut(rows, day)}
        found += _of_day(rows, day, opening.get(day, ()), gone, window.first)
        day += timedelta(days=1)
    return tuple(found)


def quarters(begins: time, minutes: int) -> tuple[int, ...]:
    """The quarters of the day (0 = midnight) that a time takes."""
    first = (begins.hour * 60 + begins.minute) // QUARTER
    return tuple(range(first, first + -(-minutes // QUARTER)))


def weekly(written: str) -> tuple[Hours, ...]:
    """`måndag–torsdag 9.00–12.00`, a line each. Raises Refused."""
    found = hours(written)
    for one in found:
        _check_quarter(one.opens, one.closes)
    return found


def stretches(written: str) -> tuple[Stretch, ...]:
    """`9.00–12.00`, a line each; nothing at all is the whole day. Raises Refused with the line at fault."""
    found = []
    for number, line in enumerate((part.strip() for part in written.splitlines() if part.strip()), 1):
        part = _STRETCH.fullmatch(line)
        wrong = _("Rad %(number)d: skriv klockslag, som 13.00–16.00. Inget är sparat.") % {"number": number}
        if not part:
            raise Refused(wrong)
        try:
            one = Stretch(time(int(part[1]), int(part[2])), time(int(part[3]), int(part[4])))
        except ValueError:
            raise Refused(wrong) from None
        if one.begins >= one.ends:
            raise Refused(
                _("Rad %(number)d: slutet kommer före början. Inget är sparat.") % {"number": number}
            )
        _check_quarter(one.begins, one.ends)
        found.append(one)
    return tuple(found)


def read(kind: str, written: str) -> tuple[Hours, ...] | tuple[Stretch, ...]:
    """What a row of that kind says. Raises Refused."""
    if kind == Kind.WEEKLY:
        return weekly(written)
    found = stretches(written)
    if kind == Kind.EXTRA and not found:
        raise Refused(_("Skriv vilka tider som läggs till, som 13.00–16.00. Inget är sparat."))
    return found or (Stretch(time(0), time(23, 45)),)


def _check_quarter(*times: time) -> None:
    if any(one.minute % QUARTER for one in times):
        raise Refused(_("Tider börjar och slutar på en hel kvart, som 9.15. Inget är sparat."))


def _other_day(one: Hours | Stretch, day: date) -> bool:
    return isinstance(one, Hours) and one.weekday != day.weekday()


def _plain(one: Hours | Stretch) -> Stretch:
    return Stretch(one.opens, one.closes) if isinstance(one, Hours) else one


def _shut(rows: Iterable[Published], day: date) -> set[int]:
    """Quarters of the day that a closed row takes away; the last one of the day goes with the whole day."""
    return {
        quarter
        for row in rows
        if row.kind is Kind.CLOSED
        for one in row.on(day)
        for quarter in quarters(one.begins, _minutes(one.ends) - _minutes(one.begins))
    }


def _of_day(
    rows: Iterable[Published], day: date, opening: Collection[Hours], gone: set[int], first: datetime
) -> Iterator[Slot]:
    mine = sorted(
        (slot for row in rows if row.kind is not Kind.CLOSED for slot in _cut_up(row, day, opening)),
        key=lambda slot: (slot.begins, slot.minutes),
    )
    for slot in mine:
        starts = datetime.combine(day, slot.begins, first.tzinfo)
        if starts >= first and gone.isdisjoint(slot.quarters):
            gone |= set(slot.quarters)  # a later one that crosses it is not shown beside it
            yield slot


def _cut_up(row: Published, day: date, opening: Collection[Hours]) -> Iterator[Slot]:
    """A row's stretches of the day in its lengths, in order; weekly ones inside the opening hours."""
    for one in row.on(day):
        begins = _minutes(one.begins)
        while begins + row.minutes <= _minutes(one.ends):
            at = time(begins // 60, begins % 60)
            if row.kind is Kind.EXTRA or _is_open(at, row.minutes, day, opening):
                yield Slot(day, at, row.minutes, row.channels)
            begins += -(-row.minutes // QUARTER) * QUARTER


def _is_open(begins: time, minutes: int, day: date, opening: Collection[Hours]) -> bool:
    if not opening:  # no hours are stated at all: then the published ones stand alone
        return True
    first = _minutes(begins)
    mine = [one for one in opening if one.weekday == day.weekday()]
    return any(_minutes(one.opens) <= first and first + minutes <= _minutes(one.closes) for one in mine)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute

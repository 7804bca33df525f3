"""How each kind of fact is written, checked and read. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused

DAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_AGE = re.compile(r"(\d{1,3})?\s*[–-]\s*(\d{1,3})?")
_PHONE = re.compile(r"\+?\d[\d \-]{4,18}\d")
_HOURS = re.compile(r"(\w+)(?:\s*[–-]\s*(\w+))?\s+(\d{1,2})[:.](\d\d)\s*[–-]\s*(\d{1,2})[:.](\d\d)")
_AREA = re.compile(r"(\d{4})\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years; None where there is no limit on that side."""

    youngest: int | None
    oldest: int | None


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of one weekday, 0 = Monday."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality whose inhabitants may come."""

    code: str
    name: str


def ages(written: str) -> Ages:
    """`15–`, `18–25`, `–` for no limit. Raises Refused with the form that is wanted."""
    found = _AGE.fullmatch(written.strip())
    if not found:
        raise Refused(_("Skriv åldern som 15–, 18–25 eller bara – för alla åldrar. Inget är sparat."))
    youngest, oldest = (int(part) if part else None for part in found.groups())
    if youngest is not None and oldest is not None and youngest > oldest:
        raise Refused(_("Den lägsta åldern är högre än den högsta. Inget är sparat."))
    return Ages(youngest, oldest)


def hours(written: str) -> tuple[Hours, ...]:
    """One line a stretch: `måndag–fredag 9.00–12.00`. Raises Refused with the line at fault."""
    found = list[Hours]()
    for number, line in enumerate(_lines(written), 1):
        found += _stretch(line, number)
    for a, b in zip(ordered := sorted(found, key=_start), ordered[1:], strict=False):
        if a.weekday == b.weekday and b.opens < a.closes:
            raise Refused(
                _("Två tider på %(day)s går in i varandra. Inget är sparat.") % {"day": DAYS[a.weekday]}
            )
    return tuple(ordered)


def areas(written: str) -> tuple[Area, ...]:
    """One line a municipality: `0680 Jönköping`. Raises Refused with the line at fault."""
    found = []
    for number, line in enumerate(_lines(written), 1):
        part = _AREA.fullmatch(line)
        if not part:
            raise Refused(
                _(
                    "Rad %(number)d: skriv kommunens fyra siffror och namn, som 0680 Jönköping. "
                    "Inget är sparat."
                )
                % {"number": number}
            )
        found.append(Area(*part.groups()))
    return tuple(found)


def phone(written: str) -> str:
    """Digits, spaces and hyphens, maybe after a plus. Raises Refused."""
    if not _PHONE.fullmatch(written.strip()):
        raise Refused(_("Skriv numret med siffror, som 036-10 50 00. Inget är sparat."))
    return written.strip()


def text(written: str) -> str:
    """Anything that is not empty. Raises Refused."""
    if not written.strip():
        raise Refused(_("Rutan är tom. Inget är sparat."))
    return written.strip()


# By the name of a Fact.What. Each reads what is stored and refuses what may not be.
READERS: Final[Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {"age": ages, "phone": phone, "address": text, "hours": hours, "areas": areas, "nameless": text}
)


def _lines(written: str) -> list[str]:
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    if not lines:
        raise Refused(_("Rutan är tom. Inget är sparat."))
    return lines


def _stretch(line: str, number: int) -> list[Hours]:
    part = _HOURS.fullmatch(line.lower())
    days = (part[1], part[2] or part[1]) if part else ()
    if not part or any(day not in DAYS for day in days):
        raise Refused(
            _("Rad %(number)d: skriv dag och tid, som måndag–fredag 9.00–12.00. Inget är sparat.")
            % {"number": number}
        )
    first, last = (DAYS.index(day) for day in days)
    try:
        opens, closes = time(int(part[3]), int(part[4])), time(int(part[5]), int(part[6]))
    except ValueError:
        raise Refused(
            _("Rad %(number)d: klockslaget finns inte. Inget är sparat.") % {"number": number}
        ) from None
    if opens >= closes or first > last:
        raise Refused(_("Rad %(number)d: slutet kommer före början. Inget är sparat.") % {"number": number})
    return [Hours(day, opens, closes) for day in range(first, last + 1)]


def _start(one: Hours) -> tuple[int, time]:
    return one.weekday, one.opens

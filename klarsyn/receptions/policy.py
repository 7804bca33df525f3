"""How each kind of fact is written, checked and read; what may be counted. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.receptions.bands import KINDS, Age, Gender, Reach, What

Cell = tuple[str, str, str]  # gender, age, reach
MOST: Final = 9999  # of anything in a month
SHEET_DIGITS: Final = 6
MONTHS_BACK: Final = 14
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


def agreement(written: str) -> tuple[Area, ...]:
    """One municipality: each agreement has its own days. Raises Refused."""
    found = areas(written)
    if len(found) != 1:
        raise Refused(_("Ett avtal gäller en kommun: skriv dess fyra siffror och namn. Inget är sparat."))
    return found


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
    {
        "age": ages,
        "phone": phone,
        "address": text,
        "hours": hours,
        "areas": areas,
        "agreement": agreement,
        "nameless": text,
    }
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


def kind_of(what: str, kind: str) -> tuple[What, str]:
    """A pair that may be counted. Raises Refused."""
    if what not in KINDS or kind not in KINDS[what]:
        raise Refused(_("Så räknas inte här. Inget är sparat. Välj i listan."))
    return What(what), kind


def check_month(year: int, month: int, today: date) -> None:
    """Raises Refused for a month to come, or one too long ago to be entered."""
    ago = (today.year - year) * 12 + today.month - month
    if not 1 <= month <= 12 or not 0 <= ago < MONTHS_BACK:
        raise Refused(
            _("Månaden kan vara den här eller någon av de %(n)d före. Inget är sparat.")
            % {"n": MONTHS_BACK - 1}
        )


def check_number(number: int) -> None:
    """Raises Refused for none, and for more than anybody has done in a month."""
    if not 1 <= number <= MOST:
        raise Refused(_("Antalet är ett heltal från 1 till %(most)d. Inget är sparat.") % {"most": MOST})


def check_sheet(sheet: str, cells: Mapping[Cell, int]) -> str:
    """The sheet's number without spaces. Raises Refused with the row at fault."""
    digits = "".join(sheet.split())
    if len(digits) != SHEET_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise Refused(_("Blankettens nummer är sex siffror och står högst upp på den. Inget är sparat."))
    for gender in Gender:
        for age in Age:
            _check_row(gender, age, [cells.get((gender, age, reach), 0) for reach in Reach])
    if not any(cells.values()):
        raise Refused(_("Blanketten är tom. Inget är sparat. Skriv ett tal i någon ruta."))
    return digits


def _check_row(gender: Gender, age: Age, numbers: list[int]) -> None:
    tried, reached, accepted = numbers
    if not MOST >= tried >= reached >= accepted >= 0:
        raise Refused(
            _(
                "%(gender)s, %(age)s: nådda kan inte vara fler än försöken, och de som tog emot stöd inte "
                "fler än de nådda. Inget är sparat. Rätta raden."
            )
            % {"gender": gender.label, "age": age.label}
        )

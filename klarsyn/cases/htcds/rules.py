"""What one value of a field must be; pure, and silent about the value itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from klarsyn.cases.htcds.table import CODES, COUNTRIES, LANGUAGES, OWN_CODES, Field, Kind

LONGEST: Final = 255  # of a text
LONGEST_LONG: Final = 10_000
_PHONE: Final = re.compile(r"\+[1-9][0-9]{0,14}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NUMBER: Final = re.compile(r"[0-9]{1,4}")
_PLACE: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,10})?")
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Control signs (but tab and newline), marks that turn the reading direction, and what no XML may hold.
_SIGNS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SEPARATOR: Final = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Read:
    """A value as it is written, and the rules that were used to mend it; `broken`: the rule it breaks."""

    value: str
    mended: tuple[str, ...] = ()
    broken: str = ""


def read(field: Field, given: str) -> Read:
    """The value as the standard writes it. Several values: each read by itself and joined by semicolons."""
    if _SIGNS.search(given):
        return Read(given, broken="control_sign")
    text = given.strip()
    mended = ("blanks",) if text != given else ()
    if not text:
        return Read("", mended)
    if field.is_withdrawn:
        return Read(text, broken="withdrawn")
    if not field.is_several and field.kind is not Kind.CODE:
        one = _READERS[field.kind](field, text)
        return Read(one.value, mended + one.mended, one.broken)
    return _several(field, text, mended)


def _several(field: Field, text: str, mended: tuple[str, ...]) -> Read:
    whole = _READERS[field.kind](field, text)
    if not whole.broken:  # a label may hold a semicolon of its own
        return Read(whole.value, mended + whole.mended)
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    parts = [one for part in parts for one in _by_blank(field, part)]
    if len(parts) > 1 and not field.is_several:
        return Read(text, broken="one_only")
    values: list[str] = []
    for part in parts:
        found = _READERS[field.kind](field, part)
        if found.broken:
            return Read(text, broken=found.broken)
        mended += found.mended
        if found.value not in values:
            values.append(found.value)
    return Read(";".join(values), tuple(dict.fromkeys(mended)))


def _by_blank(field: Field, part: str) -> list[str]:
    """A survey joins several codes by a blank: taken apart only where each of them is a code."""
    words = part.split()
    return words if len(words) > 1 and all(word in _known(field) for word in words) else [part]


def _known(field: Field) -> dict[str, str]:
    if field.kind is Kind.COUNTRY:
        return dict.fromkeys(COUNTRIES, "")
    return {**CODES.get(field.codes, {}), **OWN_CODES.get(field.codes, {})}


def _code(field: Field, text: str) -> Read:
    known = _known(field)
    if text in known:
        return Read(text)
    plain = _plain(text)
    for code, label in known.items():
        if plain in (_plain(code), _plain(label)):
            return Read(code, ("label_for_code",))
    return Read(text, broken="code_unknown")


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _country(field: Field, text: str) -> Read:
    if text in COUNTRIES:
        return Read(text)
    if text.upper() in COUNTRIES:
        return Read(text.upper(), ("case",))
    return Read(text, broken="country_alpha3" if re.fullmatch("[A-Za-z]{3}", text) else "country_unknown")


def _language(field: Field, text: str) -> Read:
    if text in LANGUAGES:
        return Read(text)
    return (
        Read(text.lower(), ("case",)) if text.lower() in LANGUAGES else Read(text, broken="language_unknown")
    )


def _phone(field: Field, text: str) -> Read:
    joined = re.sub(r"[\s().-]", "", text)
    if not _PHONE.fullmatch(joined):
        return Read(text, broken="phone_form" if joined.startswith("+") else "phone_plus")
    return Read(joined, ("blanks",) if joined != text else ())


def _email(field: Field, text: str) -> Read:
    return Read(text) if _EMAIL.fullmatch(text) and len(text) <= LONGEST else Read(text, broken="email_form")


def _date(field: Field, text: str) -> Read:
    # Only the one form: 3/4/2025 is two days, and nobody can tell which.
    day = text[:10] if re.fullmatch(r"[0-9-]{10}[T ]00:00(:00)?", text) else text
    if not _ISO_DATE.fullmatch(day):
        return Read(text, broken="date_form")
    try:
        date.fromisoformat(day)
    except ValueError:
        return Read(text, broken="date_none")
    return Read(day, ("midnight",) if day != text else ())


def _number(field: Field, text: str) -> Read:
    whole = re.sub(r"[.,]0$", "", text)
    if not _NUMBER.fullmatch(whole):
        return Read(text, broken="number_form")
    return Read(str(int(whole)), ("number",) if str(int(whole)) != text else ())


def _place(field: Field, text: str) -> Read:
    point = text.replace(",", ".")
    limit = 180 if field.name.endswith("Longitude") else 90
    if not _PLACE.fullmatch(point):
        return Read(text, broken="place_form")
    if abs(float(point)) > limit:
        return Read(text, broken="place_range")
    return Read(point, ("decimal_comma",) if point != text else ())


_YES: Final = MappingProxyType(
    {
        "true": "true",
        "yes": "true",
        "1": "true",
        "ja": "true",
        "false": "false",
        "no": "false",
        "0": "false",
        "nej": "false",
    }
)


def _yes_no(field: Field, text: str) -> Read:
    found = _YES.get(text.casefold(), "")
    return Read(found, () if found == text else ("yes_no",)) if found else Read(text, broken="yes_no_form")


def _text(field: Field, text: str) -> Read:
    flat = text.replace("\t", " ")
    if field.kind is not Kind.LONG_TEXT and "\n" in flat:
        return Read(text, broken="line_break")
    if len(flat) > (LONGEST_LONG if field.kind is Kind.LONG_TEXT else LONGEST):
        return Read(text, broken="too_long")
    return Read(flat, ("blanks",) if flat != text else ())


_READERS: Final[MappingProxyType[Kind, Callable[[Field, str], Read]]] = MappingProxyType(
    {
        Kind.TEXT: _text, Kind.LONG_TEXT: _text, Kind.LOOKUP: _text, Kind.CODE: _code, Kind.COUNTRY: _country,
        Kind.LANGUAGE: _language, Kind.PHONE: _phone, Kind.EMAIL: _email, Kind.DATE: _date,
        Kind.NUMBER: _number, Kind.PLACE: _place, Kind.YES_NO: _yes_no,
    }
)  # fmt: skip

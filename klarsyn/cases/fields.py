"""The fields of a form kept in a case: what each may hold, how it is stored and how it is shown. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused

Words = str | Promise
LONGEST: Final = 20_000  # characters of one text, some seven printed pages


class Holds(StrEnum):
    """What a field holds. The value's type stands beside it."""

    LINE = "line"  # str, one line
    TEXT = "text"  # str, several lines
    DAY = "day"  # date
    NUMBER = "number"  # int or float
    YES = "yes"  # bool
    CHOICE = "choice"  # str, a key of `choices`
    CHOICES = "choices"  # tuple of such keys
    TABLE = "table"  # tuple of dicts by the names of `columns`


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `label`: gettext's msgid in Swedish; the English stands in the room's .po.

    `is_identity`: tells who somebody is. Such a field does not exist in a case without names.
    """

    name: str
    label: Words
    holds: Holds = Holds.TEXT
    hint: Words = ""
    choices: Mapping[str, Words] = field(default_factory=dict)
    columns: tuple[Field, ...] = ()
    is_required: bool = False
    is_identity: bool = False
    longest: int = LONGEST


def cleaned(fields: tuple[Field, ...], data: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the fields know, typed; an empty one is left out. Raises Refused, naming the field.

    A name that no field has is refused, never dropped: whoever posts it learns that it is not kept.
    """
    unknown = sorted(set(data) - {f.name for f in fields})
    if unknown:
        raise Refused(
            _("Formuläret har inget fält som heter %(name)s. Inget är sparat.") % {"name": unknown[0]}
        )
    found = {f.name: _cleaned(f, data.get(f.name)) for f in fields}
    return {name: value for name, value in found.items() if not _is_empty(value)}


def as_json(value: Any) -> Any:
    """A typed value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [as_json(one) for one in value]
    if isinstance(value, Mapping):
        return {name: as_json(one) for name, one in value.items()}
    return value


def from_json(one: Field, stored: Any) -> Any:
    """The typed value again. Nothing is checked anew: it was when it was kept."""
    if one.holds == Holds.DAY and isinstance(stored, str):
        return date.fromisoformat(stored)
    if one.holds == Holds.TABLE and isinstance(stored, list):
        known = {column.name: column for column in one.columns}
        return tuple({n: from_json(known[n], v) for n, v in row.items() if n in known} for row in stored)
    return tuple(stored) if isinstance(stored, list) else stored


def shown(one: Field, value: Any) -> str:
    """The value in words, for a page or a print."""
    if one.holds == Holds.DAY:
        return str(value.isoformat())
    if one.holds == Holds.YES:
        return _("ja") if value else _("nej")
    if one.holds == Holds.CHOICE:
        return str(one.choices.get(value, value))
    if one.holds == Holds.CHOICES:
        return ", ".join(str(one.choices.get(key, key)) for key in value)
    if one.holds == Holds.TABLE:
        return "\n".join(_row(one, row) for row in value)
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _row(table: Field, row: Mapping[str, Any]) -> str:
    parts = (f"{c.label}: {shown(c, row[c.name])}" for c in table.columns if c.name in row)
    return "; ".join(parts)


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", ())  # 0 is an answer


def _cleaned(one: Field, value: Any) -> Any:
    if value in (None, "", [], ()):
        if one.is_required:
            raise _wrong(one, _("fyll i fältet"))
        return None
    match one.holds:
        case Holds.LINE | Holds.TEXT:
            return _text(one, value)
        case Holds.CHOICE:
            return _choice(one, value)
        case Holds.CHOICES:
            return _choices(one, value)
        case Holds.TABLE:
            return _table(one, value)
        case _:
            return _plain(one, value)


def _text(one: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(one, _("skriv en text"))
    text = value.strip().replace("\r\n", "\n")
    if "\0" in text:
        raise _wrong(one, _("texten har ett nolltecken, som inte går att spara; klistra in den på nytt"))
    if one.holds == Holds.LINE and "\n" in text:
        raise _wrong(one, _("skriv på en enda rad"))
    if len(text) > one.longest:
        raise _wrong(
            one,
            _("texten är %(n)d tecken, högst %(most)d ryms; dela upp den")
            % {"n": len(text), "most": one.longest},
        )
    if one.is_required and not text:
        raise _wrong(one, _("fyll i fältet"))
    return text


def _choice(one: Field, value: Any) -> str:
    if not isinstance(value, str) or value not in one.choices:
        raise _wrong(one, _("välj något av alternativen"))
    return value


def _choices(one: Field, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or any(key not in one.choices for key in value):
        raise _wrong(one, _("välj bland alternativen"))
    return tuple(key for key in one.choices if key in value)  # in the form's order, each once


def _table(one: Field, value: Any) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        raise _wrong(one, _("skriv en rad för varje"))
    rows = (cleaned(one.columns, row) for row in value)
    return tuple(row for row in rows if row)


def _plain(one: Field, value: Any) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if one.holds == Holds.DAY and type(value) is date:
        return value
    if one.holds == Holds.YES and isinstance(value, bool):
        return value
    if one.holds == Holds.NUMBER and is_number and math.isfinite(value):
        return value
    asked = {
        Holds.DAY: _("skriv ett datum, som 2026-11-25"),
        Holds.YES: _("svara ja eller nej"),
        Holds.NUMBER: _("skriv ett tal"),
    }
    raise _wrong(one, asked[one.holds])


def _wrong(one: Field, what: str) -> Refused:
    return Refused(_("%(field)s: %(what)s. Inget är sparat.") % {"field": one.label, "what": what})

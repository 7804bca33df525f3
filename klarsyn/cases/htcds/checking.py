"""The validator: row, field, rule, and what kind of value stands there – never the value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from klarsyn.cases.htcds.rules import read
from klarsyn.cases.htcds.table import CODES, FIELDS, OWN_PREFIX

Record = Mapping[str, str]  # field name -> value; several values joined by semicolons

_CLASSES: Final = (
    ("empty", r"\s*"),
    ("digits", r"[0-9]+"),
    ("three_letters", r"[A-Za-z]{3}"),
    ("one_word", r"[^\W\d_]+"),
    ("like_a_date", r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*"),
    ("like_a_number", r"[-+]?[0-9][0-9 ]*[.,]?[0-9]*"),
    ("like_a_phone", r"\+?[0-9 ().-]{5,}"),
    ("like_an_address", r"\S+@\S+"),
    ("several_values", r"[^;]*;.*"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell. `row` counts from 1 among the records."""

    row: int
    field: str
    rule: str
    value_class: str


def check(records: Iterable[Record], *, is_strict: bool = True) -> tuple[Fault, ...]:
    """Every fault of the records, in the order they stand. Strict: fields and codes of our own are faults."""
    return tuple(
        fault
        for row, record in enumerate(records, start=1)
        for name, value in record.items()
        if (fault := _fault(row, name, value, is_strict)) is not None
    )


def value_class(value: str) -> str:
    """What kind of value it is, in one word that says nothing of what it says."""
    if len(value) > 1000:
        return "very_long"
    if value != value.strip():
        return "blanks_round_it"
    return next((name for name, form in _CLASSES if re.fullmatch(form, value, re.S)), "text")


def _fault(row: int, name: str, value: str, is_strict: bool) -> Fault | None:
    field = FIELDS.get(name)
    if field is None:
        is_own = name.startswith(OWN_PREFIX)
        rule = ("own_field" if is_strict else "") if is_own else "field_unknown"
        return Fault(row, name if is_own else "?", rule, value_class(value)) if rule else None
    found = read(field, value)
    rule = found.broken or next(iter(found.mended), "")
    if not rule and is_strict and field.codes:
        listed = CODES[field.codes]
        rule = "own_code" if any(part not in listed for part in found.value.split(";") if part) else ""
    return Fault(row, name, rule, value_class(value)) if rule else None

"""A table against what the package says of it: encoding, columns, types, no trick in a cell; pure."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.report.others.shape import is_plain

Row = dict[str, str]
MAX_ROWS: Final = 50_000
_LONGEST: Final = 2000
_INTEGER: Final = re.compile(r"\d{1,12}")
_NUMBER: Final = re.compile(r"-?\d{1,18}(\.\d{1,20})?(e-?\d{1,3})?")
_RUNS: Final = ("=", "+", "@", "-", "\t", "\r")


def read(name: str, body: bytes, fields: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The rows, each cell a text that reads as its field's type. Raises Refused with file, row and cause."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        _refuse(name, 0, _("den är inte skriven i UTF-8"))
    if "\x00" in text or text.startswith("\ufeff"):
        _refuse(name, 0, _("den innehåller ett tecken som inte får finnas"))
    names = [str(f["name"]) for f in fields]
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        _refuse(name, 0, _("den går inte att läsa som en tabell"))
    if not lines or lines[0] != names or len(set(names)) != len(names):
        _refuse(name, 1, _("kolumnerna är inte de som beskrivningen nämner"))
    if len(lines) > MAX_ROWS:
        _refuse(name, MAX_ROWS, _("den är för lång"))
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(names):
            _refuse(name, number, _("raden har fel antal celler"))
        for cell, field in zip(line, fields, strict=True):
            if why := _fault(cell, str(field["type"])):
                _refuse(name, number, why)
    return [dict(zip(names, line, strict=True)) for line in lines[1:]]


def _fault(cell: str, kind: str) -> str:
    """What is wrong with a cell; "" when nothing is. A count is never below zero."""
    if not cell:
        return ""
    if kind == "integer":
        return "" if _INTEGER.fullmatch(cell) else _("ett antal är inget heltal från noll och uppåt")
    if kind == "number":
        is_one = _NUMBER.fullmatch(cell) and math.isfinite(float(cell))
        return "" if is_one else _("ett tal går inte att läsa")
    if len(cell) > _LONGEST or not is_plain(cell):
        return _("en text är för lång eller har tecken som inte får finnas")
    if cell[0] in _RUNS and cell != "-":
        return _("en text börjar som en formel i ett kalkylblad")
    return ""


def _refuse(name: str, row: int, why: str) -> NoReturn:
    where = _("%(name)s, rad %(row)d") % {"name": name, "row": row} if row else name
    raise Refused(
        _("%(where)s: %(why)s. Ingenting har ändrats. Be kommunen om rätt paket.")
        % {"where": where, "why": why}
    )

"""Reads PxWeb's CSV: quoted stub columns, then one column for every combination of the heading."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from klarsyn.sources.readers.cube import Dimension, guess_role, refuse_twins
from klarsyn.sources.readers.observed import Observed, ReadError, area_code, period
from klarsyn.sources.readers.symbols import DEFAULT_SYMBOLS, SymbolMap, understand
from klarsyn.sources.readers.text import decode

_AREA = re.compile(r"^(\d{1,4})(?:\s+(.*\S))?\s*$", re.DOTALL)
_PERIOD = r"\d{4}(?:[MKQ]\d{1,2}|[-/–]\d{4})?"
_PERIOD_LAST = re.compile(rf"^(.*?)\s*({_PERIOD})$", re.DOTALL)
_SEPARATORS = (";", ",", "\t")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of numbers: its period and the codes of the other heading dimensions."""

    period: str
    categories: tuple[tuple[str, str, str], ...]


def read(
    body: bytes,
    *,
    charset: str = "",
    separator: str = "",
    heading: Sequence[Dimension] = (),
    symbols: SymbolMap = DEFAULT_SYMBOLS,
) -> tuple[Observed, ...]:
    """The figures, row by row.

    `heading` lists the heading's dimensions in order when the caller knows them (from metadata): each
    column must then be named by their labels or codes. Without it every column must end in its period
    ("Folkmängd 2019") and the rest is the contents. An area must stand with its code ("0680" or
    "0680 Jönköping"); a bare name is refused, for names change and codes do not.
    """
    lines = _lines(decode(body, charset).text, separator)
    names = lines[0]
    columns, stubs = _declared(names, heading) if heading else _inferred(names)
    observed = tuple(
        one
        for number, row in enumerate(lines[1:], 2)
        for one in _row(number, row, names[:stubs], columns, symbols)
    )
    refuse_twins(observed)
    return observed


def _lines(text: str, separator: str) -> list[list[str]]:
    first = text.lstrip("\n\r").split("\n", 1)[0]
    unquoted = re.sub(r'"[^"]*"', "", first)
    mark = separator or max(_SEPARATORS, key=unquoted.count)
    try:
        lines = [row for row in csv.reader(io.StringIO(text), delimiter=mark, strict=True) if any(row)]
    except csv.Error as problem:
        raise ReadError(f"Innehållet är inte giltig CSV ({problem}).") from None
    if len(lines) < 2 or len(lines[0]) < 2:
        raise ReadError("Innehållet är inte en CSV-tabell: det saknar rubrik eller rader.")
    return lines


def _declared(names: list[str], heading: Sequence[Dimension]) -> tuple[list[_Column], int]:
    combinations = list(product(*(range(len(d.codes)) for d in heading)))
    stubs = len(names) - len(combinations)
    if stubs < 1:
        raise ReadError(
            f"Rubriken ska ha {len(combinations)} talkolumner och minst en till; den har {len(names)}."
        )
    columns = []
    for name, at in zip(names[stubs:], combinations, strict=True):
        pairs = list(zip(heading, at, strict=True))
        as_text, as_code = (" ".join(getattr(d, f)[i] for d, i in pairs) for f in ("labels", "codes"))
        if _plain(name) not in (_plain(as_text), _plain(as_code)):
            raise ReadError(f"Kolumnen heter ”{name}” där ”{as_text}” väntades.")
        when = "".join(d.codes[i] for d, i in pairs if d.role == "time")
        others = tuple((d.code, d.codes[i], d.labels[i]) for d, i in pairs if d.role != "time")
        columns.append(_Column(period(when) if when else "", others))
    return columns, stubs


def _inferred(names: list[str]) -> tuple[list[_Column], int]:
    stubs = next((i for i, name in enumerate(names) if _PERIOD_LAST.match(name.strip())), len(names))
    columns = []
    for name in names[stubs:]:
        found = _PERIOD_LAST.match(name.strip())
        if found is None:
            raise ReadError(f"Kolumnen ”{name}” har ingen tid i sitt namn.", "Ange rubrikens dimensioner.")
        what = found[1].strip()
        columns.append(_Column(period(found[2]), (("ContentsCode", what, what),) if what else ()))
    if columns:
        return columns, stubs
    if not any(guess_role("", name) == "time" for name in names[:-1]):
        raise ReadError("Tabellen har ingen tid, varken i rubriken eller som kolumn.")
    return [_Column("", (("ContentsCode", names[-1], names[-1]),))], len(names) - 1


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _row(
    line: int, row: list[str], stubs: list[str], columns: list[_Column], symbols: SymbolMap
) -> list[Observed]:
    if len(row) != len(stubs) + len(columns):
        raise ReadError(f"Rad {line} har {len(row)} kolumner; rubriken har {len(stubs) + len(columns)}.")
    area = label = when = ""
    categories: list[tuple[str, str, str]] = []
    for name, text in zip(stubs, row, strict=False):
        role = guess_role(name, name)
        if role == "area":
            area, label = _area(line, text)
        elif role == "time":
            when = period(text)
        else:
            code, _, rest = text.strip().partition(" ")
            categories.append((name, code, rest.strip() or code) if rest else (name, text, text))
    found = []
    for column, text in zip(columns, row[len(stubs) :], strict=True):
        at = column.period or when
        cell = understand(text, "", symbols, f"rad {line}, {at or row[0]}")
        both = (*categories, *column.categories)
        found.append(Observed(area, label, at, both, cell.value, cell.status, cell.symbol))
    return found


def _area(line: int, text: str) -> tuple[str, str]:
    found = _AREA.match(text.strip())
    if found is None:
        raise ReadError(
            f"Rad {line} har området ”{text}” utan kod.",
            "Hämta tabellen med koder (UseCodes eller UseCodesAndTexts).",
        )
    return area_code(found[1]), (found[2] or "").strip()

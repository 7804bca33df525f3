"""Compare two computations of a mapping and name exactly what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from klarsyn.mapping.results import FigureResult
from klarsyn.mapping.tables import LAYOUTS, row_id
from smallcounts.results import SafeTable

SHOWN: Final = 50  # differences listed one by one


@dataclass(frozen=True, slots=True)
class Verification:
    """Does today's code make the same figures of the frozen inputs?"""

    municipality: str
    year: int
    is_invented: bool
    content_hash: str
    code_then: str
    code_now: str
    libraries_then: tuple[tuple[str, str], ...]
    libraries_now: tuple[tuple[str, str], ...]
    differences: tuple[str, ...]  # Swedish sentences; none = the same bit for bit

    @property
    def is_same(self) -> bool:
        return not self.differences


def differences(frozen: Sequence[FigureResult], now: Sequence[FigureResult]) -> Iterator[str]:
    """One sentence for each cell, row, table or figure that is not what it was."""
    then_by_id, now_by_id = ({f.indicator.id: f for f in figures} for figures in (frozen, now))
    for id in [*then_by_id, *(i for i in now_by_id if i not in then_by_id)]:
        if id not in now_by_id:
            yield f"{id}: figuren finns i den frysta kartläggningen men räknas inte fram nu"
        elif id not in then_by_id:
            yield f"{id}: figuren räknas fram nu men finns inte i den frysta kartläggningen"
        else:
            yield from _figure(then_by_id[id], now_by_id[id])


def _figure(then: FigureResult, now: FigureResult) -> Iterator[str]:
    id = then.indicator.id
    tables_then, tables_now = ({t.name: t for t in f.tables} for f in (then, now))
    for name in [*tables_then, *(n for n in tables_now if n not in tables_then)]:
        if name not in tables_now:
            yield f"{id}, tabell {name}: finns i den frysta kartläggningen men räknas inte fram nu"
        elif name not in tables_then:
            yield f"{id}, tabell {name}: räknas fram nu men finns inte i den frysta kartläggningen"
        else:
            yield from (
                f"{id}, tabell {name}, {what}" for what in _table(tables_then[name], tables_now[name])
            )
    for part in ("indicator", "findings", "steps", "warnings", "sources", "breaks", "operations"):
        if getattr(then, part) != getattr(now, part):
            yield f"{id}: {part} är inte desamma"


def _table(then: SafeTable, now: SafeTable) -> Iterator[str]:
    if then.columns != now.columns:
        yield "kolumnerna är inte desamma"
        return
    if (then.rule, then.sources, then.is_invented) != (now.rule, now.sources, now.is_invented):
        yield "regel eller källor är inte desamma"
    rows_then, rows_now = ({_row(t.name, row): row for row in t.to_rows()} for t in (then, now))
    for key in [*rows_then, *(k for k in rows_now if k not in rows_then)]:
        if key not in rows_now or key not in rows_then:
            yield f"rad {key}: finns bara {'nu' if key in rows_now else 'i den frysta kartläggningen'}"
            continue
        for name, value in rows_then[key].items():
            if value != rows_now[key][name]:
                yield f"rad {key}, kolumn {name}: fryst {value!r}, nu {rows_now[key][name]!r}"
    if list(rows_then) != list(rows_now) and set(rows_then) == set(rows_now):
        yield "raderna står i en annan ordning"


def _row(table: str, row: dict[str, str | int | float | None]) -> str:
    return row_id(table, row) if table in LAYOUTS else str(tuple(row.values()))

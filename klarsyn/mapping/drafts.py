"""What a method hands over before anyone has permitted it to leave: plain rows, not a SafeTable."""

from __future__ import annotations

from dataclasses import dataclass

from klarsyn.mapping.results import Finding, Step
from smallcounts.counts import CountTable
from smallcounts.results import Cell

Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A computed table with the inputs it rests on, so that disclosure can judge it."""

    name: str
    rows: tuple[Row, ...]
    inputs: tuple[CountTable, ...] = ()
    sources: tuple[str, ...] = ()  # keys of published facts that are not counts


@dataclass(frozen=True, slots=True)
class Draft:
    """A computed figure, before permission."""

    tables: tuple[TableDraft, ...] = ()
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()

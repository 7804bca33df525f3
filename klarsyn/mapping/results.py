"""What a mapping hands to the report: frozen, with sources, ready to be read."""

from __future__ import annotations

from dataclasses import dataclass

from klarsyn.mapping.definitions import Indicator
from klarsyn.sources.values import PoliceOperation, Provenance, SeriesBreak
from smallcounts.results import SafeTable

Param = str | int | float


@dataclass(frozen=True, slots=True)
class Finding:
    """What a figure says, as a code and its numbers; the words live in `report/sentences`."""

    code: str
    params: tuple[tuple[str, Param], ...]

    def get(self, name: str) -> Param:
        return dict(self.params)[name]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how a number was made: formula in plain text, numbers put in, result."""

    row: str  # the row of the table it explains, "" = the whole figure
    formula: str
    numbers: str
    result: str
    reference: str  # key in smallcounts.references


@dataclass(frozen=True, slots=True)
class FigureResult:
    """One figure of one mapping."""

    indicator: Indicator
    tables: tuple[SafeTable, ...]
    findings: tuple[Finding, ...]  # first = the headline
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]  # codes, worded in the report: "too_few_for_shrinkage" …
    sources: tuple[Provenance, ...]
    breaks: tuple[SeriesBreak, ...]
    operations: tuple[PoliceOperation, ...]

    def table(self, name: str) -> SafeTable:
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(f"{self.indicator.id} has no table {name!r}")


@dataclass(frozen=True, slots=True)
class FrozenMapping:
    """A frozen mapping: (municipality, year), its figures and the hashes that bind them."""

    municipality: str
    municipality_name: str
    year: int
    is_invented: bool
    content_hash: str  # sha256 over inputs and code version
    result_hash: str
    code_version: str
    frozen_at: str  # ISO 8601, UTC; not part of any hash
    figures: tuple[FigureResult, ...]
    home: str  # folder of the frozen files

    def figure(self, id: str) -> FigureResult:
        for figure in self.figures:
            if figure.indicator.id == id:
                return figure
        raise KeyError(f"the mapping has no figure {id!r}")

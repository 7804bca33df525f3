"""What a protection did and what attacks found: for those who check, never for readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

UNSEEN = None  # the true count, for somebody who may not see it


@dataclass(frozen=True, slots=True)
class AuditedCell:
    """One published count before and after. `cell` reads "2024|age=18-24|gender=women"; a total "2024"."""

    cell: str
    before: int | None  # None: whoever reads may not see it
    after: int | str  # a number, or a symbol: "..", ".", "-"
    method: str  # rounded | suppressed | cell_key | waived
    base: int
    threshold: int

    @property
    def period(self) -> str:
        return self.cell.partition("|")[0]

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        pairs = (part.partition("=") for part in self.cell.split("|")[1:])
        return tuple((name, category) for name, _, category in pairs)


@dataclass(frozen=True, slots=True)
class AuditedTable:
    """One table of the programme in one period. `axes`: each variable it crosses, with its subtotals."""

    name: str
    period: str
    axes: tuple[tuple[str, ...], ...]
    cells: tuple[AuditedCell, ...]  # in the order of the programme, sums after what they sum


@dataclass(frozen=True, slots=True)
class AuditedDerived:
    """A figure made of protected values; `value` None where it may not be shown."""

    name: str
    kind: str
    cell: str
    value: float | None
    decimals: int


@dataclass(frozen=True, slots=True)
class LostToProtection:
    """What protection cost, in people over the cells that have a number."""

    cells: int
    hidden: int
    mean_error: float
    max_error: int
    is_additive: bool
    kept: int  # values published earlier that stand unchanged
    changed: int  # values published earlier that had to change
    merged: tuple[str, ...]  # categories that were merged for want of people


@dataclass(frozen=True, slots=True)
class AttackResult:
    """One attack on everything published: what it found, where, and what would help."""

    code: str  # A1 … A10
    is_passed: bool
    detail: str
    cells: tuple[str, ...]
    remedy: str
    is_told: bool = False  # it is told to those who check, and does not stop a release by itself
    numbers: tuple[tuple[str, float], ...] = ()  # what was measured, by name; none in old audits


@dataclass(frozen=True, slots=True)
class FigureAudit:
    """The protection of one figure, and the attacks on it jointly with all that was published before."""

    figure: str  # id of the indicator
    programme: str  # its name
    digest: str  # sha256 of its text
    tables: tuple[AuditedTable, ...]
    derived: tuple[AuditedDerived, ...]
    lost: LostToProtection
    status: str  # optimal | limit
    gap: float
    attacks: tuple[AttackResult, ...]
    kind: str = "table"  # "correction" where people of cells published earlier have changed
    marks: tuple[tuple[str, str], ...] = ()  # which people each cell holds, keyed; for the ledger's own use

    @property
    def failed(self) -> tuple[AttackResult, ...]:
        return tuple(a for a in self.attacks if not (a.is_passed or a.is_told))

    def cells(self) -> tuple[AuditedCell, ...]:
        """Every cell once, though several tables show it, by period and name."""
        by_name = {c.cell: c for table in self.tables for c in table.cells}
        return tuple(by_name[name] for name in sorted(by_name))


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of a frozen mapping. `ledger_head`: where the ledger ended when it was made."""

    ledger_head: str
    key_fingerprint: str
    figures: tuple[FigureAudit, ...]

    def failed(self) -> Iterator[tuple[FigureAudit, AttackResult]]:
        return ((figure, attack) for figure in self.figures for attack in figure.failed)

    def without_truth(self) -> Audit:
        """The audit for somebody who may not see what stood before protection, nor errors against it."""
        return replace(self, figures=tuple(_without_truth(f) for f in self.figures))


def _without_truth(figure: FigureAudit) -> FigureAudit:
    tables = tuple(replace(t, cells=tuple(replace(c, before=UNSEEN) for c in t.cells)) for t in figure.tables)
    return replace(figure, tables=tables, marks=())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the way of a release: attacks that succeed, and a ledger that has moved on."""

    failed: tuple[AttackResult, ...] = ()
    is_ledger_changed: bool = False

    @property
    def is_clear(self) -> bool:
        return not self.failed and not self.is_ledger_changed

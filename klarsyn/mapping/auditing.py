"""The audit of a mapping: each protected table before and after, and the attacks on all that is published."""

from __future__ import annotations

from collections.abc import Iterator

from klarsyn.mapping.audit import (
    AttackResult,
    Audit,
    AuditedCell,
    AuditedDerived,
    AuditedTable,
    FigureAudit,
    LostToProtection,
)
from klarsyn.mapping.inputs import Inputs
from klarsyn.mapping.keys import fingerprint
from klarsyn.mapping.methods.protected import Made
from smallcounts.disclosure.attacks.results import Verdict
from smallcounts.disclosure.cells import CellId, margin_cells
from smallcounts.disclosure.ledger import read
from smallcounts.disclosure.preparing import Prepared, prepare
from smallcounts.disclosure.programme import Programme, Table
from smallcounts.disclosure.release import Protected, Symbol

SHOWN = 12  # cells named of one attack


def audit_of(inputs: Inputs, made: dict[str, Made], key: bytes) -> Audit | None:
    """The audit of the protected figures, by id of the indicator; None when there are none."""
    if not made:
        return None
    figures = tuple(_figure(id, one) for id, one in made.items())
    return Audit(read(inputs.ledger).head, fingerprint(key), figures)


def _figure(id: str, made: Made) -> FigureAudit:
    protected = made.release.protected
    prepared = prepare(made.programme, made.people, ledger=made.ledger)
    lost = protected.lost
    return FigureAudit(
        figure=id,
        programme=made.programme.name,
        digest=made.programme.digest,
        tables=tuple(_tables(prepared, protected)),
        derived=tuple(
            AuditedDerived(d.name, d.kind, d.cell.text, d.value, d.decimals) for d in protected.derived
        ),
        lost=LostToProtection(
            cells=lost.cells,
            hidden=lost.hidden,
            mean_error=lost.mean_error,
            max_error=lost.max_error,
            is_additive=lost.is_additive,
            kept=lost.kept,
            changed=lost.changed,
            merged=lost.merged,
        ),
        status=protected.status,
        gap=protected.gap,
        attacks=tuple(_attack(v) for v in made.release.verdicts),
        kind=made.release.entry.kind,
        marks=tuple(
            (c.text, made.release.memory[c.text]) for c in protected.cells if c.text in made.release.memory
        ),
    )


def _tables(prepared: Prepared, protected: Protected) -> Iterator[AuditedTable]:
    programme, periods = prepared.system.programme, prepared.system.periods
    cells = _cells(prepared, protected)
    for table in programme.tables:
        for period in table.periods or periods:
            order = dict.fromkeys(
                cell for margin in table.shown_margins()
                for cell in margin_cells(programme, table, period, margin)
            )  # fmt: skip
            yield AuditedTable(
                table.name, period, _axes(programme, table), tuple(cells[cell] for cell in order)
            )


def _axes(programme: Programme, table: Table) -> tuple[tuple[str, ...], ...]:
    owners = [(name, programme.variable(name)) for name in table.variables]
    return tuple(
        (name, *(s for s in table.subtotals if owner is not None and s in owner.names()))
        for name, owner in owners
    )


def _cells(prepared: Prepared, protected: Protected) -> dict[CellId, AuditedCell]:
    index, counts = prepared.system.index, prepared.system.counts
    made = protected
    rows = zip(made.cells, made.values, made.methods, made.bases, made.thresholds, strict=True)
    return {
        cell: AuditedCell(
            cell=cell.text,
            before=int(counts[index[cell]]),
            after=str(value) if isinstance(value, Symbol) else int(value),
            method=str(method),
            base=base,
            threshold=threshold,
        )
        for cell, value, method, base, threshold in rows
    }


def _attack(verdict: Verdict) -> AttackResult:
    found = verdict.findings
    return AttackResult(
        code=verdict.attack,
        is_passed=verdict.passed,
        detail=verdict.detail,
        cells=tuple(dict.fromkeys(f.cell for f in found))[:SHOWN],
        remedy=found[0].remedy if found else "",
        numbers=tuple((name, float(value)) for name, value in verdict.numbers.items()),
    )

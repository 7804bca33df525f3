"""What a release writes in the ledger: every protected cell, and one line for each table that was public."""

from __future__ import annotations

from dataclasses import dataclass

from klarsyn.mapping.audit import Audit, AuditedCell, FigureAudit
from klarsyn.mapping.canonical import sha256, to_bytes
from klarsyn.mapping.ledger import Line, lines
from klarsyn.mapping.results import FigureResult, FrozenMapping
from smallcounts.disclosure import to_payload
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.ledger import Entry
from smallcounts.disclosure.release import DerivedFigure, Figure, Method, Published, Symbol
from smallcounts.results import SafeTable


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One line of the ledger as the desk shows it."""

    number: int
    hash: str
    kind: str  # table | press_answer | correction
    day: str
    release: str  # the edition's slug, or the answer's name
    what: str  # "figure:table" of a public table, or the name of a programme
    rule: str  # of a public table; why an answer was given
    cells: tuple[tuple[str, str], ...]  # protected cells and their published values


def published_lines(text: str) -> tuple[PublishedLine, ...]:
    """The ledger, newest first."""
    return tuple(_line(one) for one in reversed(lines(text)))


def _line(line: Line) -> PublishedLine:
    release, _, what = line.entry.published.release.partition("/")
    return PublishedLine(
        number=line.number,
        hash=line.hash,
        kind=line.entry.kind,
        day=line.entry.day,
        release=release.partition("@")[0],
        what=what,
        rule=line.entry.note,
        cells=tuple((f.cell.text, str(f.value)) for f in line.entry.published.figures),
    )


def prefix(slug: str, content_hash: str) -> str:
    """What the releases of one edition of one frozen mapping begin with: "0680-2019-1@0123456789ab/"."""
    return f"{slug}@{content_hash[:12]}/"


def entries(
    mapping: FrozenMapping, audit: Audit | None, *, slug: str, day: str, is_correction: bool = False
) -> tuple[Entry, ...]:
    """The lines of a release, in the order of the report. The same release gives the same lines."""
    audits = {a.figure: a for a in audit.figures} if audit else {}
    kind, start = "correction" if is_correction else "table", prefix(slug, mapping.content_hash)
    made: list[Entry] = []
    for figure in mapping.figures:
        found = audits.get(figure.indicator.id)
        if found is None:
            made += [_public(figure, table, kind, day, start) for table in figure.tables]
        else:
            release = published(found, f"{start}{found.programme}")
            which = "correction" if is_correction else found.kind
            made.append(Entry(which, day, found.digest, release, note=figure.tables[0].rule))
    return tuple(made)


def _public(figure: FigureResult, table: SafeTable, kind: str, day: str, start: str) -> Entry:
    digest = sha256(to_bytes(to_payload(table)))
    release = f"{start}{figure.indicator.id}:{table.name}"
    return Entry(kind, day, digest, Published(release, ()), note=table.rule)


def published(audit: FigureAudit, release: str) -> Published:
    """What readers see of a protected figure: no truth, no keys."""
    derived = tuple(
        DerivedFigure(d.name, d.kind, CellId.parse(d.cell), d.value, d.decimals) for d in audit.derived
    )
    return Published(release, tuple(_figure(c) for c in audit.cells()), derived)


def _figure(cell: AuditedCell) -> Figure:
    value = Symbol(cell.after) if isinstance(cell.after, str) else cell.after
    return Figure(CellId.parse(cell.cell), value, Method(cell.method), cell.base, cell.threshold)

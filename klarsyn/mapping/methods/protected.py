"""Crossed counts of people nobody has published: protected jointly with all that was published before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from klarsyn.mapping.drafts import Draft
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.protected_findings import Rounded, findings
from klarsyn.mapping.methods.protected_people import marks_of, people_of, published_under
from klarsyn.mapping.methods.protected_weeks import compared
from klarsyn.mapping.results import Step
from smallcounts.disclosure.attacks.linked import Neighbour
from smallcounts.disclosure.front import Insiders, Order, Release, protect
from smallcounts.disclosure.ledger import Entry, Ledger
from smallcounts.disclosure.people import People
from smallcounts.disclosure.preparing import prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Method, Protected, Symbol
from smallcounts.disclosure.standing import remembered

RELEASE = "kartlaggning"  # the ledger gets the edition's own name when it is released


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A protected figure with all that an attack on it needs to know; for insiders."""

    draft: Draft
    release: Release
    programme: Programme
    people: People
    ledger: Ledger
    insiders: Insiders

    def as_neighbour(self) -> Neighbour:
        """What readers have seen of it, for the programmes that count the same people."""
        return Neighbour(
            self.programme,
            (*self.ledger.published(), self.release.protected.published()),
            corrections_of(self.ledger, self.release.entry),
        )


def corrections_of(ledger: Ledger, *more: Entry) -> frozenset[str]:
    return frozenset(e.published.release for e in (*ledger.entries, *more) if e.kind == "correction")


def compute(
    gathered: Gathered,
    inputs: Inputs,
    key: bytes,
    tell: Callable[[str], None] = lambda _: None,
    neighbours: Sequence[Neighbour] = (),
) -> Made | None:
    """The figure, protected under its programme; None when there is nobody to count. `tell` hears each step.

    `neighbours`: the figures of this mapping that count the same people, already protected.

    The same inputs and key give the same bytes. Raises DisclosureError that says what to mend.
    """
    (table,) = gathered.tables
    if not table.counts:
        return None
    programme = Programme.from_toml(gathered.programme)
    people = people_of(programme, table)
    ledger = published_under(programme.name, inputs.ledger, people.periods)
    insiders = Insiders(key, marks_of(programme.name, dict(inputs.marks)))
    order = Order(
        release=RELEASE,
        day=f"{inputs.year}-12-31",
        kind=kind_of(programme, people, insiders, ledger),
        sources=tuple(sorted({key for count in table.counts for key in count.sources})),
        is_invented=table.is_invented,
    )
    release = protect(programme, people, insiders, order, ledger=ledger, neighbours=neighbours, progress=tell)
    shown = _shown(release.protected)
    hidden = sum(1 for value in release.protected.values if value is Symbol.HIDDEN)
    year = max(p for p in people.periods if p <= str(inputs.year))
    parts_weeks = any(variable.name == "during" for variable in programme.variables)
    weeks, how = compared(table, shown, year) if parts_weeks else ((), ())
    draft = Draft(
        findings=(*findings(programme, shown, year=year, hidden=hidden), *weeks),
        steps=(*_steps(release.protected), *how),
    )
    return Made(draft, release, programme, people, ledger, insiders)


def kind_of(programme: Programme, people: People, insiders: Insiders, ledger: Ledger) -> str:
    """A correction when the people of a cell that stands in the ledger have changed since, else a table.

    Which it is decides what an attacker may take for the same people in two releases.
    """
    standing = [cell.text for cell in ledger.figures()]
    if not standing:
        return "table"
    prepared = prepare(programme, people, ledger=ledger)
    now = remembered(prepared.system, insiders.key, {})
    changed = any(cell in now and insiders.memory.get(cell) != now[cell] for cell in standing)
    return "correction" if changed else "table"


def error_of(protected: Protected) -> int:
    """How far a true count may lie from a rounded one, at most: the base less one, or more where strict
    rounding does not exist. Readers may know it: it says nothing of one cell."""
    base = max(protected.bases, default=1)
    return (protected.lost.max_error // base + 1) * base - 1


def _shown(protected: Protected) -> dict[str, Rounded]:
    error = error_of(protected)
    shown = {}
    for cell, value, method in zip(protected.cells, protected.values, protected.methods, strict=True):
        if isinstance(value, int):
            off = 0 if method is Method.WAIVED else error
            shown[cell.text] = Rounded(value, max(0, value - off), value + off)
    return shown


def _steps(protected: Protected) -> tuple[Step, ...]:
    """How the rounding is made, without a number that was not published."""
    base = max(protected.bases, default=1)
    return (
        Step(
            "",
            "z = M q,  q ∈ b·{0, 1, 2, …},  |z − a| < b",
            f"b = {base}, {len(protected.cells)} celler tillsammans",
            f"|z − a| ≤ {error_of(protected)}",
            "cox-1987",
        ),
    )

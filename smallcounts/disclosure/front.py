"""The front door: people and a programme in, safe tables out, or a refusal that names the cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smallcounts.disclosure.attacks.bounds import attack_bounds
from smallcounts.disclosure.attacks.domain import domain_of
from smallcounts.disclosure.attacks.knowledge import view
from smallcounts.disclosure.attacks.results import Verdict
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.layout import sheets
from smallcounts.disclosure.ledger import Entry, Ledger
from smallcounts.disclosure.people import People
from smallcounts.disclosure.preparing import Prepared, prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.protecting import protect_by_rounding
from smallcounts.disclosure.release import Protected, Published
from smallcounts.disclosure.rounding import SECONDS, Search
from smallcounts.disclosure.safe import permit_attacked
from smallcounts.disclosure.standing import Memory, remembered
from smallcounts.results import SafeTable

Gate = Callable[[Sequence[Published], Programme], tuple[Verdict, ...]]
ATTEMPTS = 4  # other keyed numbers are drawn when an attack breaks the first


@dataclass(frozen=True, slots=True)
class Insiders:
    """What the protection needs and no one else may see.

    key: at least 32 secret bytes, one for all releases of a ledger. memory: marks of the people of each cell
    when it was last published, as `Release.memory` gave it.
    """

    key: bytes
    memory: Memory


@dataclass(frozen=True, slots=True)
class Release:
    """A protected release that withstood the attacks.

    tables: what may leave. entry: the line for the ledger. memory: the marks to keep secret for next time.
    """

    protected: Protected
    verdicts: tuple[Verdict, ...]
    tables: tuple[SafeTable, ...]
    entry: Entry
    memory: Memory


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be released.

    release: a name not yet in the ledger. day: "2026-03-31", given by the caller. sources: keys of where the
    people were counted. base: rounding base, the programme's own when None. seconds: limit of each search.
    """

    release: str
    day: str
    sources: tuple[str, ...]
    kind: str = "table"
    base: int | None = None
    seconds: float = SECONDS
    is_invented: bool = False


def protect(
    programme: Programme,
    people: People,
    insiders: Insiders,
    order: Order,
    *,
    ledger: Ledger | None = None,
    gate: Gate | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Release:
    """Coarsens, rounds jointly with the ledger, attacks, and gives the tables that withstood it.

    `gate`: the attacks that every attempt must withstand, on all that is published and the programme as it
    was coarsened; the linear programs of `attack_bounds` when None.
    The same people, key and ledger give the same bytes, unless a search reached its limit of time. `progress`
    is told of each step. DisclosureError when something put in does not fit; DisclosureRefused, with cell,
    attack and remedy, when an attack breaks every attempt. Use it for the tables of a municipality or county;
    not for microdata, and not for figures already public (`permit_public`).
    """
    ledger = ledger or Ledger()
    prepared = prepare(programme, people, ledger=ledger, base=order.base)
    progress(f"{len(people)} people, {len(prepared.own)} cells, {len(ledger.entries)} earlier releases")
    protected, verdicts = _withstanding(prepared, insiders, order, ledger, gate or _attacked, progress)
    tables = tuple(
        permit_attacked(
            sheet, verdicts=verdicts, rule=f"rounded_{prepared.base}", sources=order.sources,
            is_invented=order.is_invented,
        )
        for sheet in sheets(prepared.system.programme, protected)
    )  # fmt: skip
    entry = Entry(order.kind, order.day, programme.digest, protected.published())
    memory = remembered(prepared.system, insiders.key, insiders.memory)
    return Release(protected, verdicts, tables, entry, memory)


def _withstanding(
    prepared: Prepared, insiders: Insiders, order: Order, ledger: Ledger, gate: Gate,
    progress: Callable[[str], None],
) -> tuple[Protected, tuple[Verdict, ...]]:
    """The first attempt that every attack leaves whole; DisclosureRefused when none does."""
    for attempt in range(ATTEMPTS):
        progress(f"rounding to base {prepared.base}" + (f", attempt {attempt + 1}" if attempt else ""))
        protected = protect_by_rounding(
            prepared, insiders.key, release=order.release, ledger=ledger, memory=insiders.memory,
            search=Search(attempt=attempt, seconds=order.seconds),
        )  # fmt: skip
        progress(f"attacking: {protected.lost.cells} cells beside {len(ledger.figures())} published earlier")
        verdicts = gate((*ledger.published(), protected.published()), prepared.system.programme)
        if all(verdict.passed for verdict in verdicts):
            return protected, verdicts
    failed = next(verdict for verdict in verdicts if not verdict.passed)
    raise DisclosureRefused(f"the release is refused after {ATTEMPTS} attempts: {failed}")


def _attacked(published: Sequence[Published], programme: Programme) -> tuple[Verdict, ...]:
    seen = view(published)
    return (attack_bounds(seen, domain_of(programme, seen.cells)),)

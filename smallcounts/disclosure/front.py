"""The front door: people and a programme in, safe tables out, or a refusal that names the cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from smallcounts.disclosure.attacks.making import rounding_maker
from smallcounts.disclosure.attacks.results import Verdict
from smallcounts.disclosure.attacks.suite import Audit, Surroundings, audit
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.layout import sheets
from smallcounts.disclosure.ledger import Entry, Ledger
from smallcounts.disclosure.people import People
from smallcounts.disclosure.preparing import Prepared, prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.protecting import protect_by_rounding
from smallcounts.disclosure.release import Protected
from smallcounts.disclosure.rounding import SECONDS, Search
from smallcounts.disclosure.safe import permit_attacked
from smallcounts.disclosure.standing import Memory, remembered
from smallcounts.results import SafeTable

ATTEMPTS = 4  # other keyed numbers are drawn when an attack breaks the first
STAGES = (("A0", "A1", "A4", "A7", "A8", "A9"), ("A2", "A3"), ("A5", "A6"))  # all of them, the cheap first


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
    progress: Callable[[str], None] = lambda _: None,
) -> Release:
    """Coarsens, rounds jointly with the ledger, attacks, and gives the tables that withstood it.

    The same people, key and ledger give the same bytes, unless a search reached its limit of time. `progress`
    is told of each step. DisclosureError when something put in does not fit; DisclosureRefused, with cell,
    attack and remedy, when an attack breaks every attempt. Use it for the tables of a municipality or county;
    not for microdata, and not for figures already public (`permit_public`).
    """
    ledger = ledger or Ledger()
    prepared = prepare(programme, people, ledger=ledger, base=order.base)
    progress(f"{len(people)} people, {len(prepared.own)} cells, {len(ledger.entries)} earlier releases")
    protected, verdicts = _withstanding(prepared, insiders, order, ledger, progress)
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
    prepared: Prepared, insiders: Insiders, order: Order, ledger: Ledger, tell: Callable[[str], None]
) -> tuple[Protected, tuple[Verdict, ...]]:
    """The first attempt that every attack leaves whole; DisclosureRefused when none does."""
    for attempt in range(ATTEMPTS):
        tell(f"rounding to base {prepared.base}" + (f", attempt {attempt + 1}" if attempt else ""))
        protected = protect_by_rounding(
            prepared, insiders.key, release=order.release, ledger=ledger, memory=insiders.memory,
            search=Search(attempt=attempt, seconds=order.seconds),
        )  # fmt: skip
        tell(f"attacking: {protected.lost.cells} cells beside {len(ledger.figures())} published earlier")
        found = attacked(protected, prepared, insiders, order, ledger, tell)
        if found.passed:
            return protected, found.verdicts
        tell(f"broken: {found.findings[0] if found.findings else found.verdicts[0]}")
    failed = next(verdict for verdict in found.verdicts if not verdict.passed)
    raise DisclosureRefused(f"the release is refused after {ATTEMPTS} attempts: {failed}")


def attacked(
    protected: Protected,
    prepared: Prepared,
    insiders: Insiders,
    order: Order,
    ledger: Ledger,
    tell: Callable[[str], None],
) -> Audit:
    """The outcome of every attack on the release together with the ledger, the cheap ones first.

    The slow ones are made only when the cheap ones found nothing: one failure is enough to refuse.
    """
    system = prepared.system
    released = (*ledger.published(), protected.published())
    corrections = {e.published.release for e in ledger.entries if e.kind == "correction"}
    if order.kind == "correction":
        corrections.add(order.release)
    around = Surroundings(corrections=frozenset(corrections), agency=system.programme.agency)
    make = rounding_maker(system.programme, insiders.key, base=prepared.base)
    verdicts: tuple[Verdict, ...] = ()
    for stage in STAGES:
        found = audit(
            released, system.programme, system.people, make, around=around, attacks=stage, progress=tell
        )
        verdicts += found.verdicts
        if not found.passed or found.left_out:
            break
    return replace(found, verdicts=verdicts)

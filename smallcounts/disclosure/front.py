"""The front door: people and a programme in, safe tables out, or a refusal that names the cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smallcounts.disclosure.attacks.making import rounding_maker
from smallcounts.disclosure.attacks.results import Verdict
from smallcounts.disclosure.attacks.suite import Surroundings, audit
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
CHEAP = ("A0", "A1", "A4", "A7", "A8", "A9")
SLOW = ("A2", "A3", "A5", "A6")
TOLD = ("A7",)  # told to the checker, but does not refuse: see `protect`


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
    attack and remedy, when an attack breaks every attempt. A7 (an attacker who knows everybody but one) does
    not refuse: between 0 and b people the chance of printing b goes from 0 to 1, so for some count one person
    more changes it by 1/b or more, in every cell that person is in. No rounding with errors below b promises
    less; the gain is made small by choice among the attempts, and told. Use it for the tables of a
    municipality or county; not for microdata, and not for figures already public (`permit_public`).
    """
    ledger = ledger or Ledger()
    prepared = prepare(programme, people, ledger=ledger, base=order.base)
    progress(f"{len(people)} people, {len(prepared.own)} cells, {len(ledger.entries)} earlier releases")
    protected, verdicts = _withstanding(prepared, insiders, order, ledger, progress)
    held = [verdict for verdict in verdicts if verdict.attack not in TOLD]
    tables = tuple(
        permit_attacked(
            sheet, verdicts=held, rule=f"rounded_{prepared.base}", sources=order.sources,
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
    """The attempt that every refusing attack leaves whole and that tells least to one who knows the others.

    The slow attacks are made on the best of the attempts that the cheap ones left whole, then on the next.
    DisclosureRefused when none withstands.
    """
    tried: list[tuple[float, int, Protected, tuple[Verdict, ...]]] = []
    broken: Verdict | None = None
    for attempt in range(ATTEMPTS):
        tell(f"rounding to base {prepared.base}" + (f", attempt {attempt + 1}" if attempt else ""))
        search = Search(attempt=attempt, seconds=order.seconds)
        protected = protect_by_rounding(
            prepared,
            insiders.key,
            release=order.release,
            ledger=ledger,
            memory=insiders.memory,
            search=search,
        )
        if any(protected.values == earlier.values for _, _, earlier, _ in tried):
            break  # the ledger leaves no choice
        found = attacked(CHEAP, protected, prepared, insiders, order, ledger, tell)
        tried.append((_gain(found), attempt, protected, found))
        if not refusals(found) and all(v.passed for v in found):
            break
    for _, _, protected, found in sorted(tried, key=lambda one: one[:2]):
        verdicts = found
        if not refusals(found):
            verdicts += attacked(SLOW, protected, prepared, insiders, order, ledger, tell)
        if not refusals(verdicts):
            return protected, verdicts
        broken = broken or refusals(verdicts)[0]
    attack = broken.attack if broken else ""
    raise DisclosureRefused(f"the release is refused after {len(tried)} attempts: {broken}", attack=attack)


def refusals(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The failed attacks that refuse a release: all but those of TOLD."""
    return tuple(verdict for verdict in verdicts if not verdict.passed and verdict.attack not in TOLD)


def _gain(verdicts: Sequence[Verdict]) -> float:
    return max((v for one in verdicts if one.attack in TOLD for v in one.numbers.values()), default=0.0)


def attacked(
    attacks: Sequence[str],
    protected: Protected,
    prepared: Prepared,
    insiders: Insiders,
    order: Order,
    ledger: Ledger,
    tell: Callable[[str], None],
) -> tuple[Verdict, ...]:
    """The outcome of these attacks on the release together with the whole ledger."""
    system = prepared.system
    corrections = {e.published.release for e in ledger.entries if e.kind == "correction"}
    if order.kind == "correction":
        corrections.add(order.release)
    found = audit(
        (*ledger.published(), protected.published()), system.programme, system.people,
        rounding_maker(system.programme, insiders.key, base=prepared.base),
        around=Surroundings(corrections=frozenset(corrections), agency=system.programme.agency),
        attacks=attacks, progress=tell,
    )  # fmt: skip
    if found.left_out:
        raise DisclosureRefused(f"the attack {found.left_out[0]} could not be made; it may not leave")
    return found.verdicts

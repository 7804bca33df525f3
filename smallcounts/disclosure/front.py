"""The front door: people and a programme in, safe tables out, or a refusal that names the cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from smallcounts.disclosure.attacks.linked import Neighbour
from smallcounts.disclosure.attacks.results import Verdict
from smallcounts.disclosure.attacks.suite import Surroundings, audit
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.layout import explained, sheets
from smallcounts.disclosure.ledger import Entry, Ledger
from smallcounts.disclosure.methods import ATTEMPTS, Beside, protect_by_method
from smallcounts.disclosure.people import People
from smallcounts.disclosure.preparing import Prepared, check_releasable, prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Method, Protected
from smallcounts.disclosure.remaking import release_maker
from smallcounts.disclosure.rounding import SECONDS
from smallcounts.disclosure.rules import Rules
from smallcounts.disclosure.safe import permit_attacked
from smallcounts.disclosure.standing import Memory, remembered
from smallcounts.results import SafeTable

CHEAP = ("A1", "A4", "A9")
WHOLE = ("A2", "A3", "A7")
AGAIN = ("A5", "A6")  # the release is made again, many times
LAST = ("A0", "A8")  # look at the true people, and so may stop a rounding but never choose another
STAGES = (CHEAP, WHOLE, AGAIN, LAST)


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
    explained: a sentence for readers on each status in the tables.
    """

    protected: Protected
    verdicts: tuple[Verdict, ...]
    tables: tuple[SafeTable, ...]
    entry: Entry
    memory: Memory
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be released.

    release: a name not yet in the ledger. day: "2026-03-31", given by the caller. sources: keys of where the
    people were counted. base: rounding base. method: "rounded", "suppressed" or "cell_key". Both the
    programme's own when None. seconds: limit of each search.
    """

    release: str
    day: str
    sources: tuple[str, ...]
    kind: str = "table"
    base: int | None = None
    seconds: float = SECONDS
    is_invented: bool = False
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What readers know already: all that was published under this programme, and of its neighbours."""

    ledger: Ledger
    neighbours: tuple[Neighbour, ...] = ()


def protect(
    programme: Programme,
    people: People,
    insiders: Insiders,
    order: Order,
    *,
    ledger: Ledger | None = None,
    neighbours: Sequence[Neighbour] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Release:
    """Coarsens, protects jointly with the ledger, attacks, and gives the tables that withstood it.

    `neighbours`: the other programmes that count these people, with all that was published of them; what the
    figures tell of each other is attacked too (A11). The same people, key and ledger give the same bytes,
    unless a search reached its limit of time. `progress` is told of each step. DisclosureError when something
    does not fit; DisclosureRefused, with cell, attack and remedy, when an attack breaks every attempt and no
    two people accepted it. What decides between roundings sees no more than a reader of the printed figures
    (`likely_people`): a gate that looked at the truth would tell of it by what it lets pass. So A7 (an
    attacker who knows everybody but one) is held to a gain of 10 points, and 15 of any one property, in the
    mean over the registers that fit, and one register can give more: between 0 and b people the chance of
    printing b goes from 0 to 1, so for some count one person more changes it by 1/b or more, and no rounding
    with errors below b promises less in every cell. Not for figures already public (`permit_public`).
    """
    ledger = ledger or Ledger()
    prepared = prepare(programme, people, ledger=ledger, base=order.base, method=order.method)
    check_releasable(prepared)
    _check_neighbours(programme, neighbours)
    progress(f"{len(people)} people, {len(prepared.own)} cells, {len(ledger.entries)} earlier releases")
    protected, verdicts = _withstanding(prepared, insiders, order, Known(ledger, tuple(neighbours)), progress)
    made = sheets(prepared.system.programme, protected)
    tables = tuple(
        permit_attacked(
            sheet, verdicts=verdicts, rule=rule_name(protected), sources=order.sources,
            is_invented=order.is_invented,
        )
        for sheet in made
    )  # fmt: skip
    entry = Entry(order.kind, order.day, programme.digest, protected.published())
    memory = remembered(prepared.system, insiders.key, insiders.memory)
    return Release(protected, verdicts, tables, entry, memory, explained(made))


def _check_neighbours(programme: Programme, neighbours: Sequence[Neighbour]) -> None:
    for one in programme.within:
        if one.programme not in {n.programme.name for n in neighbours}:
            raise DisclosureRefused(
                f"{programme.name} counts people of {one.programme}, which is not given beside it; "
                "protect that one first, and give it as a neighbour",
                code="no_neighbour", programme=programme.name, neighbour=one.programme,
            )  # fmt: skip


def rule_name(protected: Protected) -> str:
    """The rule as it stands in a SafeTable: "rounded_5", "suppressed", "cell_key_5"."""
    bases = [(m, b) for m, b in zip(protected.methods, protected.bases, strict=True) if m != Method.WAIVED]
    method, base = max(bases, default=(Method.WAIVED, 1))
    return f"{method}_{base}" if base > 1 else str(method)


def _withstanding(
    prepared: Prepared, insiders: Insiders, order: Order, known: Known, tell: Callable[[str], None]
) -> tuple[Protected, tuple[Verdict, ...]]:
    """The first attempt that withstands every attack, the slower made only where the cheaper failed.

    DisclosureRefused when none withstands, with what broke the attempt that told least; and at once when a
    rounding is broken by an attack that looks at the true people. Dots are made stronger then: three
    strengths, of which the weakest is tried first.
    """
    rules, is_correction = prepared.system.programme.rules, order.kind == "correction"
    beside = Beside(order.release, known.ledger, insiders.memory, is_correction, order.seconds)
    seen: set[tuple[object, ...]] = set()
    broken: list[tuple[Verdict, ...]] = []
    for attempt in range(ATTEMPTS[prepared.method]):
        tell(_step(prepared) + (f", attempt {attempt + 1}" if attempt else ""))
        protected = protect_by_method(prepared, insiders.key, beside, attempt=attempt)
        if protected.values in seen:
            continue  # the ledger may leave no choice
        seen.add(protected.values)
        verdicts: tuple[Verdict, ...] = ()
        for attacks in STAGES:
            found = attacked(attacks, protected, prepared, insiders, order, known, tell, attempt=attempt)
            verdicts += accepted(found, rules)
            if refusals(verdicts):
                break
        if not refusals(verdicts):
            return protected, verdicts
        broken.append(refusals(verdicts))
        if prepared.method is Method.ROUNDED and any(v.attack in LAST for v in refusals(verdicts)):
            break
    least = min(broken, key=lambda one: (len(one), max(v.numbers.get("mean", 0.0) for v in one)))
    names, why = ", ".join(verdict.attack for verdict in least), "; ".join(map(str, least))
    raise DisclosureRefused(
        f"the release is refused after {len(broken)} attempts, {names} break it: {why}",
        attack=least[0].attack,
    )


def _step(prepared: Prepared) -> str:
    words = {
        Method.ROUNDED: f"rounding to base {prepared.base}",
        Method.SUPPRESSED: "searching the fewest cells to hide",
        Method.CELL_KEY: "drawing the noise of each cell",
    }
    return words[prepared.method]


def accepted(verdicts: Sequence[Verdict], rules: Rules) -> tuple[Verdict, ...]:
    """The verdicts with those passed that two named people accepted, who and why in their detail."""
    by = {one.attack: one for one in rules.accepted}
    return tuple(
        replace(v, passed=True, detail=f"{v.detail}; {by[v.attack]}")
        if not v.passed
        and v.attack in by
        and "mean" in v.numbers
        and max(v.numbers.values()) * 100 <= by[v.attack].gain
        else v
        for v in verdicts
    )


def refusals(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The failed attacks; each of them refuses a release."""
    return tuple(verdict for verdict in verdicts if not verdict.passed)


def attacked(
    attacks: Sequence[str],
    protected: Protected,
    prepared: Prepared,
    insiders: Insiders,
    order: Order,
    known: Known,
    tell: Callable[[str], None],
    *,
    attempt: int = 0,
) -> tuple[Verdict, ...]:
    """The outcome of these attacks on the release together with the whole ledger."""
    system, ledger = prepared.system, known.ledger
    corrections = {e.published.release for e in ledger.entries if e.kind == "correction"}
    if order.kind == "correction":
        corrections.add(order.release)
    found = audit(
        (*ledger.published(), protected.published()), system.programme, system.people,
        release_maker(
            system.programme, insiders.key, base=prepared.base if prepared.base > 1 else None,
            method=str(prepared.method), attempt=attempt,
        ),
        around=Surroundings(
            corrections=frozenset(corrections), agency=system.programme.agency, neighbours=known.neighbours
        ),
        attacks=attacks, progress=tell,
    )  # fmt: skip
    if found.left_out:
        left_out = found.left_out[0]
        raise DisclosureRefused(f"the attack {left_out} could not be made; it may not leave", attack=left_out)
    return found.verdicts

"""Which figures stand side by side, which cannot and why; rates of protected counts are computed; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from klarsyn.mapping.tables import alphabetical
from klarsyn.report.others.figure import CONFLICT, Figure
from smallcounts.rates import poisson_interval

Known = Mapping[str, tuple[str, tuple[str, ...]]]


class Why(StrEnum):
    """Why a figure stands apart."""

    DEFINITION = "definition"
    MEASURE = "measure"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Held:
    """One municipality's edition in force, with its own figures."""

    municipality: str
    name: str
    year: int
    number: int
    address: str
    figures: tuple[Figure, ...]
    is_home: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality's figure of a period. Without a rate: a symbol, or no population."""

    held: Held
    figure: Figure
    rate: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Block:
    """The municipalities of one period: home first, then by name, never by value."""

    period: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """What is not compared."""

    held: Held
    figure: Figure
    why: Why


@dataclass(frozen=True, slots=True)
class Group:
    """One indicator: the same measure and definition in every block. `breaks` lie within its periods."""

    indicator: str
    first: Figure  # whose title and unit stand over the group
    blocks: tuple[Block, ...]
    apart: tuple[Apart, ...]
    breaks: tuple[Mapping[str, str], ...]


def groups(held: Sequence[Held], known: Known) -> tuple[Group, ...]:
    """Every indicator that another municipality has released, ours beside it. `known`: our definitions."""
    pairs = [(h, f) for h in held for f in h.figures]
    named = {f.indicator for h, f in pairs if not h.is_home}
    made = [_group(one, [p for p in pairs if p[1].indicator == one], known) for one in sorted(named)]
    return tuple(sorted(made, key=lambda g: alphabetical(g.first.title["sv"])))


def _group(indicator: str, pairs: Sequence[tuple[Held, Figure]], known: Known) -> Group:
    ordered = sorted(pairs, key=lambda p: (not p[0].is_home, alphabetical(p[0].name), p[1].period))
    reference = known.get(indicator) or (ordered[0][1].definition, ordered[0][1].measures)
    judged = [(h, f, _apart(f, reference)) for h, f in ordered]
    alike = [(h, f) for h, f, why in judged if why is None]
    periods = sorted({f.period for _, f in alike}, reverse=True)
    blocks = tuple(Block(p, tuple(_row(h, f) for h, f in alike if f.period == p)) for p in periods)
    apart = tuple(Apart(h, f, why) for h, f, why in judged if why is not None)
    return Group(indicator, ordered[0][1], blocks, apart, _breaks([f for _, f in alike]))


def _apart(figure: Figure, reference: tuple[str, tuple[str, ...]]) -> Why | None:
    if figure.measures != tuple(reference[1]):
        return Why.MEASURE
    if figure.definition != reference[0]:
        return Why.DEFINITION
    return Why.CONFLICT if figure.symbol == CONFLICT else None


def _row(held: Held, figure: Figure) -> Row:
    """The published rate; of a rounded count, a rate computed here with the widest limits rounding leaves."""
    if figure.rate is not None or figure.count is None or not figure.population:
        return Row(held, figure, figure.rate, figure.lower, figure.upper)
    per = figure.per / figure.population
    lower, _ = poisson_interval(max(0, figure.count - figure.rounded_by))
    _, upper = poisson_interval(figure.count + figure.rounded_by)
    return Row(held, figure, figure.count * per, float(lower) * per, float(upper) * per)


def _breaks(alike: Iterable[Figure]) -> tuple[Mapping[str, str], ...]:
    """Each break once, by its day, where it lies within the years that are shown."""
    shown = list(alike)
    years = [int(f.period) for f in shown]
    found = {(b["on"], b["sv"]): b for f in shown for b in f.breaks}
    return tuple(b for (on, _), b in sorted(found.items()) if min(years) <= int(on[:4]) <= max(years))

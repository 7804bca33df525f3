"""What everybody knows beforehand: categories, hierarchies, impossible combinations, periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.errors import DisclosureError
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.variables import JOIN, Variable

Parts = tuple[tuple[str, str], ...]


class AttackRefused(DisclosureError):
    """The attack cannot be made with what was given; the message says why. It counts as a failed audit."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What can exist, as everybody knows it.

    categories: of each variable and level. coarser: (fine, coarse) → the coarse category of each fine one,
    for every pair of levels of a hierarchy. impossible: combinations that no person can have. spans: the
    single periods that a longer period sums, for each longer one.
    """

    categories: Mapping[str, tuple[str, ...]]
    coarser: Mapping[tuple[str, str], Mapping[str, str]]
    impossible: tuple[Parts, ...]
    spans: Mapping[str, tuple[str, ...]]

    def periods(self, period: str) -> tuple[str, ...]:
        """The single periods of which this one is made."""
        return self.spans.get(period, (period,))

    def codes(self, variable: str, category: str) -> frozenset[int]:
        """The places of a category in `categories`; several for a merged one ("N2 & N3"), none if unknown."""
        known = self.categories.get(variable, ())
        parts = [category] if category in known else category.split(JOIN)
        return frozenset(known.index(p) for p in parts) if set(parts) <= set(known) else frozenset()

    def finest(self, variable: str, category: str) -> tuple[str, frozenset[int]]:
        """A category as places in the finest level of its hierarchy, with the name of that level."""
        codes = self.codes(variable, category)
        below = [fine for fine, coarse in self.coarser if coarse == variable]
        lowest = [f for f in below if not any(coarse == f for _, coarse in self.coarser)]
        if not lowest:
            return variable, codes
        of, places = self.coarser[lowest[0], variable], self.categories[variable]
        finer = enumerate(self.categories[lowest[0]])
        return lowest[0], frozenset(i for i, c in finer if places.index(of[c]) in codes)

    def contains(self, big: CellId, small: CellId) -> bool:
        """Whether every person of the small cell is in the big one."""
        if not set(self.periods(small.period)) <= set(self.periods(big.period)):
            return False
        have: dict[str, frozenset[int]] = {}
        for variable, category in small.parts:
            name, codes = self.finest(variable, category)
            have[name] = have.get(name, codes) & codes
        wanted = [self.finest(variable, category) for variable, category in big.parts]
        return all(name in have and have[name] <= codes for name, codes in wanted)


def domain_of(programme: Programme, cells: Iterable[CellId] = (), singles: Sequence[str] = ()) -> Domain:
    """The domain of a programme. `cells` and `singles` tell which single periods a sum of periods covers."""
    categories: dict[str, tuple[str, ...]] = {}
    coarser: dict[tuple[str, str], Mapping[str, str]] = {}
    for variable in programme.variables:
        categories |= {level.name: level.categories for level in variable.levels}
        categories[variable.name] = variable.categories
        for fine, coarse in combinations(variable.names(), 2):
            coarser[fine, coarse] = _parents(variable, fine, coarse)
    return Domain(categories, coarser, programme.impossible, spans_of((c.period for c in cells), singles))


def spans_of(periods: Iterable[str], singles: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """The single periods of each sum of periods ("2021/2023"), out of all single ones that are named."""
    given = sorted(set(periods))
    known = sorted({*singles, *(one for p in given for one in p.split("/"))})
    spans = {}
    for period in given:
        first, slash, last = period.partition("/")
        if slash:
            spans[period] = tuple(known[known.index(first) : known.index(last) + 1])
    return spans


def _parents(variable: Variable, fine: str, coarse: str) -> dict[str, str]:
    """The coarse category of each fine one, as declared: merged categories are sums of these."""
    levels = {one.name: dict(zip(one.categories, one.codes, strict=True)) for one in variable.levels}
    parents = {}
    for child in variable.categories if fine == variable.name else levels[fine]:
        inside = set(variable.codes(fine, child) or ())
        for parent, codes in levels[coarse].items():
            if inside <= set(codes):
                parents[child] = parent
    return parents

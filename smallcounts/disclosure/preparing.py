"""What must hold before anything is protected: base, population, hierarchies, and the cells of the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from smallcounts.disclosure.cells import CellId, System, build_system, programme_cells
from smallcounts.disclosure.coarsening import coarsen
from smallcounts.disclosure.errors import DisclosureError, ProgrammeError
from smallcounts.disclosure.ledger import Ledger
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Method
from smallcounts.disclosure.rules import BASE_3_POPULATION, BASES, METHODS, smallest_base


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A system ready to be protected: coarsened, with every cell of the ledger that shares its people.

    own (k,): the cells of the programme, which are published; the others only bind. base: of rounding, 1 for
    other methods. merged: merged categories.
    """

    system: System
    own: tuple[CellId, ...]
    base: int
    merged: tuple[str, ...]
    method: Method = Method.ROUNDED


def prepare(
    programme: Programme,
    people: People,
    *,
    ledger: Ledger,
    base: int | None = None,
    method: str | None = None,
) -> Prepared:
    """The system of a release. `base`: rounding base; `method`: of METHODS; the programme's own when None.

    DisclosureError when the base protects too little, or a category, population or waiver does not fit.
    """
    coarse, merged = coarsen(programme, people, ledger)
    own = tuple(sorted(set(programme_cells(coarse, people.periods))))
    earlier = [cell for cell in ledger.figures() if _shares_people(cell, people)]
    system = build_system(coarse, people, extra=earlier)
    known = {cell.text for cell in own}
    for waiver in programme.rules.waivers:
        if waiver.cell not in known and CellId.parse(waiver.cell).period in people.periods:
            raise ProgrammeError(f"the waiver names {waiver.cell!r}, which is not published; mend or drop it")
    chosen = programme.rules.method if method is None else method
    if chosen not in METHODS:
        raise DisclosureError(f"the method is one of {', '.join(METHODS)}, not {chosen!r}")
    if chosen == Method.ROUNDED:
        return Prepared(system, own, checked_base(system, own, base), merged)
    if base is not None:
        raise DisclosureError(f"a base is for rounding alone; leave it out for the method {chosen}")
    return Prepared(system, own, 1, merged, Method(chosen))


def _shares_people(cell: CellId, people: People) -> bool:
    first, _, last = cell.period.partition("/")
    return first in people.periods and (not last or last in people.periods)


def checked_base(system: System, own: tuple[CellId, ...], base: int | None) -> int:
    """The base to round to; DisclosureError when it is none, or too small for the programme.

    Base 3 needs more than 100 people in every period and no sensitive variable. A value b is read as 1 to
    2b-1, so a threshold above 2b-1 needs a larger base.
    """
    programme = system.programme
    chosen = programme.rules.base if base is None else base
    if chosen not in BASES:
        raise DisclosureError(f"the base is one of {', '.join(map(str, BASES))}, not {chosen}")
    index = system.index
    highest = max(int(system.thresholds[index[cell]]) for cell in own)
    if 2 * chosen - 1 < highest:
        raise DisclosureError(
            f"base {chosen} cannot protect a threshold of {highest} (children or places); "
            f"use base {smallest_base(highest)}"
        )
    if chosen == 3:
        _check_base_3(system, own)
    return chosen


def _check_base_3(system: System, own: tuple[CellId, ...]) -> None:
    names = {name for cell in own for name, _ in cell.parts}
    for variable in system.programme.variables:
        if variable.is_sensitive and names & set(variable.names()):
            raise DisclosureError(f"base 3 is not for the sensitive variable '{variable.name}'; use base 5")
    for cell in sorted({CellId(cell.period, ()) for cell in own}):
        inside = system.matrix[[system.index[c] for c in own if c.period == cell.period]]
        total = int(system.inner_counts[sorted(set(inside.indices.tolist()))].sum())
        if total <= BASE_3_POPULATION:
            raise DisclosureError(
                f"{cell.period}: base 3 needs more than {BASE_3_POPULATION} people, not {total}; use base 5"
            )

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
from smallcounts.disclosure.rules import BASE_3_POPULATION, BASE_3_THRESHOLD, BASES, METHODS, smallest_base


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
            raise ProgrammeError(
                f"the waiver names {waiver.cell!r}, which is not published; mend or drop it",
                code="waiver_of_nothing", cell=waiver.cell,
            )  # fmt: skip
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

    Base 3 needs more than 100 people in every period and no sensitive variable (and to be released a
    threshold of at most 4, see `check_releasable`). A value b is read as 1 to 2b-1, so a threshold above
    2b-1 needs a larger base.
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
            f"use base {smallest_base(highest)}",
            code="small_base", base=chosen, threshold=highest, least=smallest_base(highest),
        )  # fmt: skip
    if chosen == 3:
        _check_base_3(system, own)
    return chosen


def check_releasable(prepared: Prepared) -> None:
    """DisclosureError for base 3 with a threshold that A3 always breaks, before any attempt is made.

    Of a printed 3 nothing is left out but 0 and 6: counts from 1 to 5, each as likely as it is before and
    as it is rounded to 3. So 1 to 4 have 92 % where nothing else is known (bar 90 %), 1 to 3 have 73 %.
    """
    thresholds = prepared.system.thresholds[[prepared.system.index[cell] for cell in prepared.own]]
    highest = int(thresholds.max())
    if prepared.base == 3 and highest > BASE_3_THRESHOLD:
        raise DisclosureError(
            f"base 3 cannot leave with a threshold of {highest}: a printed 3 means 1 to 5 people, and fewer "
            f"than 5 with 92 % probability; use base 5, or at most a threshold of {BASE_3_THRESHOLD}",
            code="base_3_threshold", threshold=highest, most=BASE_3_THRESHOLD,
        )  # fmt: skip


def _check_base_3(system: System, own: tuple[CellId, ...]) -> None:
    names = {name for cell in own for name, _ in cell.parts}
    for variable in system.programme.variables:
        if variable.is_sensitive and names & set(variable.names()):
            raise DisclosureError(
                f"base 3 is not for the sensitive variable '{variable.name}'; use base 5",
                code="base_3_sensitive", variable=variable.name,
            )  # fmt: skip
    for cell in sorted({CellId(cell.period, ()) for cell in own}):
        inside = system.matrix[[system.index[c] for c in own if c.period == cell.period]]
        total = int(system.inner_counts[sorted(set(inside.indices.tolist()))].sum())
        if total <= BASE_3_POPULATION:
            raise DisclosureError(
                f"{cell.period}: base 3 needs more than {BASE_3_POPULATION} people, not {total}; use base 5",
                code="base_3_few", period=cell.period, total=total, least=BASE_3_POPULATION + 1,
            )  # fmt: skip

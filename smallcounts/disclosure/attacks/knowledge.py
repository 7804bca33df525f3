"""What the rule of a release tells of each cell: the counts that its printed value leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.attacks.domain import AttackRefused, Domain
from smallcounts.disclosure.attacks.programs import CEILING
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.release import Figure, Method, Published, Symbol

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the attacker takes the rule to be, beyond what each figure says.

    is_nearest: rounding goes to the nearest multiple. reach: how many bases beyond the two neighbouring
    multiples rounding may go. are_zeros_kept: cell-key noise leaves zeros alone. are_zeros_shown: a dot is
    no zero.
    """

    is_nearest: bool = False
    reach: int = 0
    are_zeros_kept: bool = True
    are_zeros_shown: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """All that was printed, as limits: one row a cell, several figures of one cell put together.

    figures: the latest of each cell. low, high (cells,): whole numbers, both included; the ceiling where
    nothing binds. threshold (cells,): counts from 1 below it are small. waived (cells,): let out by two.
    """

    cells: tuple[CellId, ...]
    figures: tuple[Figure, ...]
    low: Array
    high: Array
    threshold: NDArray[np.int64]
    waived: NDArray[np.bool_]

    def let_out(self) -> NDArray[np.bool_]:
        """(cells,): printed as they are by right: waived, or open at or above the threshold beside dots."""
        is_open = [
            f.method is Method.SUPPRESSED and isinstance(f.value, int) and f.value >= f.threshold
            for f in self.figures
        ]
        return np.asarray(self.waived | np.array(is_open, dtype=bool))

    def row(self, cell: CellId) -> int:
        """The row of a cell; ValueError when it is not printed."""
        return self.cells.index(cell)


def limits(figure: Figure, reading: Reading) -> tuple[float, float]:
    """The least and the largest true count that a printed figure leaves open."""
    value, base = figure.value, figure.base
    if isinstance(value, Symbol):
        if value is Symbol.NOT_APPLICABLE:
            return 0.0, 0.0
        shown = value is Symbol.HIDDEN and reading.are_zeros_shown
        return (1.0 if shown else 0.0), CEILING
    if figure.method in (Method.SUPPRESSED, Method.WAIVED):
        return float(value), float(value)
    below, above = _reach(figure, reading)
    least = 1 if figure.method is Method.CELL_KEY and reading.are_zeros_kept and value > 0 else 0
    if base < 1 or (figure.method is Method.ROUNDED and value % base):
        raise AttackRefused(f"cell {figure.cell.text}: {value} is no multiple of {base}; round it again")
    return float(max(value - below, least)), float(value + above)


def _reach(figure: Figure, reading: Reading) -> tuple[int, int]:
    """How far below and above the printed value the true count can lie."""
    base = figure.base
    if figure.method is Method.CELL_KEY:
        return base, base
    if reading.is_nearest:
        return base // 2, base // 2
    return 2 * (base * (1 + reading.reach) - 1,)


def view(published: Sequence[Published], reading: Reading | None = None) -> View:
    """The limits of every cell of all releases together; what was seen once stays known.

    AttackRefused when two figures of one cell exclude each other: then either the rule was broken, or the
    people changed and the release is a correction (see `as_versions`).
    """
    chosen = reading or Reading()
    latest: dict[CellId, Figure] = {}
    numbers: dict[CellId, tuple[float, float]] = {}
    for figure in (f for release in published for f in release.figures):
        low, high = limits(figure, chosen)
        old_low, old_high = numbers.get(figure.cell, (0.0, CEILING))
        low, high = max(low, old_low), min(high, old_high)
        if low > high:
            raise AttackRefused(
                f"cell {figure.cell.text}: its printed values exclude each other; "
                "release it as a correction, or protect it again with the ledger"
            )
        latest[figure.cell], numbers[figure.cell] = figure, (low, high)
    both = np.array(list(numbers.values()), dtype=np.float64).reshape(-1, 2)
    return View(
        tuple(latest), tuple(latest.values()), both[:, 0], both[:, 1],
        np.array([f.threshold for f in latest.values()], dtype=np.int64),
        np.array([f.method is Method.WAIVED for f in latest.values()], dtype=bool),
    )  # fmt: skip


def shows_zeros(figures: Iterable[Figure], possible: Mapping[CellId, bool]) -> bool:
    """Whether a suppressed table prints zeros where people could be: then every dot means at least one."""
    return any(f.method is Method.SUPPRESSED and f.value == 0 and possible[f.cell] for f in figures)


def as_versions(
    published: Sequence[Published], corrections: frozenset[str], domain: Domain
) -> tuple[tuple[Published, ...], Domain]:
    """Releases with the periods renamed that a correction changed, so that old and new people are kept apart.

    corrections: ids of releases whose people differ from those before. A period of which such a release
    prints anything gets a new name ("2021 #2") from there on; sums of periods follow their parts.
    """
    version: dict[str, int] = {}
    spans: dict[str, tuple[str, ...]] = {}
    out = []
    for release in published:
        if release.release in corrections:
            for single in {s for f in release.figures for s in domain.periods(f.cell.period)}:
                version[single] = version.get(single, 1) + 1
        figures = []
        for figure in release.figures:
            singles = tuple(_name(s, version) for s in domain.periods(figure.cell.period))
            period = singles[0] if len(singles) == 1 else f"{figure.cell.period} {'+'.join(singles)}"
            if len(singles) > 1:
                spans[period] = singles
            cell = CellId(period, figure.cell.parts)
            figures.append(Figure(cell, figure.value, figure.method, figure.base, figure.threshold))
        out.append(Published(release.release, tuple(figures), release.derived))
    return tuple(out), Domain(domain.categories, domain.coarser, domain.impossible, spans)


def _name(single: str, version: Mapping[str, int]) -> str:
    return single if version.get(single, 1) == 1 else f"{single} #{version[single]}"


def version_of(period: str) -> tuple[str, int]:
    """A renamed period taken apart: ("2021", 2) of "2021 #2", ("2021", 1) of "2021"."""
    name, mark, number = period.partition(" #")
    return name, int(number) if mark else 1

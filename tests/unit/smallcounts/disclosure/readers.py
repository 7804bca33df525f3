"""A reader with nothing but SciPy: what can be reckoned out of a release, over all inner combinations."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from smallcounts.disclosure.cells import System
from smallcounts.disclosure.release import Protected, Symbol

NEAR = 1e-6


def interval(system: System, release: Protected, row: NDArray[np.float64]) -> tuple[float, float]:
    """The least and the largest `row @ x` over all inner counts that fit the numbers shown; fractions allowed.

    The tables are not reduced and nothing is taken from the code under test but the cells and their sums.
    """
    shown = [i for i, value in enumerate(release.values) if not isinstance(value, Symbol)]
    matrix, right = system.matrix[shown], np.array([float(release.values[i]) for i in shown])
    limits = []
    for sign in (1.0, -1.0):
        found = linprog(sign * row, A_eq=matrix, b_eq=right, bounds=(0, 1e5), method="highs")
        assert found.status == 0, found.message
        limits.append(sign * found.fun)
    return limits[0], limits[1]


def sensitive(system: System) -> list[int]:
    """Cells below their threshold that could hold someone and are not waived."""
    waived = system.programme.rules.waived()
    small = (system.counts < system.thresholds) & ~system.is_impossible()
    return [int(i) for i in np.flatnonzero(small) if system.cells[i].text not in waived]


def given_away(system: System, release: Protected) -> list[str]:
    """Cells that are exact, or surely from 1 to the threshold less 1."""
    found = []
    for cell in sensitive(system):
        low, high = interval(system, release, system.matrix[[cell]].toarray()[0])
        is_exact = high - low < 1 - NEAR
        if is_exact or (low > NEAR and high < system.thresholds[cell] - NEAR):
            found.append(f"{system.cells[cell].text} {low:.2f} to {high:.2f}")
    return found


def whole_interval(system: System, release: Protected, cell: int) -> tuple[float, float]:
    """As `interval`, with whole people only."""
    shown = [i for i, value in enumerate(release.values) if not isinstance(value, Symbol)]
    right = np.array([float(release.values[i]) for i in shown])
    row = system.matrix[[cell]].toarray()[0]
    limits = []
    for sign in (1.0, -1.0):
        found = milp(
            sign * row, integrality=np.ones(len(row)), bounds=Bounds(0, 1e4),
            constraints=LinearConstraint(system.matrix[shown], right, right),
        )  # fmt: skip
        assert found.status == 0, found.message
        limits.append(sign * found.fun)
    return limits[0], limits[1]

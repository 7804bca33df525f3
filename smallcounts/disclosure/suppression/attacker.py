"""The attacker of a set of hidden cells: linear programs whose duals say what else must be hidden."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs
from scipy.sparse import csc_array, csr_array, vstack

from smallcounts.disclosure.errors import NoAnswer
from smallcounts.disclosure.solver import silent_highs
from smallcounts.disclosure.suppression.goals import Array, Flags, Goals, Ints

NEAR = 1e-6  # the solver's own tolerance is 1e-7
DUST = 1e-9  # a dual below this is rounding
WIDE = 1e4  # how far a hidden cell may rise: as good as without limit for tables of a municipality


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Of the cells, weighed by `weights`, at least 1 must be hidden for question `question` to be answered.

    A joint cut holds for a pair of questions, whichever of them is chosen.
    """

    question: int
    weights: Array
    is_joint: bool = False


class Attacker:
    """One program, asked question after question; the last basis stays. Lives only inside one search.

    max sign · r x over x ≥ 0, ties x = 0, a_i - B_i y_i ≤ M_i x ≤ a_i + U_i y_i, where a reader knows that
    cell i lies from a_i - B_i to a_i + U_i. With duals π the largest value for any other y is at most
    Σ π_i a_i + Σ y_i (π_i⁺ U_i + π_i⁻ B_i), which must reach the target: a Benders cut. Where U_i has no
    limit a positive dual counts as the whole of what is missing. Source: fischetti-salazar-2001.
    """

    def __init__(
        self, matrix: csr_array, ties: csr_array, counts: Ints, goals: Goals, known: tuple[Array, Array]
    ) -> None:
        self.goals = goals
        self._counts = counts.astype(np.float64)
        self._below, self._above = self._counts - known[0], known[1] - self._counts
        self._ties, self._cells, self._width = ties.shape[0], matrix.shape[0], matrix.shape[1]
        both = csc_array(vstack([matrix, ties], format="csc"))
        limits = np.r_[self._counts, np.zeros(self._ties)]
        self._solver = new_solver(both, np.zeros(self._width), limits, limits)
        self._solver.setOptionValue("presolve", "off")  # the last basis is worth more
        self._limits, self._now = limits, (limits, limits)
        self._rows = goals.rows.toarray()
        self._whole: _Highs | None = None
        self._both = both

    @property
    def seconds(self) -> float:
        """Time spent in the solver so far."""
        return float(self._solver.getRunTime()) + (float(self._whole.getRunTime()) if self._whole else 0.0)

    def hide(self, hidden: Array, *, rise: float) -> None:
        """Set how far each cell may be off: hidden (n,) from 0 to 1, `rise` at most upward."""
        low, high = self._limits.copy(), self._limits.copy()
        low[: self._cells] -= self._below * hidden
        high[: self._cells] += np.minimum(self._above, rise) * hidden
        _set_rows(self._solver, (low, high), self._now)
        self._now = low, high

    def ask(self, question: int) -> tuple[float, Array, Array]:
        """The farthest value of the question, the duals of the cells, and the inner counts that reach it."""
        cost = self.goals.sign[question] * self._rows[self.goals.row[question]]
        self._solver.changeColsCost(self._width, np.arange(self._width, dtype=np.int32), -cost)
        run(self._solver)
        solution = self._solver.getSolution()
        point = np.array(solution.col_value)
        duals = -np.array(solution.row_dual)[: self._cells]
        return float(cost @ point), np.where(np.abs(duals) < DUST, 0.0, duals), point

    def ask_whole(self, question: int) -> float:
        """The farthest value with whole people only, for the cells last hidden."""
        if self._whole is None:
            self._whole = new_solver(self._both, np.zeros(self._width), self._limits, self._limits)
            self._whole.changeColsIntegrality(
                self._width, np.arange(self._width, dtype=np.int32),
                np.full(self._width, int(highspy.HighsVarType.kInteger), dtype=np.uint8),
            )  # fmt: skip
            self._now_whole = self._limits, self._limits
        _set_rows(self._whole, self._now, self._now_whole)
        self._now_whole = self._now
        cost = self.goals.sign[question] * self._rows[self.goals.row[question]]
        self._whole.changeColsCost(self._width, np.arange(self._width, dtype=np.int32), -cost)
        run(self._whole)
        return -float(self._whole.getInfo().objective_function_value)

    def answered(self, point: Array, *, whole: bool) -> Flags:
        """(questions,): which targets these inner counts reach; with `whole` none unless they are whole."""
        if whole and np.abs(point - np.round(point)).max(initial=0.0) > NEAR:
            return np.zeros(len(self.goals.row), dtype=bool)
        values = self._rows @ point
        return np.asarray(self.goals.sign * (values[self.goals.row] - self.goals.target) > -NEAR)

    def cut(self, question: int, duals: Array, forced: Flags) -> Cut | None:
        """The cut that these duals give, with the cells that are hidden anyway taken out; None if empty."""
        missing = self.goals.sign[question] * self.goals.target[question] - duals @ self._counts
        with np.errstate(invalid="ignore"):  # no dual times no limit
            reach = np.where(duals > 0, duals * self._above, -duals * self._below)
        weights = np.minimum(np.where(duals == 0, 0.0, reach), missing)
        missing -= weights[forced].sum()
        if missing < NEAR:
            return None
        return Cut(question, np.where(forced, 0.0, np.minimum(weights, missing) / missing))


def new_solver(columns: csc_array, cost: Array, low: Array, high: Array) -> _Highs:
    """A program over columns from 0 up."""
    solver = silent_highs()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = (int(n) for n in columns.shape)
    model.col_cost_, model.col_lower_ = cost, np.zeros(model.num_col_)
    model.col_upper_ = np.full(model.num_col_, np.inf)
    model.row_lower_, model.row_upper_ = low, high
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = columns.indptr.astype(np.int32)
    model.a_matrix_.index_ = columns.indices.astype(np.int32)
    model.a_matrix_.value_ = columns.data.astype(np.float64)
    if solver.passModel(model) == highspy.HighsStatus.kError:
        raise NoAnswer("the solver refused the model; report the programme that made it", code="solver")
    return solver


def _set_rows(solver: _Highs, new: tuple[Array, Array], old: tuple[Array, Array]) -> None:
    for row in np.flatnonzero((new[0] != old[0]) | (new[1] != old[1])):
        solver.changeRowBounds(int(row), float(new[0][row]), float(new[1][row]))


def run(solver: _Highs) -> None:
    """Solve to the optimum, or NoAnswer."""
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        words = solver.modelStatusToString(status)
        raise NoAnswer(
            f"the solver answered {words!r}, not 'Optimal'; nothing is published, run it again", code="solver"
        )

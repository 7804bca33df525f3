"""One linear or integer program asked many questions: HiGHS on one thread, all but optimal refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from smallcounts.disclosure.attacks.domain import AttackRefused
from smallcounts.disclosure.solver import silent_highs

Array = NDArray[np.float64]

CEILING = 1e6  # nobody believes that more people are hidden in one combination; keeps every program bounded
NOTHING_FITS = "no table fits the published figures"
NEAR = 1e-6  # the solver's own tolerance is 1e-7


@dataclass(frozen=True, slots=True)
class Solution:
    """A vector that fulfils the program, and the value of the question there."""

    value: float
    point: Array


class Program:
    """Rows between limits over columns from 0 up; holds the solver's state and must stay inside one attack.

    The last basis stays: each new question starts the simplex method where the question before it ended, and
    presolve is left out for the same reason. Whole numbers are asked for with `whole`.
    """

    def __init__(self, rows: csr_matrix, low: Array, high: Array, *, whole: bool = False) -> None:
        self._width = int(rows.shape[1])
        self._asked: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._solver = silent_highs()
        for name, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", 0),
            ("presolve", "on" if whole else "off"), ("solver", "choose" if whole else "simplex"),
            ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5),
        ):  # fmt: skip
            self._check(self._solver.setOptionValue(name, value), f"the option {name} was refused")
        self._check(self._solver.passModel(_model(rows, low, high, whole=whole)), "the model was refused")

    @staticmethod
    def _check(status: highspy.HighsStatus, words: str) -> None:
        if status == highspy.HighsStatus.kError:
            raise AttackRefused(f"the solver failed: {words}; the audit counts as failed")

    def solve(self, columns: NDArray[np.int32], weights: Array, *, largest: bool) -> Solution:
        """The least (or largest) value of Σ weights · columns, with a vector that has it.

        AttackRefused when the program has no answer: the published figures then contradict each other.
        """
        solver = self._solver
        if len(self._asked):
            zero = np.zeros(len(self._asked))
            self._check(solver.changeColsCost(len(zero), self._asked, zero), "costs were refused")
        sign = -1.0 if largest else 1.0
        self._asked = columns.astype(np.int32)
        self._check(solver.changeColsCost(len(columns), self._asked, sign * weights), "costs were refused")
        self._check(solver.run(), "the run ended in an error")
        status = solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise AttackRefused(_no_answer(solver.modelStatusToString(status)))
        point = np.array(solver.getSolution().col_value)
        return Solution(float(point[columns] @ weights), point)


def _no_answer(status: str) -> str:
    if status == "Infeasible":
        return (
            f"{NOTHING_FITS}: they do not keep to the rule they name; "
            "protect the release again before it is attacked"
        )
    return f"the solver answered '{status}', not 'Optimal'; the audit counts as failed, run it again"


def _model(rows: csr_matrix, low: Array, high: Array, *, whole: bool) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = (int(n) for n in rows.shape)
    model.col_cost_ = np.zeros(model.num_col_)
    model.col_lower_ = np.zeros(model.num_col_)
    model.col_upper_ = np.full(model.num_col_, CEILING)
    model.row_lower_, model.row_upper_ = low, high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.indptr
    model.a_matrix_.index_ = rows.indices
    model.a_matrix_.value_ = rows.data
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    return model


def stack(matrices: Sequence[csr_matrix]) -> csr_matrix:
    """Matrices one under the other, with the index type that the solver reads."""
    joined: csr_matrix = csr_matrix(vstack(list(matrices), format="csr"))
    joined.sum_duplicates()
    joined.indices, joined.indptr = joined.indices.astype(np.int32), joined.indptr.astype(np.int32)
    return joined

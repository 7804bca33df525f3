"""One mixed-integer program given to HiGHS: one thread, fixed seed; the answer with its status and gap."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray
from scipy.sparse import csc_array

from smallcounts.disclosure.errors import NoAnswer

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NODES = 20_000  # counted work, so that the search ends at the same place on every machine
_STATUS = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kTimeLimit: "limit",
    highspy.HighsModelStatus.kSolutionLimit: "limit",
}


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Minimise cost @ x with row_lower <= matrix @ x <= row_upper, lower <= x <= upper, some x whole."""

    cost: Floats
    lower: Floats
    upper: Floats
    whole: Bools
    matrix: csc_array
    row_lower: Floats
    row_upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """status: "optimal", "infeasible", or "limit" (the best found when the search was ended).

    x: the solution; None when there is none. gap: the share by which a better one could exist.
    """

    status: str
    x: Floats | None
    gap: float


def solve(linear: Linear, *, seconds: float) -> Answer:
    """The best x found within `seconds` and NODES nodes. NoAnswer when the solver fails in any other way.

    HiGHS has one pool of threads per process: a second model with another number of threads fails, so one
    thread is asked for everywhere in this package.
    """
    if not len(linear.cost):
        fits = bool(((linear.row_lower <= 1e-9) & (linear.row_upper >= -1e-9)).all())
        return Answer("optimal", np.zeros(0), 0.0) if fits else Answer("infeasible", None, 0.0)
    highs = silent_highs()
    for name, value in (("mip_rel_gap", 1e-4), ("time_limit", float(seconds)), ("mip_max_nodes", NODES)):
        _check(highs.setOptionValue(name, value))
    _check(highs.passModel(_model(linear)))
    _check(highs.run())
    status = _STATUS.get(highs.getModelStatus())
    if status is None:
        words = highs.modelStatusToString(highs.getModelStatus())
        raise NoAnswer(
            f"the solver answered {words!r}, which is no answer; try again, or declare fewer tables",
            code="solver",
        )
    info = highs.getInfo()
    found = info.primal_solution_status == highspy.kSolutionStatusFeasible
    x = np.array(highs.getSolution().col_value) if found and status != "infeasible" else None
    return Answer(status, x, float(info.mip_gap) if linear.whole.any() and np.isfinite(info.mip_gap) else 0.0)


def silent_highs() -> _Highs:
    """A new solver on one thread that prints nothing.

    The wrapper `highspy.Highs` prints a banner on standard output when it is made, before any option can be
    set, and would break a JSON answer; the class below it does not.
    """
    highs = _Highs()
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        _check(highs.setOptionValue(name, value))
    return highs


def _check(status: highspy.HighsStatus) -> None:
    if status == highspy.HighsStatus.kError:
        raise NoAnswer(
            "the solver refused the program; no other model may run with another number of threads",
            code="solver",
        )


def _model(linear: Linear) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = (int(n) for n in linear.matrix.shape)
    model.col_cost_, model.col_lower_, model.col_upper_ = linear.cost, linear.lower, linear.upper
    model.row_lower_, model.row_upper_ = linear.row_lower, linear.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = linear.matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = linear.matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = linear.matrix.data.astype(np.float64)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(w)] for w in linear.whole]
    return model

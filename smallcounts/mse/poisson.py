"""Poisson regression of small tables with any design: existence first, then Newton's method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.optimize import linprog
from scipy.special import gammaln

Array = NDArray[np.float64]

_STEPS = 200
_HALVINGS = 40
_NEAR = 1e-12  # twice the log-likelihood still to be gained
_SMALL = 1e-7  # on the face or off it: the program's answers are 0 or 1


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """What a fit found. `coefficients` (p,), 0 for columns that the others already span; `covariance` (p, p),
    0 there; `means` (m,), 0 off the face; `kept` the rows on the face; `log_likelihood` over these, with
    -log y!; `free` the number of coefficients that could be found; `converged`.
    """

    coefficients: Array
    covariance: Array
    means: Array
    kept: NDArray[np.bool_]
    log_likelihood: float
    free: int
    converged: bool


def face(design: Array, counts: Array) -> NDArray[np.bool_]:
    """Which rows have a mean above 0 in the (extended) maximum: the facial set (fienberg-rinaldo-2012).

    design (m, p), counts (m,). A row is off the face when some direction z leaves every counted row as it is,
    raises no other, and lowers this one for ever. One linear program finds them all.
    """
    seen = counts > 0
    if seen.all():
        return seen
    empty = design[~seen]
    rows, columns = empty.shape
    cost = np.concatenate([np.zeros(columns), -np.ones(rows)])
    equal = np.hstack([design[seen], np.zeros((int(seen.sum()), rows))])
    found = linprog(
        cost,
        A_ub=np.hstack([empty, np.eye(rows)]),
        b_ub=np.zeros(rows),
        A_eq=equal,
        b_eq=np.zeros(len(equal)),
        bounds=[(None, None)] * columns + [(0, 1)] * rows,
        method="highs",
    )
    kept: NDArray[np.bool_] = seen.copy()
    if found.x is not None:
        kept[~seen] = found.x[columns:] < _SMALL
    return kept


def spans(design: Array, rows: Array) -> bool:
    """Whether each of the rows (p,) or (r, p) is a combination of the design's: their means can be told."""
    rank = np.linalg.matrix_rank(design)
    return bool(np.linalg.matrix_rank(np.vstack([design, rows])) == rank)


def vanishes(design: Array, counts: Array, row: Array) -> bool:
    """Whether the mean of a row that cannot be seen runs to 0 with those of the empty rows.

    For a row (p,) that the face does not span. True when every direction that leaves the counted rows as they
    are and raises no other does not raise this one either; False when one does: then its mean has no bound.
    """
    seen = counts > 0
    found = linprog(
        -row,
        A_ub=np.vstack([design[~seen], row[None, :]]),
        b_ub=np.append(np.zeros(int((~seen).sum())), 1.0),
        A_eq=design[seen],
        b_eq=np.zeros(int(seen.sum())),
        bounds=(None, None),
        method="highs",
    )
    return found.fun is not None and -float(found.fun) < _SMALL


def fit_poisson(
    design: Array,
    counts: Array,
    *,
    offset: Array | None = None,
    start: Array | None = None,
    kept: NDArray[np.bool_] | None = None,
) -> PoissonFit:
    """Maximise Σ(y·η − exp η − log y!), η = design·β + offset, over the rows on the face.

    design (m, p); counts (m,), at least 0, whole or not; offset (m,); start (p,); kept (m,) when the caller
    knows the face already. Newton's method with halved steps; columns the others span get 0. A fit that does
    not come to rest has `converged` False: never use its numbers.
    """
    on = face(design, counts) if kept is None else kept
    inner = design[on]
    columns = independent(inner)
    shift = np.zeros(int(on.sum())) if offset is None else offset[on]
    given = None if start is None else start[columns]
    beta, root, converged = _newton(inner[:, columns], counts[on], shift, given)
    coefficients, covariance = np.zeros(design.shape[1]), np.zeros((design.shape[1],) * 2)
    coefficients[columns] = beta
    covariance[np.ix_(columns, columns)] = cho_solve(root, np.eye(len(columns)))
    means = np.zeros(len(counts))
    eta = inner[:, columns] @ beta + shift
    means[on] = np.exp(eta)
    likelihood = float(counts[on] @ eta - means[on].sum() - gammaln(counts[on] + 1).sum())
    return PoissonFit(coefficients, covariance, means, on, likelihood, len(columns), converged)


def independent(design: Array) -> NDArray[np.intp]:
    """Places of a first set of columns that span the design, from the left."""
    rest = np.array(design, dtype=np.float64)
    scale = np.linalg.norm(rest, axis=0)
    kept: list[int] = []
    for column in range(rest.shape[1]):
        length = np.linalg.norm(rest[:, column])
        if length <= 1e-9 * max(1.0, float(scale[column])):
            continue
        kept.append(column)
        direction = rest[:, column] / length
        later = rest[:, column + 1 :]
        later -= np.outer(direction, direction @ later)
    return np.array(kept, dtype=np.intp)


def _newton(
    design: Array, counts: Array, shift: Array, start: Array | None
) -> tuple[Array, tuple[Any, bool], bool]:
    beta: Array = _begin(design, counts, shift) if start is None else start.copy()
    value = _value(design, counts, shift, beta)
    for _ in range(_STEPS):
        means = np.exp(design @ beta + shift)
        score = design.T @ (counts - means)
        root = _root(design.T @ (means[:, None] * design))
        step: Array = cho_solve(root, score)
        decrement = float(score @ step)
        if decrement <= _NEAR:
            return beta + step, root, True  # Newton's last step squares what is missing
        length = 1.0
        for _ in range(_HALVINGS):
            trial = beta + length * step
            new = _value(design, counts, shift, trial)
            if new >= value:
                break
            length /= 2
        else:
            return beta, root, decrement < 1e-8
        beta, value = trial, new
    return beta, root, False


def _begin(design: Array, counts: Array, shift: Array) -> Array:
    """Least squares on the log of counts half a person up: near enough for Newton's method."""
    weights = np.sqrt(counts + 0.5)
    answer = np.linalg.lstsq(design * weights[:, None], (np.log(counts + 0.5) - shift) * weights, rcond=None)
    begin: Array = np.asarray(answer[0], dtype=np.float64)
    return begin


def _value(design: Array, counts: Array, shift: Array, beta: Array) -> float:
    eta = design @ beta + shift
    if eta.max() > 600:
        return -np.inf
    return float(counts @ eta - np.exp(eta).sum())


def _root(information: Array) -> tuple[Any, bool]:
    """The Cholesky root, with a touch of ridge when rounding has spoilt it."""
    ridge, size = 0.0, float(np.trace(information)) / len(information)
    for _ in range(8):
        try:
            factor, lower = cho_factor(information + ridge * np.eye(len(information)))
        except LinAlgError:
            ridge = max(1e-14 * size, 100 * ridge)
        else:
            return factor, bool(lower)
    raise LinAlgError("the information matrix has no root")

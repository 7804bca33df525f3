"""One log-linear model on one table: whether it has a maximum, whether it bounds the unseen, and the fit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import gammaln, xlogy

from smallcounts.mse.facial import NONE_UNSEEN, UNBOUNDED, classify
from smallcounts.mse.lattice import (
    CONVERGED,
    Floats,
    Ints,
    information,
    newton,
    start_independent,
    sum_subsets,
    sum_supersets,
)
from smallcounts.mse.models import Model, main_effects, model_name, model_of, parse_model, terms_of
from smallcounts.mse.results import State
from smallcounts.mse.table import CaptureError, CaptureTable

MAX_FITTED = 12  # lists: 4,096 patterns, and as many parameters at most
INDEPENDENCE = "independence"


@dataclass(frozen=True, slots=True)
class Existence:
    """Whether a model has a maximum on a table.

    `state`: "interior" (an ordinary maximum), "boundary" (some parameters are infinite; the unseen are
    bounded) or "unbounded". `code`: the published code, 0 an extended maximum with identified parameters, 1
    no such maximum, 2 parameters not identified, 3 both; it rejects some models whose number is finite.
    `off_face`: seen-able patterns whose fitted value is 0; `rank`: parameters that the rest identify;
    `parameters`: how many the model has; `none_unseen`: the maximum is approached only as the unseen fall
    to 0, which is "boundary" too but no number to use.
    """

    model: str
    state: State
    code: int
    off_face: int
    rank: int
    parameters: int
    none_unseen: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """The (extended) maximum of a log-linear model.

    `unseen` n̂0, inf when unbounded; `log_likelihood` with -log n!, over the patterns kept; `parameters` |Γ|,
    those at -inf among them; `bic` = -2l + |Γ| log n, n persons; `error_log_unseen` the standard error of
    log n̂0; `coefficients` by mask (0 the constant), -inf where nobody is on all the lists of the mask;
    `means` (2^k,) by mask, 0 for the unseen. `state` "not_converged" when Newton's method stopped early.
    """

    model: Model
    state: State
    existence: Existence
    observed: int
    unseen: float
    log_likelihood: float
    deviance: float
    parameters: int
    residual_df: int
    error_log_unseen: float
    coefficients: Mapping[int, float]
    means: Floats

    @property
    def estimate(self) -> float:
        """Seen and unseen together."""
        return self.observed + self.unseen

    @property
    def aic(self) -> float:
        """-2l + 2|Γ|."""
        return 2 * self.parameters - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """-2l + |Γ| log n with n persons."""
        return self.parameters * math.log(self.observed) - 2 * self.log_likelihood


class Problem:
    """One table ready for the kernels: counts and margins by mask, and their scratch. Not for two threads."""

    __slots__ = ("alpha", "cells", "hess", "k", "keep", "kept", "margins", "scratch", "work")

    def __init__(self, table: CaptureTable) -> None:
        if table.k > MAX_FITTED:
            raise CaptureError(f"{table.k} lists are too many for a log-linear fit; at most {MAX_FITTED}")
        self.prepare(table.k, table.cells.astype(np.float64))

    def prepare(self, k: int, cells: Floats) -> None:
        """Counts (2^k,) by mask; nothing is checked."""
        self.k, self.cells, size = k, cells, 1 << k
        self.margins = self.cells.copy()
        sum_supersets(self.margins, self.k)
        self.alpha, self.keep = np.zeros(size), np.zeros(size)
        self.kept: Ints = np.zeros(size, dtype=np.int64)
        self.scratch = np.empty((3, size + 1, 2 * size + 2))
        self.work, self.hess = np.empty((4, 2 * size)), np.empty((size, size))

    def classify(self, terms: Ints) -> tuple[int, int, int, int]:
        """`facial.classify` on this table; `kept` and `keep` are filled."""
        return classify(
            terms, len(terms), self.k, self.cells, self.margins, self.kept, self.keep, self.scratch
        )

    def newton(self, rank: int) -> tuple[int, float]:
        """The fit of the terms and patterns that `classify` left, from independence; `alpha` is filled."""
        start_independent(self.k, self.margins[0], self.margins, self.alpha)
        return newton(self.kept, rank, self.k, self.margins, self.keep, self.alpha, self.work, self.hess)


def as_model(model: Model | str, k: int) -> Model:
    """The model of a name ("independence", "[12,3]") or of generator masks; CaptureError when it is none."""
    if isinstance(model, str):
        return main_effects(k) if model == INDEPENDENCE else parse_model(model, k)
    if any(not 0 < mask < 1 << k for mask in model):
        raise CaptureError(f"the model {model} names lists that are not there; they are bits 0 to {k - 1}")
    return model_of(model, k)


def existence(table: CaptureTable, model: Model | str = INDEPENDENCE) -> Existence:
    """Whether the model has a maximum on the table, and whether it bounds the unseen.

    The facial set holds the patterns that some table with the same margins fills; the extended maximum lives
    on it and always exists (fienberg-rinaldo-2012). n̂0 is finite and unique just when the row of the unseen
    pattern, (1, 0, …, 0), lies in the span of the rows on the face. `code` is the narrower published test
    (chan-2021). CaptureError for a model that is none.
    """
    wanted = as_model(model, table.k)
    return _existence(Problem(table), wanted, terms_of(wanted))


def _existence(problem: Problem, model: Model, terms: Ints) -> Existence:
    code, rank, off_face, bounded = problem.classify(terms)
    whole = off_face == 0 and rank == len(terms)
    state: State = "interior" if whole else "unbounded" if bounded == UNBOUNDED else "boundary"
    return Existence(model_name(model), state, code, off_face, rank, len(terms), bounded == NONE_UNSEEN)


def fit_model(table: CaptureTable, model: Model | str = INDEPENDENCE) -> Fit:
    """The maximum-likelihood fit of a hierarchical log-linear model, on the boundary too.

    log μ_s = sum of α_θ over θ within s; n̂0 = exp(α̂ of the empty set) (fienberg-1972). One Newton step needs
    no design matrix: the information is H[θ, φ] = sum of μ_s over s that hold θ and φ. CaptureError for a
    model that is none. See `Fit`.
    """
    wanted = as_model(model, table.k)
    terms, problem = terms_of(wanted), Problem(table)
    found = _existence(problem, wanted, terms)
    status, _ = problem.newton(found.rank)
    means, kept = problem.work[0, : 1 << table.k].copy(), problem.keep > 0
    counts, fitted = problem.cells[kept], means[kept]
    level = float((xlogy(counts, fitted) - fitted - gammaln(counts + 1)).sum())
    deviance = float(2 * (xlogy(counts, counts / fitted) - counts + fitted).sum())
    bounded = found.state != "unbounded"
    unseen = 0.0 if found.none_unseen else math.exp(problem.alpha[0]) if bounded else math.inf
    return Fit(
        model=wanted,
        state=found.state if status == CONVERGED or not bounded else "not_converged",
        existence=found,
        observed=table.n,
        unseen=unseen,
        log_likelihood=level,
        deviance=deviance,
        parameters=len(terms),
        residual_df=int(kept.sum()) - found.rank,
        error_log_unseen=_error(problem, found.rank, means) if unseen > 0 and bounded else math.inf,
        coefficients=_coefficients(problem, terms, found.rank),
        means=means,
    )


def _error(problem: Problem, rank: int, means: Floats) -> float:
    """√ of the constant's place in the inverse information."""
    upper = means.copy()
    sum_supersets(upper, problem.k)
    information(problem.kept, rank, upper, problem.hess)
    square = problem.hess[:rank, :rank]
    full = np.triu(square) + np.triu(square, 1).T
    first = np.zeros(rank)
    first[int(np.flatnonzero(problem.kept[:rank] == 0)[0])] = 1.0
    return math.sqrt(max(float(first @ np.linalg.solve(full, first)), 0.0))


def _coefficients(problem: Problem, terms: Ints, rank: int) -> Mapping[int, float]:
    """α by mask: -inf where nobody fulfils the term, nan where the data do not identify it."""
    kept = set(problem.kept[:rank].tolist())
    values = {}
    for term in terms.tolist():
        missing = -math.inf if problem.margins[term] == 0 else math.nan
        values[term] = float(problem.alpha[term]) if term in kept else missing
    return MappingProxyType(values)


def fitted_cells(k: int, coefficients: Mapping[int, float]) -> Floats:
    """The means (2^k,) of a model by mask, the unseen pattern among them, from its coefficients."""
    values = np.zeros(1 << k)
    for term, value in coefficients.items():
        values[term] = value
    finite = np.where(np.isfinite(values), values, np.where(np.isnan(values), 0.0, -1e6))
    sum_subsets(finite, k)
    means: Floats = np.exp(finite)
    return means

"""Years that lend each other strength: list sizes and dependence of lists drawn towards what years share."""

from __future__ import annotations

from itertools import combinations, pairwise, product
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular

from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.chao import SHARED
from smallcounts.mse.lognormal import LEVEL
from smallcounts.mse.overlap_warnings import overlap_warnings
from smallcounts.mse.poisson import Array
from smallcounts.mse.reading import CaptureError
from smallcounts.mse.results import MethodResult
from smallcounts.mse.strata import StrataTable
from smallcounts.rates.results import Step

METHOD: Final = "pooled years"
SOURCES: Final = ("silverman-2020", "gelman-2006", "tierney-kadane-1986")
PAIRS: Final = 1.0  # prior standard deviation of the dependence that years share, as in silverman-2020
LISTS_VARY: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)  # of a list's reach between years
PAIRS_VARY: Final = (0.05, 0.15, 0.3, 0.6, 1.2, 2.4)  # of the dependence of two lists
SCALES: Final = (1.0, 0.5)  # of the half-normal priors of the two
DRAWS: Final = 10_000
FREEDOM: Final = 25.0  # of the t distribution drawn from: its tails are longer than the posterior's
LEAST: Final = 0.05  # share of effective draws below which the answer is called approximate
_STEPS = 100


class Problem(NamedTuple):
    """design (rows, p) of years by patterns seen, counts (rows,), which prior each column has, and columns of
    the years' constants: the first `years` ones."""

    design: Array
    counts: Array
    kind: list[str]
    years: int


class Mode(NamedTuple):
    """The highest point at one pair of spreads, the Cholesky root of its curvature, and the log evidence."""

    spreads: tuple[float, float]
    beta: Array
    root: Array
    evidence: float


def pooled_years(
    table: StrataTable,
    year: str,
    *,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = 1,
    progress: Progress | None = None,
) -> MethodResult:
    """Totals by year when no year has overlaps enough of its own.

    log μ_ys = a_y + Σ_{j in s}(b_j + u_yj) + Σ_{ij in s}(c_ij + v_yij): a year has its own level; lists
    have a reach b_j that differs between years by u ~ N(0, τ²); pairs of lists depend on each other by
    c ~ N(0, 1), which differs by v ~ N(0, φ²). τ and φ have half-normal priors (scales 1 and 0.5;
    gelman-2006) and are integrated over a grid by Laplace's approximation (tierney-kadane-1986); draws from
    its Gaussians are weighted to the exact posterior. Other factors of the table are added up. Answers with
    the median total, limits by quantiles, `details["years"]` (each year with its limits), and
    `details["rises"]` (probability that a year is higher than the one before).

    The prior pulls lists towards independence and years towards each other: a real jump in how lists work
    together is partly smoothed away. Persons met in several years count in each. CaptureError for one year.
    """
    by_year = table.by(year)
    levels = table.factors[table.names.index(year)].levels
    if len(levels) < 2:
        raise CaptureError(f"{year!r} holds one year; several are needed to pool")
    problem = _problem(by_year, table.k)
    modes: list[Mode] = []
    grid = list(product(LISTS_VARY, PAIRS_VARY))
    for done, spreads in enumerate(grid, 1):
        modes.append(_mode(problem, spreads, modes[-1].beta if modes else None))
        if progress is not None:
            progress(done, len(grid))
    unseen, effective = _draws(problem, modes, draws, np.random.default_rng(seed))
    return _result(table, levels, by_year, modes, unseen, effective, level)


def _problem(by_year: np.ndarray, k: int) -> Problem:
    years, masks = len(by_year), np.arange(1, 1 << k)
    on = np.array([masks >> j & 1 for j in range(k)], dtype=np.float64)
    both = np.array([on[i] * on[j] for i, j in combinations(range(k), 2)])
    own = np.kron(np.eye(years), np.ones((len(masks), 1)))
    shared = np.tile(np.vstack([on, both]).T, (years, 1))
    lists = np.kron(np.eye(years), on.T)
    pairs = np.kron(np.eye(years), both.T)
    kind = ["free"] * (years + k) + ["pairs"] * len(both) + ["u"] * lists.shape[1] + ["v"] * pairs.shape[1]
    return Problem(
        np.hstack([own, shared, lists, pairs]), by_year[:, 1:].reshape(-1).astype(float), kind, years
    )


def _precision(problem: Problem, spreads: tuple[float, float]) -> Array:
    sizes = {"free": 0.0, "pairs": PAIRS**-2, "u": spreads[0] ** -2, "v": spreads[1] ** -2}
    return np.array([sizes[kind] for kind in problem.kind])


def _mode(problem: Problem, spreads: tuple[float, float], start: Array | None) -> Mode:
    """Newton's method with halved steps on the log posterior, and Laplace's evidence of the two spreads."""
    design, counts = problem.design, problem.counts
    precision = _precision(problem, spreads)
    beta = np.zeros(design.shape[1]) if start is None else start.copy()
    if start is None:
        beta[: problem.years] = np.log(counts.reshape(problem.years, -1).mean(axis=1) + 0.1)
    value = _height(problem, precision, beta)
    for _ in range(_STEPS):
        means = np.exp(design @ beta)
        score = design.T @ (counts - means) - precision * beta
        root = cho_factor(_curvature(design, means, precision), lower=True)
        step = cho_solve(root, score)
        length = 1.0
        while (new := _height(problem, precision, beta + length * step)) < value and length > 1e-9:
            length /= 2
        beta, value = beta + length * step, max(new, value)
        if float(score @ step) < 1e-12:
            break
    lower = np.tril(root[0])
    determined = float(np.log(precision[precision > 0]).sum()) / 2 - float(np.log(np.diag(lower)).sum())
    prior = sum(
        float(np.log(spread) - (spread / scale) ** 2 / 2)
        for spread, scale in zip(spreads, SCALES, strict=True)
    )
    return Mode(spreads, beta, lower, value + determined + prior)


def _curvature(design: Array, means: Array, precision: Array) -> Array:
    found: Array = design.T @ (means[:, None] * design) + np.diag(precision + 1e-10)
    return found


def _height(problem: Problem, precision: Array, beta: Array) -> float:
    eta = problem.design @ beta
    if eta.max() > 50:
        return -np.inf
    return float(problem.counts @ eta - np.exp(eta).sum() - (precision * beta**2).sum() / 2)


def _draws(
    problem: Problem, modes: list[Mode], draws: int, random: np.random.Generator
) -> tuple[Array, float]:
    """Persons unseen by year (draws, years) from the posterior, and the share of draws that count fully."""
    evidence = np.array([mode.evidence for mode in modes])
    weights = np.exp(evidence - evidence.max())
    times = random.multinomial(draws, weights / weights.sum())
    logs, levels = [], []
    for mode, count in zip(modes, times.tolist(), strict=True):
        if count:
            z = random.standard_normal((len(mode.beta), count)) * np.sqrt(
                FREEDOM / random.chisquare(FREEDOM, count)
            )
            betas = mode.beta[:, None] + solve_triangular(mode.root.T, z, lower=False)
            logs.append(_correction(problem, mode, betas, z))
            levels.append(betas[: problem.years].T)
    log = np.concatenate(logs)
    share = np.exp(log - log.max())
    share /= share.sum()
    effective = 1 / float((share**2).sum()) / draws
    kept = random.choice(draws, size=draws, p=share)
    means = np.exp(np.minimum(np.concatenate(levels)[kept], 40.0))
    return random.poisson(means).astype(np.float64), effective


def _correction(problem: Problem, mode: Mode, betas: Array, z: Array) -> Array:
    """Log of exact over drawn density for each column of `betas`, both as heights over their mode."""
    precision = _precision(problem, mode.spreads)
    eta = problem.design @ betas
    exact = problem.counts @ eta - np.exp(eta).sum(axis=0) - (precision[:, None] * betas**2).sum(axis=0) / 2
    size = len(mode.beta)
    drawn = (FREEDOM + size) / 2 * np.log1p((z**2).sum(axis=0) / FREEDOM)
    found: Array = exact - _height(problem, precision, mode.beta) + drawn
    return found


def _result(
    table: StrataTable,
    levels: tuple[str, ...],
    by_year: np.ndarray,
    modes: list[Mode],
    unseen: Array,
    effective: float,
    level: float,
) -> MethodResult:
    seen = by_year.sum(axis=1)
    totals = seen + unseen
    tails = [(1 - level) / 2, 0.5, (1 + level) / 2]
    low, mid, high = np.quantile(totals.sum(axis=1), tails).tolist()
    rows: list[dict[str, Any]] = []
    for at, name in enumerate(levels):
        year = np.quantile(totals[:, at], tails).tolist()
        limits = dict(zip(("lower", "estimate", "upper"), year, strict=True))
        rows.append({"year": name, "observed": int(seen[at]), **limits})
    spreads = _mean_spreads(modes)
    warnings = list(overlap_warnings(table.total()))
    if effective < LEAST:
        warnings.append("approximate_posterior")
    details = {
        "years": rows,
        "rises": _rises(levels, totals),
        "lists_vary": float(spreads[0]),
        "pairs_vary": float(spreads[1]),
        "effective_share": effective,
        "draws": len(unseen),
    }
    steps = (
        Step(f"median {row['year']}", f"n = {row['observed']}", f"{row['estimate']:.0f}") for row in rows
    )
    return MethodResult(
        METHOD, "", "interior", table.n, mid - table.n, mid, low, high, level,
        "posterior quantiles", tuple(warnings),
        (*SHARED, "poisson_cells", "pairs_only", "years_alike", "pairs_near_independence"), SOURCES,
        MappingProxyType(details), tuple(steps),
    )  # fmt: skip


def _rises(levels: tuple[str, ...], totals: Array) -> list[dict[str, Any]]:
    """How probable it is that each year is higher than the one before."""
    return [
        {"from": before, "to": after, "probability": float((totals[:, at + 1] > totals[:, at]).mean())}
        for at, (before, after) in enumerate(pairwise(levels))
    ]


def _mean_spreads(modes: list[Mode]) -> Array:
    """Posterior means of the two spreads."""
    evidence = np.array([mode.evidence for mode in modes])
    weights = np.exp(evidence - evidence.max())
    found: Array = weights @ np.array([mode.spreads for mode in modes]) / weights.sum()
    return found

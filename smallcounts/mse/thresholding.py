"""Bayesian thresholding: all pairs of lists are fitted, the clear ones kept, and the model fitted again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.fits import existence
from smallcounts.mse.importance import Weighted, importance_sample
from smallcounts.mse.models import Model, lists_of, main_effects, model_name, model_of, pairs, terms_of
from smallcounts.mse.overlap_warnings import overlap_warnings
from smallcounts.mse.results import MethodResult, State, Step
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.intervals import check_level
from smallcounts.rates.results import RateError

Array = NDArray[np.float64]
Prior = Literal["proper", "flat"]

METHOD: Final = "threshold"
SOURCES: Final = ("silverman-2020", "vehtari-2024", "zhang-stephens-2009")
ASSUMPTIONS: Final = (
    "closed_population",
    "perfect_matching",
    "one_definition",
    "everyone_reachable",
    "poisson_cells",
    "no_highest_interaction",
    "model_searched",
)
SHARES: Final = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
MOST_LISTS: Final = 10
NEAR: Final = 0.1  # a ratio so close to the threshold may fall on either side
WIDE: Final = 1e4  # prior variance of the constant and the lists: next to flat
CHUNK: Final = 1 << 20  # numbers held at once


@dataclass(frozen=True, slots=True, eq=False)
class LogPosterior:
    """The posterior of a log-linear model's parameters, those of `terms` in their order.

    l = a·(persons on all lists of each term) - sum over the patterns seen or not of exp(sum of a over the
    terms within it) - precision·a²/2; the pattern of no list and those `kept` leaves out are not summed.
    """

    design: Array
    totals: Array
    precision: Array

    def __call__(self, points: Array) -> Array:
        """Log densities (m,) at points (m, p)."""
        found = points @ self.totals - points**2 @ self.precision / 2
        step = max(1, CHUNK // len(self.design))
        for at in range(0, len(points), step):
            rates = np.minimum(points[at : at + step] @ self.design.T, 700.0)
            found[at : at + step] -= np.exp(rates).sum(axis=1)
        return np.asarray(found, dtype=np.float64)

    def peak(self) -> tuple[Array, Array]:
        """Where it is highest, by Newton's method with halved steps, and the inverse information there."""
        point = np.zeros(len(self.totals))
        point[0] = math.log(1 + self.totals[0] / len(self.design))
        level = self(point[None])[0]
        for _ in range(200):
            means = np.exp(np.minimum(self.design @ point, 700.0))
            slope = self.totals - self.design.T @ means - self.precision * point
            information = (self.design * means[:, None]).T @ self.design + np.diag(self.precision)
            step = np.linalg.solve(information, slope)
            gain, share = float(slope @ step), 1.0
            while share > 1e-10 and self((point + share * step)[None])[0] < level + 1e-4 * share * gain:
                share /= 2
            point = point + share * step
            level = self(point[None])[0]
            if gain < 1e-12:
                break
        return point, np.asarray(np.linalg.inv(information), dtype=np.float64)


def log_posterior(table: CaptureTable, terms: Sequence[int], prior: Prior) -> tuple[LogPosterior, list[int]]:
    """The posterior of these terms, and those of them that can be finite.

    prior "proper": N(0, 1) for each interaction, N(0, 10^4) for the constant and the lists. "flat": no prior
    on interactions; those nobody fulfils are -inf and fall, with the patterns that hold them.
    """
    patterns = np.arange(1, 1 << table.k)
    cells = table.cells[1:].astype(np.float64)
    kept = [term for term in terms if prior == "proper" or cells[patterns & term == term].sum() > 0]
    for term in set(terms) - set(kept):
        cells, patterns = cells[patterns & term != term], patterns[patterns & term != term]
    masks = np.array(kept)
    design = ((patterns[:, None] & masks) == masks).astype(np.float64)
    interaction = 1.0 if prior == "proper" else 0.0
    precision = np.where(np.bitwise_count(masks) > 1, interaction, 1 / WIDE)
    return LogPosterior(design, design.T @ cells, precision), kept


def sampled(
    table: CaptureTable, terms: Sequence[int], prior: Prior, draws: int, seed: int
) -> tuple[Weighted, list[int]]:
    """Weighted draws of the terms' parameters, and which terms they are; the constant is the first."""
    target, kept = log_posterior(table, terms, prior)
    peak, covariance = target.peak()
    rng = np.random.default_rng([seed, len(terms)])
    return importance_sample(target, peak, covariance, draws=draws, rng=rng), kept


def bayesian_threshold(
    table: CaptureTable,
    *,
    order: int = 2,
    threshold: float = 2.0,
    prior: Prior = "proper",
    level: float = 0.95,
    draws: int = 20_000,
    seed: int = 1,
) -> MethodResult:
    """N under the pairs of lists whose posterior mean is at least `threshold` posterior sd from 0.

    All pairs are fitted, the clear ones kept; with order 3 so are triples all of whose pairs were kept; the
    model is fitted again and N = n + exp(constant). prior "proper": interactions N(0, 1); "flat": none, and
    then the model of all pairs must have an ordinary maximum, else the answer is "refused". Draws come from
    a t distribution at the peak with importance weights; `details` say what they are worth (pareto_k,
    effective draws, acceptance) for every fit. When they are worth too little the state is "not_converged".
    The interval does not know that the pairs were chosen by the same data: it is too narrow. On sparse
    tables the prior moves the number about twofold. RateError for wrong options or more than ten lists.
    Source: silverman-2020.
    """
    check_level(level)
    _check(table, order, threshold, prior, draws)
    every = main_effects(table.k)
    if existence(table, every).state == "unbounded":
        return _without_number(table, "unbounded", model_name(every), level, "unbounded")
    full = model_of(pairs(table.k), table.k) if table.k > 2 else every
    if prior == "flat" and existence(table, full).code:
        return _without_number(table, "refused", model_name(full), level, "no_flat_posterior")
    found = _search(table, order, threshold, prior, draws, seed)
    return _result(table, found, level, threshold)


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """The model kept, mean/sd of each interaction tried by mask, and the fits, the model kept last."""

    model: Model
    ratios: dict[int, float]
    fits: tuple[Weighted, ...]


def _search(table: CaptureTable, order: int, threshold: float, prior: Prior, draws: int, seed: int) -> Search:
    base = [0, *main_effects(table.k)]
    kept: list[int] = []
    fits: list[Weighted] = []
    ratios: dict[int, float] = {}
    for size in range(2, min(order, table.k - 1) + 1):
        tried = _candidates(table.k, size, kept)
        if not tried:
            break
        found, terms = sampled(table, [*base, *kept, *tried], prior, draws, seed)
        sizes = found.mean() / np.sqrt(np.diag(found.covariance()))
        ratios |= {term: float(sizes[at]) for at, term in enumerate(terms) if term in tried}
        # under the flat prior an interaction of nobody stays in the model, at minus infinity
        kept += [term for term in tried if abs(ratios.get(term, 0.0)) >= threshold]
        base += [term for term in tried if term not in ratios]
        fits.append(found)
    found, _ = sampled(table, [*base, *kept], prior, draws, seed)
    return Search(model_of(base + kept, table.k), ratios, (*fits, found))


def _candidates(k: int, size: int, kept: Sequence[int]) -> list[int]:
    """Interactions of so many lists all of whose parts one list smaller were kept (pairs: all)."""
    masks = [sum(1 << j for j in chosen) for chosen in combinations(range(k), size)]
    if size == 2:
        return masks
    return [mask for mask in masks if all(mask & ~(1 << j) in kept for j in lists_of(mask))]


def _check(table: CaptureTable, order: int, threshold: float, prior: str, draws: int) -> None:
    if not 2 <= table.k <= MOST_LISTS:
        raise RateError(
            f"{table.k} lists are too many for thresholding; at most {MOST_LISTS}: merge the smallest"
        )
    if order not in (2, 3):
        raise RateError(f"the order is 2 (pairs) or 3 (triples too), not {order!r}")
    if not 0 <= threshold < math.inf:
        raise RateError(f"the threshold is a number of standard deviations from 0, not {threshold!r}")
    if prior not in ("proper", "flat"):
        raise RateError(f"the prior is 'proper' or 'flat', not {prior!r}")
    if not 1000 <= draws <= 1_000_000:
        raise RateError(f"draws is a whole number from 1,000 to 1,000,000, not {draws!r}")


def _without_number(table: CaptureTable, state: State, model: str, level: float, code: str) -> MethodResult:
    number = math.inf if state == "unbounded" else None
    return MethodResult(
        method=METHOD,
        model=model,
        state=state,
        observed=table.n,
        unseen=number,
        estimate=number,
        lower=None,
        upper=None,
        level=level,
        interval_method="central posterior",
        warnings=(*dict.fromkeys([code, *overlap_warnings(table)]),),
        assumptions=ASSUMPTIONS,
        sources=SOURCES,
    )


def _result(table: CaptureTable, found: Search, level: float, threshold: float) -> MethodResult:
    last = found.fits[-1]
    holds = all(fit.holds for fit in found.fits)
    lower, median, upper = (
        math.exp(last.quantile(0, share)) for share in ((1 - level) / 2, 0.5, (1 + level) / 2)
    )
    return MethodResult(
        method=METHOD,
        model=model_name(found.model),
        state="interior" if holds else "not_converged",
        observed=table.n,
        unseen=median,
        estimate=table.n + median,
        lower=table.n + lower,
        upper=table.n + upper,
        level=level,
        interval_method="central posterior, model as given",
        warnings=(*_warnings(table, found, threshold, holds), *overlap_warnings(table)),
        assumptions=ASSUMPTIONS,
        sources=SOURCES,
        details=_details(table, found),
        steps=_steps(table, found, median),
    )


def _warnings(table: CaptureTable, found: Search, threshold: float, holds: bool) -> list[str]:
    codes = [] if holds else ["not_converged"]
    if any(abs(abs(ratio) - threshold) < NEAR for ratio in found.ratios.values()):
        codes.append("near_threshold")
    if existence(table, found.model).state == "unbounded":
        codes.append("bounded_by_prior")
    return codes


def _details(table: CaptureTable, found: Search) -> Mapping[str, Any]:
    kept = [term for term in terms_of(found.model).tolist() if term.bit_count() > 1]
    last = found.fits[-1]
    return MappingProxyType(
        {
            "ratios": {model_name((term,)): ratio for term, ratio in found.ratios.items()},
            "kept": tuple(model_name((term,)) for term in kept),
            "quantiles": {f"{p:g}": table.n + math.exp(last.quantile(0, p)) for p in SHARES},
            "fits": tuple(
                {"pareto_k": fit.pareto_k, "effective": fit.effective, "acceptance": fit.acceptance}
                for fit in found.fits
            ),
        }
    )


def _steps(table: CaptureTable, found: Search, median: float) -> tuple[Step, ...]:
    last, worst = found.fits[-1], max(fit.pareto_k for fit in found.fits)
    sizes = ", ".join(f"{model_name((term,))} {ratio:.2f}" for term, ratio in found.ratios.items())
    return (
        Step("mean / sd of each interaction, all pairs fitted", sizes, f"kept: {model_name(found.model)}"),
        Step(
            "weighted draws of the model", f"largest Pareto k {worst:.2f}", f"{last.effective:,.0f} effective"
        ),
        Step("n + exp(constant)", f"{table.n:,} + {median:,.0f}", f"{table.n + median:,.0f}"),
    )

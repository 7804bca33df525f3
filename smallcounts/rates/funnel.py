"""Funnel limits: what chance alone would do to areas of each size, with and without over-dispersion."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, pdtr, pdtrik

from smallcounts.rates.intervals import check_counts, check_positive
from smallcounts.rates.results import RateError, Step, TooFew, aligned, footnotes, show
from smallcounts.results import Cell

Array = NDArray[np.float64]
Overdispersion = Literal["multiplicative", "additive"]

LEVELS = (0.001, 0.025, 0.975, 0.999)
WINSORISED = 0.10
MIN_AREAS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """Areas against what chance would do. Made by `funnel`.

    `target`: events per unit of `expected`. `phi`: mean squared z after winsorising (1 = chance alone),
    None when no over-dispersion was asked for. `tau2`: added variance of square roots (additive only, else
    0). `z` (n,): distance from the target in standard errors, adjusted. `outside` (n,): how many limits are
    passed, minus below and plus above, 0 inside all.
    """

    counts: Array
    expected: Array
    target: float
    levels: tuple[float, ...]
    overdispersion: str | None
    phi: float | None
    tau2: float
    z: Array
    outside: NDArray[np.int64]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def limits(self, expected_grid: ArrayLike) -> Array:
        """The limits at each size, (number of levels, g), in the unit of `target`, never below 0."""
        sizes = check_positive(expected_grid, "an expected count")
        return _limits(sizes, self.target, self.levels, self.overdispersion, self.phi, self.tau2)

    def to_rows(self) -> list[dict[str, Cell]]:
        """A dict per area in the order given: count, expected, ratio, z, outside."""
        columns = (self.counts, self.expected, self.z, self.outside)
        return [
            {
                "count": int(y),
                "expected": float(e),
                "ratio": float(y / e),
                "z": float(z),
                "outside": int(out),
            }
            for y, e, z, out in zip(*columns, strict=True)
        ]

    def summary(self) -> str:
        """How many areas pass the limits, and what they rest on, as text."""
        spread = "" if self.phi is None else f", phi {show(self.phi)}, tau2 {show(self.tau2)}"
        passed = int((self.outside != 0).sum())
        head = f"target {show(self.target)}{spread}; {passed} of {len(self.counts)} areas outside a limit"
        return f"{head}\n{aligned(self.to_rows())}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps."""
        n = len(self.counts)
        steps = [Step("target = all counts / all expected, unless given", f"{n} areas", show(self.target))]
        if self.phi is not None:
            steps.append(
                Step(
                    f"z = 2(√y − √(E·target)), {WINSORISED:.0%} pulled in at each end; phi = mean of z²",
                    f"{n} areas",
                    f"phi = {show(self.phi)}",
                )
            )
        return (*steps, Step(_formula(self), f"p = {self.levels}", f"tau2 = {show(self.tau2)}"))


def _formula(result: Funnel) -> str:
    if _is_plain(result.overdispersion, result.phi, result.tau2):
        return "limit = (r − (F(r) − p)/(F(r) − F(r−1)))/E, F Poisson(E·target), r smallest with F(r) ≥ p"
    if result.overdispersion == "multiplicative":
        return "limit = (√target + z_p·√(phi/(4E)))²"
    return "limit = (√target + z_p·√(1/(4E) + tau2))², tau2 = (n·phi − (n − 1))/(Σw − Σw²/Σw), w = 4E"


def funnel(
    counts: ArrayLike,
    expected: ArrayLike,
    *,
    target: float | None = None,
    levels: tuple[float, ...] = LEVELS,
    overdispersion: Overdispersion | None = None,
) -> Funnel:
    """Funnel limits round a target, and where each area lies (Spiegelhalter 2005).

    counts (n,) whole numbers; expected (n,) above 0: expected counts (target 1 = as expected) or
    populations (target = events per person). target: the pooled ratio unless given. levels: rising shares.
    Plain limits are Poisson and interpolated. "multiplicative" widens them by √phi; "additive" adds a
    variance tau2 between areas, which widens the narrow end, the large areas, most: the usual choice when
    areas differ for reasons that are not of interest. phi at most 1 (tau2 0): plain limits, with a warning.
    Use it instead of a league table. A point outside is a question, not a verdict: with four limits and
    290 areas chance alone puts about 15 outside the inner pair. TooFew: over-dispersion needs 10 areas.
    """
    y, e = _checked(counts, expected, levels, overdispersion)
    goal = float(y.sum() / e.sum()) if target is None else float(check_positive(target, "a target"))
    if goal == 0:
        raise RateError("no event in any area: give a target to draw the funnel round")
    plain_z = 2 * (np.sqrt(y) - np.sqrt(e * goal))
    phi = None if overdispersion is None else _phi(plain_z)
    tau2 = _tau2(phi, e) if overdispersion == "additive" and phi is not None else 0.0
    z = _adjusted(plain_z, e, overdispersion, phi, tau2)
    limits = _limits(e, goal, levels, overdispersion, phi, tau2)
    outside = _outside(y / e, limits, levels)
    for array in (y, e, z, outside):
        array.flags.writeable = False
    return Funnel(
        y, e, goal, levels, overdispersion, phi, tau2, z, outside,
        ("poisson_counts", "expected_known", *(() if target is None else ("target_known",))),
        _warnings(target, overdispersion, phi, tau2),
        ("spiegelhalter-2005", *(("dersimonian-laird-1986",) if overdispersion == "additive" else ())),
    )  # fmt: skip


def _checked(
    counts: ArrayLike, expected: ArrayLike, levels: tuple[float, ...], kind: str | None
) -> tuple[Array, Array]:
    y, e = check_counts(counts), check_positive(expected, "an expected count")
    if y.ndim != 1 or y.shape != e.shape or not len(y):
        raise RateError(f"counts and expected are two lists of the same length, not {y.shape} and {e.shape}")
    if kind not in (None, "multiplicative", "additive"):
        raise RateError(f"overdispersion is 'multiplicative', 'additive' or None, not {kind!r}")
    if kind and len(y) < MIN_AREAS:
        raise TooFew(f"over-dispersion needs {MIN_AREAS} areas to learn from; here are {len(y)}")
    if list(levels) != sorted(set(levels)) or not levels or min(levels) <= 0 or max(levels) >= 1:
        raise RateError(f"the levels are rising shares between 0 and 1, not {levels}")
    return y, e


def _is_plain(kind: str | None, phi: float | None, tau2: float) -> bool:
    return phi is None or phi <= 1 or (kind == "additive" and tau2 == 0)


def _warnings(target: float | None, kind: str | None, phi: float | None, tau2: float) -> tuple[str, ...]:
    pooled = ("target_from_data",) if target is None else ()
    if kind is None:
        return pooled
    return (*pooled, "not_overdispersed" if _is_plain(kind, phi, tau2) else "overdispersed")


def _phi(z: Array) -> float:
    """Mean of z² after a tenth of the areas at each end is pulled in to the nearest that stays."""
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    return float(np.mean(np.clip(z, low, high) ** 2))


def _tau2(phi: float, e: Array) -> float:
    weight = 4 * e
    total = weight.sum()
    n = len(e)
    return max(0.0, float((n * phi - (n - 1)) / (total - (weight**2).sum() / total)))


def _adjusted(z: Array, e: Array, kind: str | None, phi: float | None, tau2: float) -> Array:
    if _is_plain(kind, phi, tau2) or phi is None:
        return z
    if kind == "multiplicative":
        return z / math.sqrt(phi)
    return z / np.sqrt(1 + 4 * e * tau2)


def _limits(
    e: Array, target: float, levels: tuple[float, ...], kind: str | None, phi: float | None, tau2: float
) -> Array:
    if _is_plain(kind, phi, tau2) or phi is None:
        return np.stack([_poisson_limit(e, target, p) for p in levels])
    variance = phi / (4 * e) if kind == "multiplicative" else 1 / (4 * e) + tau2
    roots = math.sqrt(target) + ndtri(np.array(levels))[:, None] * np.sqrt(variance)
    limits: Array = np.maximum(roots, 0.0) ** 2
    return limits


def _poisson_limit(e: Array, target: float, p: float) -> Array:
    """The Poisson quantile, interpolated between whole counts so that the funnel has no stairs.

    Where fewer than one event is expected the interpolation can end on the wrong side of the target; the
    target is then the limit.
    """
    mean = e * target
    r = np.ceil(pdtrik(p, mean))
    one_less = np.maximum(r - 1, 0)
    r = np.where(pdtr(one_less, mean) >= p, one_less, r)
    at = pdtr(r, mean)
    below = np.where(r > 0, pdtr(np.maximum(r - 1, 0), mean), 0.0)
    limit = np.maximum(r - (at - p) / (at - below), 0.0) / e
    beyond: Array = np.minimum(limit, target) if p < 0.5 else np.maximum(limit, target)
    return beyond


def _outside(ratio: Array, limits: Array, levels: tuple[float, ...]) -> NDArray[np.int64]:
    low = np.array(levels) < 0.5
    above = (ratio > limits[~low]).sum(axis=0)
    below = (ratio < limits[low]).sum(axis=0)
    counted: NDArray[np.int64] = (above - below).astype(np.int64)
    return counted

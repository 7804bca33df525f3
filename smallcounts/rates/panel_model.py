"""The panel's result: what each area's level and each year's change come to, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from smallcounts.rates.drawing import draw_component, shares_of_draws
from smallcounts.rates.laplace import curvature_root
from smallcounts.rates.panel_fit import PanelData, PanelGrid
from smallcounts.rates.posterior import Band, Diagnostics, Posterior, notes, one_thread
from smallcounts.rates.results import Step
from smallcounts.results import Cell

Array = NDArray[np.float64]
METHOD = "negative-binomial panel, nested Laplace"


@dataclass(frozen=True, slots=True, eq=False)
class PanelFit:
    """What draws need: the data on the model's scale, the grid, and how the years were modelled."""

    data: PanelData
    grid: PanelGrid
    years_as: str


@dataclass(frozen=True, slots=True, eq=False)
class PanelModel:
    """Levels of n areas over t periods, when counts scatter more than chance between years.

    `area_mean`, `lower`, `upper` (n,): an area's rate in the middle year divided by the pooled rate of the
    whole map (1 = as the whole). `year_effect` (t,): a year's rate divided by that of the (geometric)
    middle year. `cells` (n, t): the underlying rate per `per` people; not an interval for the next count.
    `size` k: variance of a count = mean + mean²/k.
    """

    areas: tuple[str, ...]
    periods: tuple[str, ...]
    counts: Array
    populations: Array
    per: float
    pooled_rate: float
    area_mean: Array
    lower: Array
    upper: Array
    year_effect: Band
    cells: Band
    level: float
    size: Posterior
    sd: Posterior
    year_sd: Posterior
    share_spatial: Posterior
    diagnostics: Diagnostics
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    seed: int
    fit: PanelFit

    def draws(self, k: int, seed: int | None = None) -> Array:
        """k joint draws (k, n) of the areas' relative rates, for ranks. Same k and seed, same draws."""
        rng = np.random.default_rng(self.seed if seed is None else seed)
        with one_thread():
            return np.asarray(np.exp(_draw(self.fit, k, rng)))

    def to_rows(self) -> list[dict[str, Cell]]:
        """One dict per area and period: area, period, count, population, rate, lower, upper (per `per`)."""
        return [
            {
                "area": area,
                "period": period,
                "count": None if np.isnan(self.counts[i, j]) else int(self.counts[i, j]),
                "population": float(self.populations[i, j]),
                "rate": float(self.cells.mean[i, j]),
                "lower": float(self.cells.lower[i, j]),
                "upper": float(self.cells.upper[i, j]),
            }
            for i, area in enumerate(self.areas)
            for j, period in enumerate(self.periods)
        ]

    def summary(self) -> str:
        """Aligned text: the model, its parameters, the years, and what to doubt."""
        told = self.diagnostics
        lines = [
            ("model", f"{METHOD}; years {self.fit.years_as}"),
            (
                "areas, periods",
                f"{len(self.areas)} x {len(self.periods)}, {int(np.nansum(self.counts))} events",
            ),
            ("size k", str(self.size)),
            ("sd of areas", str(self.sd)),
            ("sd of years", str(self.year_sd)),
            ("share spatial", str(self.share_spatial)),
            ("relative rates", f"{self.area_mean.min():.3f} to {self.area_mean.max():.3f}"),
            ("interval", f"{self.level:.0%}"),
            ("grid", f"{told.grid_points} of {told.evaluated} points, {told.edge_mass:.2%} at the edge"),
            *_years(self.periods, self.year_effect),
        ]
        table = "\n".join(f"{name:<15} {value}" for name, value in lines)
        return f"{table}\n{notes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The method in steps: formula, numbers put in, result."""
        told = self.diagnostics
        cells = f"{len(self.areas)} areas x {len(self.periods)} periods"
        pooled = f"{self.pooled_rate:.4g} per {self.per:.12g}"
        return (
            Step("E_ij = N_ij Σy/ΣN", f"{int(np.nansum(self.counts))} events", pooled),
            Step("y_ij ~ NegBin(E_ij exp(b0 + x_i + t_j), k)", cells, f"k = {self.size}"),
            Step("x_i = s(√(1-r) v_i + √(r/c) u_i)", f"s = {self.sd}", f"r = {self.share_spatial}"),
            Step("Σ_j t_j = 0", f"years {self.fit.years_as}", f"sd = {self.year_sd}"),
            Step(
                "θ_i = Σ_g w_g E[exp(b0 + x_i) | g]",
                f"{told.grid_points} settings of s, r, sd and k",
                f"{self.area_mean.min():.3f} to {self.area_mean.max():.3f}",
            ),
        )


def _years(periods: Sequence[str], years: Band) -> list[tuple[str, str]]:
    rows = zip(periods, years.mean, years.lower, years.upper, strict=True)
    return [(f"year {period}", f"{m:.3f} ({a:.3f} to {b:.3f})") for period, m, a, b in rows]


def _draw(fitted: PanelFit, k: int, rng: np.random.Generator) -> Array:
    data, parts = fitted.data, []
    numbers = shares_of_draws(fitted.grid.weights, k, rng)
    for point, number in zip(fitted.grid.points, numbers, strict=True):
        if not number:
            continue
        likelihood, years = data.likelihood(point.settings), point.year_mean
        root = curvature_root(data.prior(point.settings, point.angle), likelihood, point.latent)
        own = partial(likelihood.own, years=years)
        parts.append(draw_component(point.component, root, own, int(number), rng))
    return np.asarray(rng.permutation(np.concatenate(parts)))

"""The spatial model's result: relative rates with intervals, draws, and how they came about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smallcounts.rates.bym2 import Lattice, Poisson
from smallcounts.rates.drawing import draw_component, shares_of_draws
from smallcounts.rates.graph import Graph
from smallcounts.rates.laplace import bym2_prior, curvature_root
from smallcounts.rates.posterior import Diagnostics, Posterior, notes, one_thread
from smallcounts.rates.results import Step
from smallcounts.results import Cell

Array = NDArray[np.float64]
METHOD = "BYM2, nested Laplace"


@dataclass(frozen=True, slots=True, eq=False)
class SpatialFit:
    """What draws need: graph, likelihood, lattice, and the factor back to the expected counts as given."""

    graph: Graph
    likelihood: Poisson
    lattice: Lattice
    factor: float


@dataclass(frozen=True, slots=True, eq=False)
class SpatialModel:
    """Relative rates (n,) of n areas, each drawn towards its neighbours and the whole.

    `mean`, `lower`, `upper`: rate divided by the one that gave the expected counts (1 = as expected).
    `sd`: of the log relative rates; `share_spatial`: the part of their variance that follows the borders.
    An area in `unknown` had no count: its figure is made of its neighbours alone.
    """

    areas: tuple[str, ...]
    counts: Array
    expected: Array
    mean: Array
    lower: Array
    upper: Array
    level: float
    sd: Posterior
    share_spatial: Posterior
    diagnostics: Diagnostics
    unknown: tuple[str, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    seed: int
    fit: SpatialFit

    def draws(self, k: int, seed: int | None = None) -> Array:
        """k joint draws (k, n) of the relative rates: for ranks and for anything that compares areas.

        The same k and seed give the same draws. Cost: about 0.4 s for 4,000 draws of 290 areas.
        """
        rng = np.random.default_rng(self.seed if seed is None else seed)
        with one_thread():
            return np.asarray(np.exp(_draw(self.fit, k, rng)) * self.fit.factor)

    def to_rows(self) -> list[dict[str, Cell]]:
        """One dict per area: area, count (None when unknown), expected, mean, lower, upper."""
        columns = (self.areas, self.counts, self.expected, self.mean, self.lower, self.upper)
        return [
            {
                "area": area,
                "count": None if np.isnan(count) else int(count),
                "expected": float(expected),
                "mean": float(mean),
                "lower": float(lower),
                "upper": float(upper),
            }
            for area, count, expected, mean, lower, upper in zip(*columns, strict=True)
        ]

    def summary(self) -> str:
        """Aligned text: the model, its two parameters, the span of the rates, and what to doubt."""
        told = self.diagnostics
        lines = [
            ("model", METHOD),
            ("areas", f"{len(self.areas)}, {int(np.nansum(self.counts))} events"),
            ("sd of log rate", str(self.sd)),
            ("share spatial", str(self.share_spatial)),
            ("relative rates", f"{self.mean.min():.3f} to {self.mean.max():.3f}"),
            ("interval", f"{self.level:.0%}"),
            ("effective", f"{told.effective_parameters:.1f} of {len(self.areas)} levels"),
            ("grid", f"{told.grid_points} of {told.evaluated} points, {told.edge_mass:.2%} at the edge"),
        ]
        table = "\n".join(f"{name:<15} {value}" for name, value in lines)
        return f"{table}\n{notes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The method in steps: formula, numbers put in, result."""
        scales = ", ".join(f"{c:.4f}" for c in self.fit.graph.scales)
        total, told = int(np.nansum(self.counts)), self.diagnostics
        return (
            Step("y_i ~ Poisson(E_i θ_i)", f"{len(self.areas)} areas, {total} events", "θ_i = relative rate"),
            Step(
                "log θ_i = b0 + s(√(1-r) v_i + √(r/c) u_i)",
                f"c = {scales}",
                "u follows the borders, v does not",
            ),
            Step("P(s > 1) = 0.01", f"{told.evaluated} points searched", f"s = {self.sd}"),
            Step("r ~ Beta(1/2, 1/2)", f"{told.grid_points} points kept", f"r = {self.share_spatial}"),
            Step(
                "θ_i = Σ_g w_g E[exp(η_i) | g], mean corrected",
                f"{told.effective_points:.1f} effective points",
                f"{self.mean.min():.3f} to {self.mean.max():.3f}",
            ),
        )


def _draw(fitted: SpatialFit, k: int, rng: np.random.Generator) -> Array:
    likelihood, parts = fitted.likelihood, []
    numbers = shares_of_draws(fitted.lattice.weights, k, rng)
    for point, number in zip(fitted.lattice.points, numbers, strict=True):
        if number:
            prior = bym2_prior(fitted.graph, point.sd, point.share)
            root = curvature_root(prior, likelihood, point.latent)
            parts.append(draw_component(point.component, root, likelihood.own, int(number), rng))
    # Shuffled, so that a slice of the draws is a sample too.
    return np.asarray(rng.permutation(np.concatenate(parts)))

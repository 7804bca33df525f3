"""The hidden number averaged over every decomposable graph of up to seven lists."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np

from smallcounts.mse.graph_scores import (
    NEGLIGIBLE,
    Array,
    absent_from,
    base_scores,
    clique_constants,
    clique_scores,
    tail_powers,
    weighed,
)
from smallcounts.mse.graphs import MOST_LISTS, NUMBERS, Graphs, decomposable_graphs
from smallcounts.mse.node_rule import NEAR, Block, blocks, halves, place_in
from smallcounts.mse.overlap_warnings import overlap_warnings
from smallcounts.mse.results import MethodResult, Step
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.intervals import check_level
from smallcounts.rates.results import RateError

METHOD: Final = "decomposable"
SOURCES: Final = ("madigan-york-1997", "lauritzen-1996", "golub-welsch-1969")
ASSUMPTIONS: Final = (
    "closed_population",
    "perfect_matching",
    "one_definition",
    "everyone_reachable",
    "decomposable_only",
    "hyper_dirichlet",
    "prior_one_over_n",
)
SHARES: Final = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
TOP: Final = 10
WIDEST: Final = 8.0  # of a block in log n0, in units of 1/sqrt(overlaps), the narrowest bump: ten digits
BEYOND: Final = 10**6  # times the last bump: from there on the tail follows its power to six digits
MOST_OVERLAPS: Final = 2_000_000  # nodes grow as the square root of the overlaps: a second or so
MOST_WORK: Final = 1.2e8  # graphs times that square root: half a minute
Kept = tuple[Block, ...]
PEAK, VALLEY = 0.05, 0.8  # a peak counts from 5 % of the posterior if the valley is below 80 % of it


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """What is known of the number unseen: the graphs' shares, and the mass on nodes that stand for all n0.

    `shares` (graphs,) sum to 1. `blocks` cover the whole numbers that matter; `mass` (nodes,) one after the
    other, and `tail` the share beyond the last. `power`: p(n0) falls as n0^power.
    """

    observed: int
    graphs: Graphs
    shares: Array
    blocks: Kept
    mass: Array
    tail: float
    power: float

    def quantile(self, share: float) -> float:
        """The smallest N with at least this share of the posterior at or below it; exact up to the tail."""
        ends = np.cumsum([len(part.nodes) for part in self.blocks])
        below = np.cumsum(np.array([part.sum() for part in np.split(self.mass, ends[:-1])]))
        at = int(np.searchsorted(below, share))
        last = self.blocks[-1].last
        if at == len(below):
            return float(self.observed + last * ((1 - share) / self.tail) ** (1 / (1 + self.power)))
        part, end = self.blocks[at], int(ends[at])
        mass = self.mass[end - len(part.nodes) : end]
        logs = np.log(np.maximum(mass, 1e-300)) - np.log(part.weights)
        inside = (share - (below[at] - mass.sum())) / mass.sum()
        return float(self.observed + place_in(part, logs, inside))

    def peaks(self) -> tuple[tuple[float, float], ...]:
        """(N, share of the posterior around it) for each peak of the density of log N that counts, rising.

        N is the nearest node. A peak counts if a valley parts it from the next and 5 % lie around it.
        """
        nodes = self.observed + np.concatenate([part.nodes for part in self.blocks])
        height = self.mass / np.concatenate([part.weights for part in self.blocks]) * nodes
        found: list[int] = []
        for i in range(len(height)):
            around = height[max(i - 1, 0) : i + 2]
            if height[i] < around.max() or height[i] < PEAK * height.max():
                continue
            if found and height[found[-1] : i + 1].min() > VALLEY * min(height[found[-1]], height[i]):
                found[-1] = max(found[-1], i, key=lambda at: float(height[at]))
            else:
                found.append(i)
        valleys = [a + int(height[a:b].argmin()) for a, b in pairwise(found)]
        shares = [float(part.sum()) for part in np.split(self.mass, valleys)]
        return tuple((float(nodes[i]), p) for i, p in zip(found, shares, strict=True) if p >= PEAK)


def posterior(table: CaptureTable, *, delta: float, most_unseen: int | None = None) -> Posterior:
    """The posterior of n0 over all decomposable graphs, p(G, n0 | lists) ∝ p(lists | G, n0)/N.

    `delta`: prior persons in each cell. `most_unseen`: n0 stops there (as in dga's grid); None: never.
    """
    graphs, cells = decomposable_graphs(table.k), table.cells
    absent, constants = absent_from(cells), clique_constants(cells, delta)
    powers = tail_powers(absent, delta)
    bumps = max(30 * table.n, table.n**2)
    every = blocks(bumps, bumps * BEYOND if most_unseen is None else most_unseen)
    far = every[-1].last + 1.0 if most_unseen is None else 0.0

    def at(nodes: Array, weights: Array) -> tuple[Array, Array]:
        scores = clique_scores(absent, constants, delta, nodes)
        return weighed(graphs, scores, base_scores(table.n, nodes, weights), powers, far)

    kept = _kept(every, at, far, table.overlaps)
    nodes, weights = _joined(kept, far)
    shares, mass = at(nodes, weights)
    tail = float(mass[-1]) if far else 0.0
    power = _flattest(graphs, shares, powers)
    return Posterior(table.n, graphs, shares, kept, mass[: -1 if far else None], tail, power)


def _kept(every: Kept, at: Callable[[Array, Array], tuple[Array, Array]], far: float, overlaps: int) -> Kept:
    """The blocks with mass and their neighbours, by three nodes in each; halved till narrow enough."""
    kept, width = every, NEAR
    while True:
        nodes = np.array([(p.first, (p.first + p.last) // 2, p.last) for p in kept], dtype=np.float64).ravel()
        weights = np.repeat([p.last - p.first + 1.0 for p in kept], 3)
        if far:
            nodes, weights = np.append(nodes, far), np.append(weights, 1.0)
        mass = np.log(np.maximum(at(nodes, weights)[1], 1e-300))
        heights = mass[: 3 * len(kept)].reshape(-1, 3).max(axis=1)
        missed = width**2 * overlaps / 8  # a bump between the nodes may be so much higher than they
        full = heights > mass.max() - NEGLIGIBLE - missed
        full[:-1] |= full[1:].copy()
        full[1:] |= full[:-1].copy()
        kept = tuple(part for part, keep in zip(kept, full, strict=True) if keep)
        if width <= WIDEST / math.sqrt(1 + overlaps):
            return kept
        kept, width = tuple(half for part in kept for half in halves(part)), width / 2


def _joined(parts: Kept, far: float) -> tuple[Array, Array]:
    """Nodes and weights of the blocks in one, and the far end as the last node."""
    nodes = [part.nodes for part in parts] + ([np.array([far])] if far else [])
    weights = [part.weights for part in parts] + ([np.ones(1)] if far else [])
    return np.concatenate(nodes), np.concatenate(weights)


def _flattest(graphs: Graphs, shares: Array, powers: Array) -> float:
    """The slowest power of n0 by which the posterior of any graph that counts falls."""
    total = np.full(len(graphs), powers[0])
    for at, masks in enumerate(graphs.masks.T):  # column by column: seven lists have 617,675 rows
        part = powers[masks]
        part[masks == 0] = 0.0  # no such clique or separator
        total += np.where(at < graphs.cliques, part, -part)
    return float(total[shares > 0].max())


def decomposable_average(
    table: CaptureTable, *, delta: float | None = None, level: float = 0.95, most_unseen: int | None = None
) -> MethodResult:
    """N averaged over all decomposable graphs of two to seven lists: the median and a central interval.

    table: k lists. `delta`: prior persons per cell, by default 2^-k (one person in all); a larger one pulls
    all graphs to the full one and N to n. `most_unseen`: cut n0 there, as grids do; by default nothing is
    cut. Formula: p(G, n0 | lists) ∝ 1/N · N!/(n0! prod n_s!) · prod m_C(n0) / prod m_S(n0) over the cliques
    and separators of G, m the Dirichlet-multinomial mass of a marginal table. `details`: quantiles of N,
    the graphs with most weight, the peaks of the posterior, the power of its tail. There is no mean: with
    delta = 2^-k it is infinite. Not for lists that refer persons to each other in ways no graph shows, nor
    for more than seven lists. RateError on other k, delta or level.
    More than 2,000,000 persons on two lists (37,000 for seven lists) are refused.
    Sources: madigan-york-1997, lauritzen-1996.
    """
    check_level(level)
    if not 2 <= table.k <= MOST_LISTS:
        raise RateError(
            f"{table.k} lists are too many to average over; at most {MOST_LISTS}: merge the smallest"
        )
    most = min(MOST_OVERLAPS, int((MOST_WORK / NUMBERS[table.k]) ** 2))
    if table.overlaps > most:
        raise RateError(
            f"{table.overlaps:,} persons are on two lists or more; with {table.k} lists at most {most:,} "
            "are averaged over: so many need no averaging, use stepwise"
        )
    prior = 0.5**table.k if delta is None else float(delta)
    if not 0 < prior < math.inf:
        raise RateError(f"delta is a number of prior persons above 0, such as {0.5**table.k}, not {delta!r}")
    if most_unseen is not None and most_unseen < 0:
        raise RateError(f"most_unseen is a number of persons from 0, not {most_unseen!r}")
    return _result(table, posterior(table, delta=prior, most_unseen=most_unseen), prior, level)


def _result(table: CaptureTable, found: Posterior, delta: float, level: float) -> MethodResult:
    lower, median, upper = (found.quantile(p) for p in ((1 - level) / 2, 0.5, (1 + level) / 2))
    peaks = found.peaks()
    order = np.argsort(-found.shares, kind="stable")[:TOP]
    top = tuple((found.graphs.name(int(at)), float(found.shares[at])) for at in order)
    warnings = [*overlap_warnings(table), *(["several_peaks"] if len(peaks) > 1 else [])]
    warnings += ["heavy_prior"] if delta > 0.5**table.k else []
    best = f"{top[0][0]} with weight {top[0][1]:.3f}"
    return MethodResult(
        method=METHOD,
        model=top[0][0],
        state="interior",
        observed=table.n,
        unseen=median - table.n,
        estimate=median,
        lower=lower,
        upper=upper,
        level=level,
        interval_method="central posterior",
        warnings=tuple(warnings),
        assumptions=ASSUMPTIONS,
        sources=SOURCES,
        details=MappingProxyType(
            {
                "quantiles": {f"{p:g}": found.quantile(p) for p in SHARES},
                "graphs": top,
                "graphs_counted": len(found.graphs),
                "delta": delta,
                "peaks": peaks,
                "share_beyond_last_node": found.tail,
                "tail_power": found.power,
                "mean_is_finite": found.power < -2 or not found.tail,
            }
        ),
        steps=(
            Step("all decomposable graphs", f"{table.k} lists", f"{len(found.graphs):,} graphs"),
            Step("weight of each graph, n0 summed out", f"delta = {delta:g}", best),
            Step("median of N over graphs and n0", "smallest N with half the mass", f"{median:,.0f}"),
        ),
    )

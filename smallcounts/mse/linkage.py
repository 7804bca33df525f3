"""Links that were missed: what the total would be had persons counted twice been recognised."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.stepwise import estimator
from smallcounts.mse.table import CaptureTable
from smallcounts.results import Cell

SHARES = (0.0, 0.02, 0.05, 0.10)


def missed_links(
    table: CaptureTable,
    *,
    threshold: float,
    shares: tuple[float, ...] = SHARES,
    draws: int = 400,
    seed: int = 1,
) -> tuple[dict[str, Cell], ...]:
    """The stepwise total if a share of persons on several lists had one record not matched to the rest.

    Each person on two lists or more is taken to have lost one of them, at random, with that probability, and
    to have been counted twice. The tables that would have been seen with all links made are drawn (list sizes
    stay) and searched anew (ding-fienberg-1994 for two lists). One row a share: share, persons, estimate
    (median of the draws), lower and upper quartile. False links work the other way and are not shown.
    """
    random = np.random.default_rng(seed)
    wide = CaptureTable(table.lists, np.arange(1, 1 << table.k), table.cells[1:])
    totals = estimator(wide, threshold=threshold)
    rows: list[dict[str, Cell]] = []
    for share in shares:
        drawn = linked(table.cells, table.k, share, draws if share > 0 else 1, random)[:, 1:]
        found = totals(np.ascontiguousarray(drawn))
        found = np.where(np.isnan(found), np.inf, found)
        low, middle, high = np.quantile(found, [0.25, 0.5, 0.75], method="higher").tolist()
        rows.append(
            {
                "share": share,
                "persons": float(np.median(drawn.sum(axis=1))),
                "estimate": middle,
                "lower_quartile": low,
                "upper_quartile": high,
            }
        )
    return tuple(rows)


def linked(
    cells: NDArray[np.int64], k: int, share: float, draws: int, random: np.random.Generator
) -> NDArray[np.int64]:
    """Tables (draws, 2^k) as they would be with all links made, when `share` of the overlaps lost one record.

    E(seen s) = (1−r) t_s + r Σ_{j not in s} t_{s+j}/(|s|+1) for two lists or more, solved from the top down
    and rounded at random; who is on one list alone is what the size of the list leaves.
    """
    masks = np.arange(1 << k)
    size = np.bitwise_count(masks).astype(np.int64)
    true = np.zeros(1 << k)
    for mask in sorted((m for m in masks.tolist() if size[m] > 1), key=lambda m: -size[m]):
        gained = sum(true[mask | 1 << j] for j in range(k) if not mask >> j & 1) / (size[mask] + 1)
        true[mask] = max((cells[mask] - share * gained) / (1 - share), 0.0)
    found = np.floor(true + random.random((draws, 1 << k))).astype(np.int64)
    several = size > 1
    found[:, ~several] = 0
    for j in range(k):
        on = masks >> j & 1 == 1
        left = cells[on].sum() - found[:, on & several].sum(axis=1)
        found[:, 1 << j] = np.maximum(left, 0)
    return found

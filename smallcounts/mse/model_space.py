"""All hierarchical models of k lists laid out for the search by BIC, and every one fitted to a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import gammaln

from smallcounts.mse.bic_kernel import Codes, best_of_draws, fit_all
from smallcounts.mse.bootstrap import Estimator
from smallcounts.mse.facial import BOUNDED
from smallcounts.mse.lattice import Floats, Ints
from smallcounts.mse.models import all_models, coded_model, interactions, model_name
from smallcounts.mse.table import CaptureTable


@dataclass(frozen=True, slots=True, eq=False)
class ModelSpace:
    """Models with interactions of at most `max_order` lists, small ones first.

    `masks` (i,) the interactions, bit by bit of a code; `codes` (m,); `sizes` (m,) parameters |Γ|; `parents`
    (m,) the row of the model without its last interaction, -1 for the main effects; `closed` (i + 1,) the
    model of all interactions that do not hold interaction i, and last the one of all.
    """

    k: int
    max_order: int
    masks: Ints
    codes: Codes
    sizes: Ints
    parents: Ints
    closed: Codes

    def name(self, row: int) -> str:
        """The name of the model in a row."""
        return model_name(coded_model(int(self.codes[row]), self.masks.tolist(), self.k))


@cache
def model_space(k: int, max_order: int) -> ModelSpace:
    """The models of k lists up to an order; kept, since every table of k lists needs the same."""
    masks = interactions(k, max_order)
    codes = all_models(k, max_order)
    count = np.bitwise_count(codes).astype(np.int64)
    order = np.lexsort((codes, count))
    codes, count = codes[order], count[order]
    # the last interaction of a code is maximal in its model, since larger masks come later
    last = np.frexp(np.maximum(codes, 1).astype(np.float64))[1].astype(np.uint64) - np.uint64(1)
    inner = np.where(codes == 0, codes, codes ^ (np.uint64(1) << last))
    rank = np.argsort(codes)
    parents = rank[np.searchsorted(codes, inner, sorter=rank)]
    parents[codes == 0] = -1
    closed = [sum(1 << i for i, m in enumerate(masks) if m & out != out) for out in masks]
    return ModelSpace(
        k, max_order, np.array(masks, dtype=np.int64), codes, count + k + 1, parents.astype(np.int64),
        np.array([*closed, (1 << len(masks)) - 1], dtype=np.uint64),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class FittedModels:
    """Every model of a space on one table, in the order of the space.

    `unseen`, `log_likelihood`, `bic` (m,); `published_code` (m,); `is_bounded` (m,); `is_admitted` (m,) where
    the search may choose; `alphas` (m, 2^k) the parameters by mask.
    """

    space: ModelSpace
    unseen: Floats
    log_likelihood: Floats
    bic: Floats
    published_code: Ints
    is_bounded: np.ndarray[tuple[int], np.dtype[np.bool_]]
    is_admitted: np.ndarray[tuple[int], np.dtype[np.bool_]]
    alphas: Floats

    def ranked(self) -> Ints:
        """The rows of the admitted models, smallest BIC first."""
        rows = np.flatnonzero(self.is_admitted)
        ranked: Ints = rows[np.argsort(self.bic[rows], kind="stable")]
        return ranked


def fit_models(table: CaptureTable, space: ModelSpace, *, strict: bool = True) -> FittedModels:
    """Fits all models of the space: 6,893 of five lists in some hundredths of a second.

    BIC = -2l + |Γ| log n, n persons, |Γ| with the parameters at -inf (schwarz-1978). `strict` admits what the
    published code calls 0, else all that bound the unseen.
    """
    count, cells = len(space.codes), table.cells.astype(np.float64)
    alphas, levels = np.zeros((count, 1 << table.k)), np.empty(count)
    published, bounded = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    fit_all(space.codes, space.parents, space.masks, table.k, cells, alphas, levels, published, bounded)
    level = levels - float(gammaln(cells[1:] + 1).sum())
    bic = space.sizes * np.log(table.n) - 2 * level
    is_bounded = bounded == BOUNDED
    admitted = ((published == 0) if strict else is_bounded) & np.isfinite(bic)
    unseen = np.where(is_bounded, np.exp(np.minimum(alphas[:, 0], 700.0)), np.inf)
    return FittedModels(space, unseen, level, bic, published, is_bounded, admitted, alphas)


def search_estimator(
    table: CaptureTable, fitted: FittedModels, *, strict: bool = True, top: int | None = None
) -> Estimator:
    """The search as a function of counts (b, m) of the table's patterns, to totals (b,).

    Models are tried in their order on the data, so that the best so far is soon good and most are passed
    over by their bound. `top`: only so many of the data's best, as the published search does; without it
    `branch_estimator` does the same sooner.
    """
    space, rows = fitted.space, fitted.ranked()
    others = np.setdiff1d(np.arange(len(space.codes)), rows)
    tried = np.concatenate([rows, others]) if top is None else rows[:top]
    codes, sizes = space.codes[tried].copy(), space.sizes[tried].copy()
    alphas, patterns = fitted.alphas[tried].copy(), table.patterns.copy()

    def totals(draws: Ints) -> Floats:
        unseen, chosen = np.empty(len(draws)), np.empty(len(draws), dtype=np.int64)
        given = np.ascontiguousarray(draws, dtype=np.int64)
        best_of_draws(
            codes, sizes, alphas, space.masks, space.closed, table.k, patterns, given, strict, unseen, chosen
        )
        found: Floats = given.sum(axis=1) + unseen
        return found

    return totals

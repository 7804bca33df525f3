"""Years pooled: a known truth is found, nothing depends on names or order, thin years are bounded."""

from itertools import combinations, product

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse.reading import CaptureError
from smallcounts.mse.strata import Factor, StrataTable
from smallcounts.mse.years import (
    LISTS_VARY,
    PAIRS_VARY,
    SCALES,
    _mode,
    _precision,
    _problem,
    pooled_years,
)


def invented(seed: int) -> tuple[np.ndarray, StrataTable]:
    """Five years of four lists that depend on each other, and how many there really were."""
    random, k, years = np.random.default_rng(seed), 4, 5
    masks = np.arange(1 << k)
    on = np.array([masks >> j & 1 for j in range(k)], dtype=float)
    both = np.array([on[i] * on[j] for i, j in combinations(range(k), 2)])
    reach, depend = random.normal(-2.2, 0.5, k), random.normal(0, 0.5, len(both))
    truth = random.poisson(600 * np.exp(0.1 * np.arange(years)))
    counts = np.zeros((years, 1 << k), dtype=np.int64)
    for y, size in enumerate(truth):
        eta = (reach + random.normal(0, 0.3, k)) @ on + (depend + random.normal(0, 0.2, len(both))) @ both
        counts[y] = random.multinomial(size, np.exp(eta) / np.exp(eta).sum())
    counts[:, 0] = 0
    return truth, StrataTable(tuple("abcd"), (Factor("year", tuple("12345")),), counts)


@pytest.mark.slow
def test_limits_hold_the_truth_nearly_as_often_as_they_say() -> None:
    """30 invented worlds of five years: 150 limits at 0.95, of which chance alone would miss 7 or 8."""
    held = []
    for seed in range(30):
        truth, table = invented(seed)
        rows = pooled_years(table, "year", draws=1000).details["years"]
        held += [row["lower"] <= size <= row["upper"] for row, size in zip(rows, truth, strict=True)]
    assert len(held) == 150 and 0.90 <= np.mean(held) <= 1


def test_one_invented_world() -> None:
    truth, table = invented(3)
    found = pooled_years(table, "year", draws=1000)
    assert found.lower < truth.sum() < found.upper
    assert found.details["effective_share"] > 0.1
    assert found.estimate == pytest.approx(found.observed + found.unseen)


def test_lists_may_change_places() -> None:
    table = lists.simulated_years().table.kept(["Y"])
    masks = np.arange(16)
    turned = sum((masks >> j & 1) << (3 - j) for j in range(4))
    other = StrataTable(table.lists[::-1], table.factors, table.counts[:, turned])
    here, there = (pooled_years(t, "Y", draws=4000) for t in (table, other))
    assert here.estimate == pytest.approx(there.estimate, rel=0.06)
    assert here.details["lists_vary"] == pytest.approx(there.details["lists_vary"], rel=1e-6)


def test_equal_years_are_told_apart_by_chance_only() -> None:
    cells = np.stack([lists.hepatitis_a().table.cells] * 3)
    found = pooled_years(StrataTable(("P", "Q", "E"), (Factor("year", ("1", "2", "3")),), cells), "year")
    assert all(abs(rise["probability"] - 0.5) < 0.05 for rise in found.details["rises"])
    assert found.details["lists_vary"] < 0.3


def test_a_year_without_any_overlap_borrows_from_the_others() -> None:
    cells = np.stack([lists.hepatitis_a().table.cells] * 3)
    cells[1, [3, 5, 6, 7]] = 0
    found = pooled_years(StrataTable(("P", "Q", "E"), (Factor("year", ("1", "2", "3")),), cells), "year")
    row = found.details["years"][1]
    assert row["observed"] == 187 and 187 < row["lower"] < row["upper"] < 1e5


def test_one_year_cannot_be_pooled() -> None:
    table = StrataTable(("P", "Q", "E"), (Factor("year", ("1",)),), lists.hepatitis_a().table.cells[None])
    with pytest.raises(CaptureError, match="holds one year"):
        pooled_years(table, "year")


def by_walking(cells: np.ndarray, chains: int, steps: int) -> np.ndarray:
    """Log levels of the years (draws, years) by random walks and Gibbs steps for the two spreads."""
    problem, grid = _problem(cells, 3), list(product(LISTS_VARY, PAIRS_VARY))
    mode, random = _mode(problem, (0.4, 0.3), None), np.random.default_rng(8)
    priors = np.array([_precision(problem, spreads) for spreads in grid])
    is_varying = priors.min(axis=0) < priors.max(axis=0)
    flat = np.log(priors[:, is_varying]).sum(axis=1) / 2
    flat += [sum(np.log(s) - (s / scale) ** 2 / 2 for s, scale in zip(g, SCALES, strict=True)) for g in grid]
    scale = 2.0 / np.sqrt(len(mode.beta)) * np.linalg.inv(mode.root).T

    def height(betas: np.ndarray, at: np.ndarray) -> np.ndarray:
        eta = betas @ problem.design.T
        return eta @ problem.counts - np.exp(eta).sum(axis=1) - (priors[at] * betas**2).sum(axis=1) / 2

    betas, at, kept = np.tile(mode.beta, (chains, 1)), np.zeros(chains, dtype=int), []
    for step in range(steps):
        logs = flat - (betas[:, None, :] ** 2 * priors).sum(axis=2) / 2
        at = (logs + random.gumbel(size=logs.shape)).argmax(axis=1)
        trial = betas + random.standard_normal(betas.shape) @ scale.T
        taken = np.log(random.random(chains)) < height(trial, at) - height(betas, at)
        betas = np.where(taken[:, None], trial, betas)
        if step >= steps // 3 and step % 10 == 0:
            kept.append(betas[:, :2].copy())
    return np.concatenate(kept)


@pytest.mark.slow
def test_the_weighted_draws_are_those_of_another_sampler() -> None:
    """Few overlaps, so that the Gaussians alone are wrong: their ends are off."""
    cells = np.array([[0, 30, 25, 3, 20, 2, 1, 0], [0, 22, 30, 1, 28, 0, 2, 1]])
    walked = np.quantile(np.exp(by_walking(cells, 200, 8000)), [0.025, 0.5, 0.975], axis=0)
    table = StrataTable(("P", "Q", "E"), (Factor("year", ("1", "2")),), cells)
    rows = pooled_years(table, "year", draws=40_000).details["years"]
    for at, row in enumerate(rows):
        ours = np.array([row["lower"], row["estimate"], row["upper"]]) - row["observed"]
        assert np.allclose(ours, walked[:, at], rtol=0.08), (ours, walked[:, at])


def test_progress_is_told() -> None:
    heard: list[tuple[int, int]] = []
    table = lists.simulated_years().table
    pooled_years(table, "Y", draws=10, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (len(heard), len(heard)) and heard[0][0] == 1

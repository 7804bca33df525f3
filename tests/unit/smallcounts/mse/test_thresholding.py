"""Bayesian thresholding never freezes silently, and says where only the prior speaks."""

import math
from itertools import pairwise

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse.models import pairs
from smallcounts.mse.table import CaptureTable
from smallcounts.mse.thresholding import bayesian_threshold, log_posterior
from smallcounts.rates.results import RateError

# Six lists and one person on each of three pairs: the maximum lies on the boundary, where random walks freeze
SPARSE = CaptureTable.from_masks(
    ["a", "b", "c", "d", "e", "f"], [1, 2, 4, 8, 16, 32, 3, 5, 48], [40, 35, 30, 25, 20, 15, 1, 1, 1]
)


def test_the_posterior_is_prior_times_poisson() -> None:
    table = lists.korea().table
    terms = [0, 1, 2, 4, *pairs(3)]
    target, kept = log_posterior(table, terms, "proper")
    points = np.random.default_rng(1).normal(0, 0.7, (5, 7))
    cells = table.cells
    for point, found in zip(points, target(points), strict=True):
        level = -(point[:4] ** 2).sum() / 2e4 - (point[4:] ** 2).sum() / 2
        for pattern in range(1, 8):
            log_rate = sum(a for a, term in zip(point, terms, strict=True) if pattern & term == term)
            level += cells[pattern] * log_rate - math.exp(log_rate)
        assert found == pytest.approx(level, rel=1e-12)
    assert kept == terms


def test_the_peak_is_where_no_step_leads_higher() -> None:
    for table in (lists.uk_2013().table, SPARSE):
        target, _ = log_posterior(table, [0, *(1 << j for j in range(6)), *pairs(6)], "proper")
        peak, covariance = target.peak()
        steps = 1e-4 * np.vstack([np.eye(22), -np.eye(22)])
        assert (target(peak + steps) <= target(peak[None])[0] + 1e-9).all()
        assert np.linalg.eigvalsh(covariance).min() > 0


def test_a_flat_prior_drops_what_nobody_fulfils() -> None:
    table = lists.uk_2013_five().table
    terms = [0, *(1 << j for j in range(5)), *pairs(5)]
    target, kept = log_posterior(table, terms, "flat")
    assert set(terms) - set(kept) == {0b10001}  # nobody is on both LA and GP
    assert target.design.shape == (31 - 8, 15)
    assert (target.precision[6:] == 0).all()


def test_two_lists_give_the_posterior_that_can_be_integrated() -> None:
    # a log-linear model without interaction, flat constants: N - n is n1·n2/m times a ratio of gamma variables
    table = CaptureTable.from_rows([(1, 0, 40), (0, 1, 30), (1, 1, 10)])
    found = bayesian_threshold(table, draws=40_000)
    grid = np.linspace(3, 7, 201)  # log n0
    # rates exp(a + b), exp(a + c), exp(a + b + c) with a = log n0; b and c are summed out on a grid
    x, y = np.meshgrid(*[np.linspace(-4, 3, 141)] * 2, indexing="ij")
    levels = [40 * (a + x) + 30 * (a + y) + 10 * (a + x + y) for a in grid]
    rates = [np.exp(a + x) + np.exp(a + y) + np.exp(a + x + y) for a in grid]
    mass = np.array([np.exp(level - rate - 190).sum() for level, rate in zip(levels, rates, strict=True)])
    below = np.cumsum(mass) / mass.sum()
    for share in (0.025, 0.5, 0.975):
        exact = 80 + math.exp(float(np.interp(share, below, grid + 0.01)))
        assert found.details["quantiles"][f"{share:g}"] == pytest.approx(exact, rel=0.02)


def test_a_table_that_freezes_a_random_walk_does_not_freeze_this_one() -> None:
    one, other = (bayesian_threshold(SPARSE, seed=seed) for seed in (1, 2))
    for found in (one, other):
        assert found.state == "interior"
        quantiles = list(found.details["quantiles"].values())
        assert all(b > 1.05 * a for a, b in pairwise(quantiles))
        assert all(fit["acceptance"] > 0.2 and fit["effective"] > 1000 for fit in found.details["fits"])
    assert one.estimate == pytest.approx(other.estimate, rel=0.03)
    assert "few_overlaps" in one.warnings


def test_draws_worth_too_little_make_the_answer_unusable() -> None:
    found = bayesian_threshold(SPARSE, draws=1000)
    assert found.state == "not_converged" and "not_converged" in found.warnings
    assert min(fit["effective"] for fit in found.details["fits"]) < 400


def test_the_same_seed_gives_the_same_answer_and_another_nearly() -> None:
    table = lists.uk_2013_five().table
    first, again, other = (bayesian_threshold(table, seed=seed) for seed in (1, 1, 2))
    assert first.details == again.details
    assert first.estimate != other.estimate and first.estimate == pytest.approx(other.estimate, rel=0.01)


def test_the_order_of_the_lists_matters_no_more_than_chance() -> None:
    table = lists.uk_2013_five().table
    here, there = bayesian_threshold(table), bayesian_threshold(table.permuted([4, 3, 2, 1, 0]))
    assert here.estimate == pytest.approx(there.estimate, rel=0.01)
    assert len(here.details["kept"]) == len(there.details["kept"])


def test_a_pair_next_to_the_threshold_is_named() -> None:
    table = lists.uk_2013_five().table
    assert "near_threshold" in bayesian_threshold(table, prior="flat").warnings
    assert "near_threshold" not in bayesian_threshold(table, threshold=2.75).warnings


def test_lists_without_overlap_have_no_number() -> None:
    apart = CaptureTable.from_rows([(1, 0, 0, 11), (0, 1, 0, 8), (0, 0, 1, 4)])
    found = bayesian_threshold(apart)
    assert found.state == "unbounded" and found.estimate == math.inf and found.lower is None
    assert found.warnings == ("unbounded", "no_overlap")


def test_a_number_that_only_the_prior_bounds_is_named() -> None:
    # only lists 1 and 2 overlap, and far more than by chance: with that pair kept nothing ties list 3
    tied = CaptureTable.from_rows([(1, 0, 0, 5), (0, 1, 0, 5), (1, 1, 0, 60), (0, 0, 1, 40), (1, 0, 1, 0)])
    assert "bounded_by_prior" in bayesian_threshold(tied).warnings


def test_without_a_prior_some_lists_are_refused() -> None:
    found = bayesian_threshold(lists.korea().table, prior="flat")
    assert (found.state, found.estimate, found.warnings[0]) == ("refused", None, "no_flat_posterior")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"order": 4}, "order"),
        ({"threshold": -1}, "threshold"),
        ({"prior": "wide"}, "prior"),
        ({"draws": 10}, "draws"),
        ({"level": 2}, "level"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], named: str) -> None:
    with pytest.raises(RateError, match=named):
        bayesian_threshold(SPARSE, **options)  # type: ignore[arg-type]


def test_more_than_ten_lists_are_refused() -> None:
    eleven = CaptureTable.from_masks([str(j) for j in range(11)], [1 << j for j in range(11)], [2] * 11)
    with pytest.raises(RateError, match="11 lists are too many"):
        bayesian_threshold(eleven)

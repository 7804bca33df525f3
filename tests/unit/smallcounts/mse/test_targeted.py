"""Targeted likelihood on two lists with traits, beside an oracle that knows everybody's chances."""

import numpy as np
import pytest

from smallcounts.mse.doubly_robust import doubly_robust
from smallcounts.mse.targeted import CLOSE, influence, move, targeted

TOWN = 4000


def town(seed: int, size: int = TOWN) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Captures and the one trait of the persons seen, and their true pattern shares given that they are seen."""
    random = np.random.default_rng(seed)
    x = random.uniform(-1.5, 1.5, size)
    chance = 1 / (1 + np.exp(-np.column_stack([0.8 * x - 0.5, 1.2 * x + 0.3])))
    captures = (random.random((size, 2)) < chance).astype(int)
    seen = captures.any(axis=1)
    p1, p2 = chance[seen].T
    cells = np.column_stack([p1 * p2, p1 * (1 - p2), (1 - p1) * p2, 0 * p1])
    return captures[seen], x[seen, None], cells / cells.sum(axis=1, keepdims=True)


def kinds_of(captures: np.ndarray) -> np.ndarray:
    a, b = captures.T
    return np.column_stack([a * b, a * (1 - b), (1 - a) * b, (1 - a) * (1 - b)])


def test_the_oracles_chances_give_the_chance_of_being_seen() -> None:
    _, x, shares = town(1)
    gamma, phi = influence(shares)
    p1, p2 = 1 / (1 + np.exp(0.5 - 0.8 * x[:, 0])), 1 / (1 + np.exp(-0.3 - 1.2 * x[:, 0]))
    assert gamma == pytest.approx(1 / (1 - (1 - p1) * (1 - p2)), rel=1e-12)
    assert (shares * phi).sum(axis=1) == pytest.approx(gamma, rel=1e-12)  # φ has mean Γ under the truth


def test_what_is_left_of_the_mean_is_nothing_and_the_oracle_is_met() -> None:
    captures, _, shares = town(2)
    _, phi = influence(shares)
    kinds = kinds_of(captures)
    found = move(shares, kinds)
    one_step = (phi * kinds).sum() / len(captures)
    assert abs(found.left) < CLOSE * found.inverse
    assert found.inverse == pytest.approx(one_step, rel=5e-3)
    assert len(captures) * found.inverse == pytest.approx(TOWN, rel=0.05)


def test_chances_that_are_somewhat_wrong_are_mended() -> None:
    captures, x, shares = town(3, 40_000)
    wrong = shares * np.exp(0.25 * np.sin(3 * x) * [1.0, -1.0, 0.5, 0.0] + [-0.2, 0.0, 0.0, 0.0])
    wrong /= wrong.sum(axis=1, keepdims=True)
    truth = influence(shares)[0].mean()
    plug, moved = influence(wrong)[0].mean(), move(wrong, kinds_of(captures)).inverse
    assert abs(plug / truth - 1) > 0.05 and abs(moved / truth - 1) < 0.02


def test_it_agrees_with_the_doubly_robust_estimate_to_first_order() -> None:
    captures, x, _ = town(4)
    ours, beside = targeted(captures, x, splits=1), doubly_robust(captures, x, splits=1)
    error = ours.details["standard_error"]
    assert ours.state == "interior" and error == pytest.approx(beside.details["standard_error"], rel=0.2)
    assert abs(ours.estimate - beside.estimate) < 0.2 * error
    assert ours.lower < TOWN < ours.upper and ours.lower < len(captures) + error * 30


def test_without_traits_it_is_petersens_estimate() -> None:
    captures, _, _ = town(5)
    first, second = captures.sum(axis=0)
    found = targeted(captures, np.zeros((len(captures), 1)), folds=1, splits=1)
    assert found.estimate == pytest.approx(first * second / captures.all(axis=1).sum(), rel=1e-5)


def test_lists_that_share_nobody_are_refused_and_a_learner_unknown_is_named() -> None:
    apart = np.array([[1, 0]] * 60 + [[0, 1]] * 60)
    found = targeted(apart, np.zeros((120, 1)))
    assert found.state == "refused" and found.estimate is None and found.warnings == ("no_overlap",)
    with pytest.raises(ValueError, match="'logit' or 'multinomial'"):
        targeted(apart, np.zeros((120, 1)), learner="ranger")


@pytest.mark.slow
def test_limits_hold_the_truth_as_often_as_they_say() -> None:
    held = 0
    for seed in range(200):
        captures, x, _ = town(1000 + seed, 800)
        found = targeted(captures, x, splits=1, seed=seed)
        held += found.lower <= 800 <= found.upper
    assert 180 <= held <= 198  # .95 of 200 within three standard deviations

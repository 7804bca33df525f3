"""Counts that scatter more than chance: do pooled and shrunken intervals hold a truth that is known?

The invented counts, and counts drawn anew round their true means with seeds of our own. Where few events are
expected no honest interval covers what it says and no more: the lower side cannot miss. So three things are
asked: that an interval is never short (not 1.5 points), that it is right to 1.5 points where both sides can
miss, and that the model is right to 1.5 points everywhere once the steps of whole numbers are split at random.
"""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from smallcounts.rates import pool, scatter, scattered_interval, shrink
from tests.unit.smallcounts import sweden

Array = NDArray[np.float64]
pytestmark = pytest.mark.slow
SIZE = 2.8


def means() -> Array:
    """The true means (290, 10) of the invented counts."""
    _, people, truth = sweden.cells()
    return np.asarray(truth * people)


def drawn(seed: int, size: float = SIZE) -> Array:
    rng = np.random.default_rng(seed)
    return np.asarray(rng.poisson(means() * rng.gamma(size, 1 / size, (290, 10))), float)


@cache
def learnt(seed: int | None) -> float:
    """The size that the counts themselves tell; None: the invented counts as shipped."""
    counts, people, _ = sweden.cells()
    return scatter(counts if seed is None else drawn(seed), people).size


def pooled(counts: Array, size: float, years: int, method: str) -> tuple[Array, Array, Array]:
    """Whether each area's interval holds (290,), the pooled sizes and the true means, over the last years."""
    people = sweden.cells()[1]
    held, sizes = [], []
    last = range(10 - years, 10)
    for i in range(len(counts)):
        found = pool(
            {j: int(counts[i, j]) for j in last}, {j: people[i, j] for j in last}, size=size, method=method
        ).periods[0]  # type: ignore[arg-type]
        rate = means()[i, -years:].sum() / people[i, -years:].sum() * 1e5
        held.append(found.rate.interval.lower <= rate <= found.rate.interval.upper)
        sizes.append(found.size)
    return np.array(held), np.array(sizes, float), means()[:, -years:].sum(axis=1)


def over_seeds(years: int, method: str, seeds: range) -> tuple[Array, Array, Array]:
    parts = [pooled(drawn(seed), learnt(seed), years, method) for seed in seeds]
    return np.mean([p[0] for p in parts], axis=0), parts[0][1], parts[0][2]


def test_ten_years_of_the_invented_counts_hold_what_they_say() -> None:
    """Ten pooled years: 95.2 % where the Poisson intervals of the same sums hold 87.6 %."""
    counts = sweden.cells()[0]
    assert abs(pooled(counts, learnt(None), 10, "mid-p")[0].mean() - 0.95) <= 0.015
    assert 0.86 < pooled(counts, np.inf, 10, "mid-p")[0].mean() < 0.89


def test_three_years_of_the_invented_counts_are_not_short() -> None:
    held, sizes, mean = pooled(sweden.cells()[0], learnt(None), 3, "mid-p")
    two_sided = mean >= [float(scattered_interval(0, k)[1]) for k in sizes]
    assert held.mean() >= 0.935
    assert abs(held[two_sided].mean() - 0.95) <= 0.015


@pytest.mark.parametrize(("years", "seeds"), [(10, range(1, 9)), (3, range(11, 19))])
def test_pooled_years_hold_what_they_say_on_our_own_seeds(years: int, seeds: range) -> None:
    held, sizes, mean = over_seeds(years, "mid-p", seeds)
    two_sided = mean >= [float(scattered_interval(0, k)[1]) for k in sizes]
    assert abs(held[two_sided].mean() - 0.95) <= 0.015
    assert 0.95 <= held[~two_sided].mean() < 0.985  # the safe side: tiny means
    order = np.argsort(mean)
    assert min(held[part].mean() for part in np.array_split(order, 5)) >= 0.935  # every fifth of the means


@pytest.mark.parametrize("years", [10, 3])
def test_exact_intervals_are_never_short(years: int) -> None:
    held, _, mean = over_seeds(years, "exact", range(21, 25))
    order = np.argsort(mean)
    assert held.mean() >= 0.95
    assert min(held[part].mean() for part in np.array_split(order, 5)) >= 0.935


def fuzzy(counts: Array, mean: Array, size: Array) -> float:
    """Coverage with the steps split: how much of (P(Y < y), P(Y ≤ y)) lies within (0.025, 0.975), on average."""
    chance = size / (size + mean)
    low, high = stats.nbinom.cdf(counts - 1, size, chance), stats.nbinom.cdf(counts, size, chance)
    inside = np.clip(np.minimum(high, 0.975) - np.maximum(low, 0.025), 0, None)
    return float((inside / (high - low)).mean())


@pytest.mark.parametrize("years", [1, 3, 10])
def test_the_pooled_size_is_right_once_the_steps_are_split(years: int) -> None:
    found = []
    for seed in range(1, 9):
        counts = drawn(seed)
        sizes, mean = pooled(counts, learnt(seed), years, "mid-p")[1:]
        found.append(fuzzy(counts[:, -years:].sum(axis=1), mean, sizes))
    assert abs(np.mean(found) - 0.95) <= 0.015


def shrunken(counts: Array, size: float | None) -> float:
    """The share of true rates inside the limits, each year shrunken alone."""
    _, people, _ = sweden.cells()
    held = []
    for j in range(10):
        expected = people[:, j] * counts[:, j].sum() / people[:, j].sum()
        found, truth = shrink(counts[:, j], expected, size=size), means()[:, j] / expected
        held.append(((found.lower <= truth) & (truth <= found.upper)).mean())
    return float(np.mean(held))


def test_shrunken_single_years_of_the_invented_counts_hold_what_they_say() -> None:
    assert abs(shrunken(sweden.cells()[0], learnt(None)) - 0.95) <= 0.015


def levels(kind: str, rng: np.random.Generator) -> Array:
    """True relative rates (290,), as uneven as the invented ones: half of it along the borders, or gamma."""
    if kind == "gamma":
        return np.asarray(rng.gamma(2.0, 0.5, 290))
    root = sweden.structured_root(290, sweden.borders())
    bound, free = root @ rng.standard_normal(290), rng.standard_normal(290)
    return np.asarray(np.exp(0.65 * np.sqrt(0.5) * (bound + free)))


@pytest.mark.parametrize(
    ("kind", "size", "first"), [("along borders", 2.8, 0), ("along borders", 1.0, 100), ("gamma", 2.8, 200)]
)
def test_shrunken_single_years_hold_truths_of_our_own(kind: str, size: float, first: int) -> None:
    """Each seed draws truth, ten years of counts, learns the size from them and shrinks one year."""
    people, held = sweden.cells()[1], []
    for seed in range(first, first + 40):
        rng = np.random.default_rng(seed)
        mean = 5.4e-5 * people * levels(kind, rng)[:, None] * rng.lognormal(0, 0.15, 10)
        counts = rng.poisson(mean * rng.gamma(size, 1 / size, mean.shape)).astype(float)
        j = seed % 10
        expected = people[:, j] * counts[:, j].sum() / people[:, j].sum()
        found, truth = (
            shrink(counts[:, j], expected, size=scatter(counts, people).size),
            mean[:, j] / expected,
        )
        held.append(((found.lower <= truth) & (truth <= found.upper)).mean())
    assert abs(np.mean(held) - 0.95) <= 0.015


@pytest.mark.parametrize(("size", "seeds"), [(2.8, range(4)), (1.0, range(10, 12)), (8.0, range(20, 22))])
def test_one_fixed_truth_is_held_as_well_as_one_truth_can_be(size: float, seeds: range) -> None:
    # 290 true rates that are never redrawn are a sample of 290: its own error is 1.3 points, whatever the seeds
    people = sweden.cells()[1]
    held = [shrunken(counts, scatter(counts, people).size) for counts in (drawn(s, size) for s in seeds)]
    assert abs(np.mean(held) - 0.95) <= 0.025

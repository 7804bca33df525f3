"""A few nodes sum whole numbers as if each had been added."""

import math
from itertools import pairwise

import numpy as np
import pytest

from smallcounts.mse.node_rule import block, blocks, halves, interpolated, place_in


@pytest.mark.parametrize(("first", "last"), [(0, 9), (16, 31), (32, 63), (1000, 1500), (10_000, 60_000)])
def test_powers_are_summed_exactly(first: int, last: int) -> None:
    part, numbers = block(first, last), np.arange(first, last + 1, dtype=np.float64)
    for power in (0, 1, 7, 31):
        exact = ((numbers / last) ** power).sum()
        assert (part.weights * (part.nodes / last) ** power).sum() == pytest.approx(exact, rel=1e-12)


def test_blocks_cover_every_number_once() -> None:
    found = blocks(10**6, 10**15)
    assert found[0].first == 0 and found[-1].last == 10**15
    assert all(a.last + 1 == b.first for a, b in pairwise(found))
    assert sum(len(part.nodes) for part in found) < 1000


def test_blocks_stop_where_told() -> None:
    for end in (0, 5, 16, 31, 32, 40, 100):
        assert sum(part.weights.sum() for part in blocks(10**9, end)) == pytest.approx(end + 1)


def test_a_bump_is_summed_to_ten_digits() -> None:
    numbers = np.arange(20_001, dtype=np.float64)
    exact = np.exp(-((np.log1p(numbers) - 8) ** 2) / (2 * 0.08**2)).sum()
    parts = blocks(10**9, 20_000)
    ours = sum((p.weights * np.exp(-((np.log1p(p.nodes) - 8) ** 2) / (2 * 0.08**2))).sum() for p in parts)
    assert ours == pytest.approx(exact, rel=1e-10)


def test_a_smooth_function_is_given_back_between_the_nodes() -> None:
    part = block(1000, 1600)
    numbers = np.arange(1000, 1601, dtype=np.float64)
    assert interpolated(part, np.log(part.nodes), numbers) == pytest.approx(np.log(numbers), abs=1e-12)
    small = block(3, 8)
    assert interpolated(small, small.nodes**2, small.nodes).tolist() == (small.nodes**2).tolist()


@pytest.mark.parametrize("last", [180, 5_000, 3_000_000])
def test_a_place_is_the_first_number_with_the_share_below(last: int) -> None:
    part = block(100, last)
    for share in (0.001, 0.3, 0.5, 0.999):
        # under equal masses and under masses that fall as 1/x²
        even = place_in(part, np.zeros(len(part.nodes)), share)
        assert even == 100 + math.ceil(share * (last - 99) - 1e-6) - 1
    numbers = np.arange(100, last + 1, dtype=np.float64)
    if last < 10**4:
        below = np.cumsum(numbers**-2.0)
        exact = 100 + int(np.searchsorted(below, 0.9 * below[-1]))
        assert abs(place_in(part, -2 * np.log(part.nodes), 0.9) - exact) <= (0 if last < 1000 else 40)


def test_halves_are_the_whole() -> None:
    whole = block(100, 1001)
    left, right = halves(whole)
    assert (left.first, left.last + 1, right.last) == (100, right.first, 1001)
    assert halves(block(3, 9)) == (block(3, 9),)

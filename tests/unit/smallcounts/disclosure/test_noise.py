"""Noise by maximum entropy: unbiased, bounded, nothing in the gap, and no other noise more random."""

import numpy as np
import pytest
from scipy.optimize import minimize

from smallcounts.disclosure.noise import KEYS, NoiseError, OnsTable, PTable, make_ptable, read_ons_table

CHOICES = [(3, 2.0, 1), (6, 3.0, 5), (5, 4.0, 5), (8, 9.0, 5), (12, 20.0, 10)]


@pytest.mark.parametrize(("reach", "variance", "least"), CHOICES)
def test_noise_has_mean_zero_the_variance_asked_for_and_no_result_in_the_gap(
    reach: int, variance: float, least: int
) -> None:
    table = make_ptable(reach=reach, variance=variance, least_shown=least)
    share, values = table.probabilities(), np.arange(-reach, reach + 1)
    assert np.abs(share @ values).max() < 1e-7 and share.min() >= 0
    assert share[-1] @ values**2 == pytest.approx(variance, abs=1e-6)
    for count, row in enumerate(share):
        results = count + values[row > 0]
        assert ((results == 0) | (results >= least)).all()
    assert share[0, reach] == 1


@pytest.mark.parametrize("count", [5, 6, 8, 20])
def test_no_other_noise_of_that_mean_and_variance_is_more_random(count: int) -> None:
    row = make_ptable(reach=5, variance=4.0, least_shown=5).probabilities()[min(count, 10)]
    values = np.arange(-5, 6)[row > 0]

    def disorder(p: np.ndarray) -> float:
        return float(np.sum(p * np.log(np.maximum(p, 1e-12))))

    rules = [
        {"type": "eq", "fun": lambda p, f=f, m=m: p @ f - m}
        for f, m in ((values**0, 1), (values, 0), (values**2, 4))
    ]
    start = np.full(len(values), 1 / len(values))
    best = minimize(
        disorder,
        start,
        bounds=[(0, 1)] * len(values),
        constraints=rules,
        method="SLSQP",
        options={"ftol": 1e-12},
    )
    assert best.success and disorder(row[row > 0]) == pytest.approx(best.fun, abs=1e-5)


def test_where_the_variance_cannot_be_had_the_nearest_is_taken() -> None:
    share, values = make_ptable(reach=5, variance=4.0, least_shown=5).probabilities(), np.arange(-5, 6)
    spread = share @ values**2
    assert spread[2] == pytest.approx(6 + 0.02 * 4, abs=1e-6)  # 2 becomes 0, 5, 6 or 7: from 6 to 10
    assert spread[5] == pytest.approx(4, abs=1e-6)


def test_keys_pick_the_noise_as_often_as_the_table_says() -> None:
    table = make_ptable(reach=5, variance=4.0, least_shown=5, zero_share=0.05)
    keys = np.random.default_rng(1).integers(0, KEYS, 40_000)
    for count in (0, 3, 5, 40):
        found = np.bincount(table.of(np.full(len(keys), count), keys) + 5, minlength=11) / len(keys)
        assert np.abs(found - table.probabilities()[min(count, 10)]).max() < 0.01
    assert table.of(np.array([7, 7]), np.array([0, 5 * KEYS])).tolist() == [-2, -2]
    assert table.of(np.array([7]), np.array([KEYS - 1])).tolist() == [5]


def test_an_empty_cell_stays_empty_unless_asked_for() -> None:
    keys = np.arange(0, KEYS, 2**20)
    assert (make_ptable(reach=5, variance=4.0).of(np.zeros(len(keys), dtype=np.int64), keys) == 0).all()
    shown = make_ptable(reach=5, variance=4.0, least_shown=5, zero_share=0.25)
    assert np.unique(shown.of(np.zeros(len(keys), dtype=np.int64), keys), return_counts=True)[1].tolist() == [
        3072,
        1024,
    ]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"reach": 3, "variance": 2.0, "least_shown": 5}, "count of 1 .* raise reach"),
        ({"reach": 4, "variance": 2.0, "least_shown": 5}, "count of 5 .* raise reach"),
        ({"reach": 4, "variance": 2.0, "least_shown": 5, "zero_share": 0.1}, "empty cell cannot show 5"),
        ({"reach": 0, "variance": 2.0}, "start at 1"),
        ({"reach": 4, "variance": 0.0}, "variance is above 0"),
    ],
)
def test_noise_that_cannot_be_is_refused(asked: dict[str, float], words: str) -> None:
    with pytest.raises(NoiseError, match=words):
        make_ptable(**asked)


def test_a_table_of_the_ons_is_read() -> None:
    table = read_ons_table(["pcv,ckey,pvalue", "1,0,-1", "1,255,4", "750,3,2"])
    assert isinstance(table, OnsTable) and table.noise.shape == (751, 256) and table.reach == 4
    assert table.of(np.array([1, 1, 750, 1000, 0]), np.array([256, 255, 3, 259, 0])).tolist() == [
        -1,
        4,
        2,
        2,
        0,
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["count,key,noise"], "line 1: the header"),
        (["pcv,ckey,pvalue", "1,0"], "line 2: '1,0' is not three whole numbers"),
        (["pcv,ckey,pvalue", "1,0,0", "751,0,0"], "line 3: counts go from 1 to 750"),
        (["pcv,ckey,pvalue", "2,0,-3"], "line 2: .* results from 0"),
        (["pcv,ckey,pvalue"], "empty"),
    ],
)
def test_a_broken_table_names_its_line(lines: list[str], words: str) -> None:
    with pytest.raises(NoiseError, match=words):
        read_ons_table(lines)


def test_a_table_says_how_far_it_goes() -> None:
    assert isinstance(made := make_ptable(reach=6, variance=5.0), PTable) and made.reach == 6

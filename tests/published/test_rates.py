"""Numbers that stand in print, or in the help pages of other programs, come out of our code."""

import numpy as np
import pytest

from smallcounts.datasets import scotland
from smallcounts.rates import poisson_interval, rate, rate_ratio, shrink, standardise

# Sveriges Radio's count of convicted 2019, population 31 December 2019 (Statistics Sweden).
JONKOPING, MALMO, GOTEBORG = (17, 141_081), (22, 344_166), (22, 579_281)


@pytest.mark.parametrize(
    ("place", "value", "exact", "mid_p"),
    [
        (JONKOPING, 12.05, (7.02, 19.29), (7.25, 18.90)),
        (MALMO, 6.39, (4.01, 9.68), (4.11, 9.52)),
        (GOTEBORG, 3.80, (2.38, 5.75), (2.44, 5.66)),
    ],
)
def test_the_three_cities_of_2019(
    place: tuple[int, int], value: float, exact: tuple[float, float], mid_p: tuple[float, float]
) -> None:
    found = rate(*place)
    assert round(found.value, 2) == value
    assert (round(found.interval.lower, 2), round(found.interval.upper, 2)) == exact
    between = rate(*place, method="mid-p").interval
    assert (round(between.lower, 2), round(between.upper, 2)) == mid_p


@pytest.mark.parametrize(
    ("other", "value", "limits", "p_value", "verdict"),
    [
        (GOTEBORG, 3.17, (1.66, 5.99), 0.001, "above"),
        (MALMO, 1.89, (0.99, 3.56), 0.055, "not_shown"),
    ],
)
def test_jonkoping_against_the_two_others(
    other: tuple[int, int], value: float, limits: tuple[float, float], p_value: float, verdict: str
) -> None:
    found = rate_ratio(*JONKOPING, *other)
    assert round(found.value, 2) == value
    assert (round(found.interval.lower, 2), round(found.interval.upper, 2)) == limits
    assert round(found.p_value, 3) == p_value
    assert found.verdict == verdict
    assert found.p_rule == "doubled mid-p, conditional binomial"


@pytest.mark.parametrize(
    ("place", "expected", "ratio", "limits"),
    [
        (JONKOPING, 4.1, 4.15, (2.42, 6.64)),
        (MALMO, 10.0, 2.20, (1.38, 3.33)),
        (GOTEBORG, 16.8, 1.31, (0.82, 1.98)),
    ],
)
def test_against_three_hundred_in_the_country(
    place: tuple[int, int], expected: float, ratio: float, limits: tuple[float, float]
) -> None:
    count, population = place
    found = standardise(count, population * 300 / 10_327_589)
    assert round(found.expected, 1) == expected
    assert round(found.value, 2) == ratio
    assert (round(found.interval.lower, 2), round(found.interval.upper, 2)) == limits


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(0, 0.0, 3.689), (1, 0.02532, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.39), (100, 81.36, 121.63)],
)
def test_the_classic_table_of_exact_poisson_limits(count: int, lower: float, upper: float) -> None:
    low, high = poisson_interval(count)
    assert float(low) == pytest.approx(lower, rel=5e-4)
    assert float(high) == pytest.approx(upper, rel=5e-4)


def test_help_page_of_poisson_test_in_r() -> None:
    # poisson.test(137, 24.19893) and poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))
    one = rate(137, 24.19893, per=1)
    assert (one.value, one.interval.lower, one.interval.upper) == pytest.approx(
        (5.661407, 4.753125, 6.692709)
    )
    two = rate_ratio(11, 800, 21, 3011, method="exact")
    limits = (two.interval.lower, two.interval.upper)
    assert two.value == pytest.approx(1.971488, rel=1e-6)
    assert limits == pytest.approx((0.8584264, 4.2772659), rel=1e-6)


def test_lip_cancer_in_scotland_by_clayton_and_kaldor() -> None:
    # their gamma model: shape 1.88, rate 1.32
    table = scotland()
    found = shrink(table.observed, table.expected)
    assert round(found.shape, 2) == 1.88
    assert round(1 / found.scale, 2) == 1.32


def test_the_borders_of_scotland_have_the_scale_that_stan_prints() -> None:
    # Stan's case study of the intrinsic model prints 0.4853175 for this graph: a wrong border would show.
    table = scotland()
    n = len(table.names)
    laplacian = np.zeros((n, n))
    for a, b in table.borders:
        laplacian[a, b] = laplacian[b, a] = -1
    laplacian -= np.diag(laplacian.sum(axis=1))
    variances = np.diag(np.linalg.pinv(laplacian))
    assert np.exp(np.log(variances).mean()) == pytest.approx(0.4853175, abs=1e-6)
    assert (len(table.borders), sum(table.observed)) == (132, 536)

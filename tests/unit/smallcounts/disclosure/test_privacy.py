"""The arithmetic of differential privacy at the size of a municipality."""

import math

import numpy as np
import pytest

from smallcounts.disclosure.errors import DisclosureError
from smallcounts.disclosure.privacy import epsilon_of, privacy_cost, rho_of

# standard deviation and mean absolute error, delta = 1e-5, as in docs/method/disclosure.md
TABLE = {
    (1, 6, 1): (12.0, 9.6), (1, 6, 5): (26.8, 21.4), (1, 56, 1): (36.7, 29.3),
    (2, 6, 1): (6.1, 4.9), (2, 6, 5): (13.7, 10.9), (2, 56, 1): (18.7, 14.9),
    (4, 6, 1): (3.2, 2.5), (4, 6, 5): (7.1, 5.7), (4, 56, 1): (9.7, 7.7),
    (10, 6, 1): (1.4, 1.1), (10, 6, 5): (3.1, 2.5), (10, 56, 1): (4.2, 3.4),
}  # fmt: skip


@pytest.mark.parametrize(("epsilon", "tables", "years"), TABLE)
def test_the_noise_of_the_table_is_found_again(epsilon: int, tables: int, years: int) -> None:
    cost = privacy_cost(tables=tables, epsilon=epsilon, years=years)
    assert (round(cost.sigma, 1), round(cost.mean_error, 1)) == TABLE[epsilon, tables, years]


@pytest.mark.parametrize("epsilon", [0.01, 1, 4, 30])
def test_rho_and_epsilon_are_each_others_inverse(epsilon: float) -> None:
    assert epsilon_of(rho_of(epsilon)) == pytest.approx(epsilon, rel=1e-12)


def test_the_budget_is_shared_by_tables_and_years() -> None:
    one, many = privacy_cost(tables=1, epsilon=2.0), privacy_cost(tables=6, epsilon=2.0, years=5)
    assert many.sigma == pytest.approx(one.sigma * math.sqrt(30))
    assert 30 / (2 * many.sigma**2) == pytest.approx(many.rho) == pytest.approx(one.rho)
    drawn = np.abs(np.random.default_rng(1).normal(0, many.sigma, 200_000)).mean()
    assert many.mean_error == pytest.approx(drawn, rel=0.01)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tables": 0, "epsilon": 1.0},
        {"tables": 1, "epsilon": 0.0},
        {"tables": 1, "epsilon": 1.0, "delta": 1.0},
        {"tables": 1, "epsilon": 1.0, "years": 0},
    ],
)
def test_what_is_no_promise_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(DisclosureError, match="start at 1"):
        privacy_cost(**wrong)

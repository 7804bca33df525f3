"""What differential privacy would cost: the noise that a promise needs, for so many tables and years."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smallcounts.disclosure.errors import DisclosureError

DELTA = 1e-5


@dataclass(frozen=True, slots=True)
class PrivacyCost:
    """Gaussian noise in every cell of `tables` tables in each of `years` years, under one promise.

    epsilon, delta: the promise. rho: the same as zero-concentrated privacy. sigma: standard deviation of the
    noise; mean_error: its mean absolute value; both in people.
    """

    tables: int
    years: int
    epsilon: float
    delta: float
    rho: float
    sigma: float
    mean_error: float


def privacy_cost(*, tables: int, epsilon: float, years: int = 1, delta: float = DELTA) -> PrivacyCost:
    """The noise that keeps (epsilon, delta)-differential privacy over all tables and years.

    A person is in one cell of each table, and may be there in every year, so that the budget is shared:
    rho = Σ 1/(2·sigma²) over tables and years; epsilon = rho + 2·√(rho·ln(1/delta)); mean error sigma·√(2/π).
    Use it to answer a board that asks for differential privacy; nothing in this package adds such noise.
    DisclosureError for numbers that are no promise. Source: bun-steinke-2016.
    """
    if tables < 1 or years < 1 or epsilon <= 0 or not 0 < delta < 1:
        raise DisclosureError("tables and years start at 1, epsilon is above 0, delta is between 0 and 1")
    rho = rho_of(epsilon, delta)
    sigma = math.sqrt(tables * years / (2 * rho))
    return PrivacyCost(tables, years, epsilon, delta, rho, sigma, sigma * math.sqrt(2 / math.pi))


def rho_of(epsilon: float, delta: float = DELTA) -> float:
    """The rho of a promise: (√(ln(1/delta) + epsilon) - √ln(1/delta))²."""
    doubt = math.log(1 / delta)
    return (epsilon / (math.sqrt(doubt + epsilon) + math.sqrt(doubt))) ** 2


def epsilon_of(rho: float, delta: float = DELTA) -> float:
    """The epsilon that rho-zCDP keeps with this delta: rho + 2·√(rho·ln(1/delta))."""
    return rho + 2 * math.sqrt(rho * math.log(1 / delta))

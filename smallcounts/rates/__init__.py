"""Rates for small counts: intervals, comparisons, shrinkage, funnels, space and time, ranks."""

from smallcounts.rates.compare import RateRatio, rate_ratio
from smallcounts.rates.intervals import poisson_interval, rate, rates
from smallcounts.rates.results import Rate, RateError, RateRow, RateTable, Step, TooFew

__all__ = [
    "Rate",
    "RateError",
    "RateRatio",
    "RateRow",
    "RateTable",
    "Step",
    "TooFew",
    "poisson_interval",
    "rate",
    "rate_ratio",
    "rates",
]

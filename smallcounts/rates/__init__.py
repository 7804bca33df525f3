"""Rates for small counts: intervals, comparisons, shrinkage, funnels, space and time, ranks."""

from smallcounts.rates.change import Change, change
from smallcounts.rates.compare import RateRatio, rate_ratio
from smallcounts.rates.funnel import Funnel, funnel
from smallcounts.rates.intervals import poisson_interval, rate, rates
from smallcounts.rates.pool import PooledPeriod, Pooling, pool
from smallcounts.rates.ranks import Ranks, ranks
from smallcounts.rates.results import LeftOut, Rate, RateError, RateRow, RateTable, Step, TooFew
from smallcounts.rates.shrink import Shrinkage, shrink
from smallcounts.rates.standardise import StandardisedRatio, expected_counts, standardise

__all__ = [
    "Change",
    "Funnel",
    "LeftOut",
    "PooledPeriod",
    "Pooling",
    "Ranks",
    "Rate",
    "RateError",
    "RateRatio",
    "RateRow",
    "RateTable",
    "Shrinkage",
    "StandardisedRatio",
    "Step",
    "TooFew",
    "change",
    "expected_counts",
    "funnel",
    "poisson_interval",
    "pool",
    "ranks",
    "rate",
    "rate_ratio",
    "rates",
    "shrink",
    "standardise",
]

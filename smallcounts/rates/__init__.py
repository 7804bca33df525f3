"""Rates for small counts: intervals, comparisons, shrinkage, funnels, space and time, ranks."""

from smallcounts.rates.change import Change, change
from smallcounts.rates.compare import RateRatio, rate_ratio
from smallcounts.rates.funnel import Funnel, funnel
from smallcounts.rates.graph import BorderError
from smallcounts.rates.intervals import poisson_interval, rate, rates
from smallcounts.rates.panel import panel
from smallcounts.rates.panel_model import PanelModel
from smallcounts.rates.pool import PooledPeriod, Pooling, pool
from smallcounts.rates.posterior import Band, Diagnostics, Posterior
from smallcounts.rates.ranks import Ranks, ranks
from smallcounts.rates.results import LeftOut, Rate, RateError, RateRow, RateTable, Step, TooFew
from smallcounts.rates.scan import Cluster, Scan, scan
from smallcounts.rates.scatter import Scatter, scatter, scattered_interval
from smallcounts.rates.shrink import Shrinkage, shrink
from smallcounts.rates.spatial import spatial
from smallcounts.rates.spatial_model import SpatialModel
from smallcounts.rates.standardise import StandardisedRatio, expected_counts, standardise

__all__ = [
    "Band",
    "BorderError",
    "Change",
    "Cluster",
    "Diagnostics",
    "Funnel",
    "LeftOut",
    "PanelModel",
    "PooledPeriod",
    "Pooling",
    "Posterior",
    "Ranks",
    "Rate",
    "RateError",
    "RateRatio",
    "RateRow",
    "RateTable",
    "Scan",
    "Scatter",
    "Shrinkage",
    "SpatialModel",
    "StandardisedRatio",
    "Step",
    "TooFew",
    "change",
    "expected_counts",
    "funnel",
    "panel",
    "poisson_interval",
    "pool",
    "ranks",
    "rate",
    "rate_ratio",
    "rates",
    "scan",
    "scatter",
    "scattered_interval",
    "shrink",
    "spatial",
    "standardise",
]

"""Change in pairs, from counts of before and after: mean, ranks, shares, and who left."""

from smallcounts.change.attrition import Attrition, StayedAgainstLeft, attrition
from smallcounts.change.mean import MeanChange, mean_change
from smallcounts.change.pairs import MINIMUM, Pairs, PairsError, TooFewPairs, pairs
from smallcounts.change.ranks import RankChange, rank_change
from smallcounts.change.rounded import carried
from smallcounts.change.shares import ShareChange, share_change, shares_of
from smallcounts.change.together import PairedChange, paired_change

__all__ = [
    "MINIMUM",
    "Attrition",
    "MeanChange",
    "PairedChange",
    "Pairs",
    "PairsError",
    "RankChange",
    "ShareChange",
    "StayedAgainstLeft",
    "TooFewPairs",
    "attrition",
    "carried",
    "mean_change",
    "paired_change",
    "pairs",
    "rank_change",
    "share_change",
    "shares_of",
]

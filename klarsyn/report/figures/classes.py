"""Class limits of a map: few, round, rising, none of them empty."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from klarsyn.report.figures.model import BadFigure
from klarsyn.report.figures.numbers import check


def rounded_quantiles(values: Sequence[float], classes: int = 5) -> tuple[float, ...]:
    """At most `classes - 1` cuts, rounded to the fewest digits that keep the classes about equally full.

    A value equal to a cut belongs to the class above it. Zeros are left out: they have their own mark.
    Fewer cuts come back when the values are few or alike; none when all are equal.
    """
    if not 2 <= classes <= 5:
        raise BadFigure("a map has two to five classes")
    ordered = sorted(check(v, "map value") for v in values if v != 0)
    if not ordered or ordered[0] == ordered[-1]:
        return ()
    classes = min(classes, len(set(ordered)))
    exact = [ordered[math.floor(len(ordered) * i / classes)] for i in range(1, classes)]
    for digits in (1, 2, 3, 4, 17):
        cuts = tuple(
            sorted({_round(c, digits) for c in exact if ordered[0] < _round(c, digits) <= ordered[-1]})
        )
        if len(cuts) == len(set(exact)) and _even(ordered, cuts):
            return cuts
    return cuts


def class_of(value: float, cuts: Sequence[float]) -> int:
    """The class of `value`, 0 to len(cuts)."""
    return bisect_right(cuts, value)


def _round(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")


def _even(ordered: Sequence[float], cuts: Sequence[float]) -> bool:
    """No class holds less than half or more than twice its share."""
    places = [0, *(bisect_left(ordered, c) for c in cuts), len(ordered)]
    share = len(ordered) / (len(cuts) + 1)
    return all(share / 2 <= b - a <= share * 2 for a, b in pairwise(places))

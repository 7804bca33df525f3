"""What rounded counts of paired changes can still carry: a direction that holds however the rounding fell."""

from __future__ import annotations

from typing import Literal

from smallcounts.change.pairs import MOST, PairsError
from smallcounts.change.shares import p_values
from smallcounts.rates.intervals import LEVEL, check_level

Limits = tuple[int, int]  # the lowest and the highest count that the published one may stand for
Carried = Literal["more_gained", "more_lost", "not_carried"]


def carried(gained: Limits, lost: Limits, *, level: float = LEVEL) -> Carried:
    """Whether McNemar's mid-p test says the same for every pair of counts inside the limits.

    A published count rounded to base b stands for any count less than b away, so a p-value or an effect from
    the printed numbers would be made up. The test's p-value falls as the larger count grows and rises with
    the smaller one: the pair of counts nearest to each other is the worst case, and when even that is below
    1 - level the direction holds. "not_carried" says that the table cannot tell, not that nothing changed.
    Only published limits go in: nothing comes out that a reader could not work out. Sources: `share_change`.
    """
    for low, high in (gained, lost):
        if not 0 <= low <= high <= MOST:
            raise PairsError(f"the limits are two whole numbers in order, not {low!r} and {high!r}")
    tail = 1 - check_level(level)
    if gained[0] > lost[1] and p_values(gained[0], lost[1])[0] < tail:
        return "more_gained"
    if lost[0] > gained[1] and p_values(gained[1], lost[0])[0] < tail:
        return "more_lost"
    return "not_carried"

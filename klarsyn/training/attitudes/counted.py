"""How the sum of attitudes moved in the surveys that closed in a year: counts, for the door to statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from django.conf import settings

from klarsyn.receptions.measures import Counted
from klarsyn.training.attitudes.tables import EVERYONE, INDEX
from klarsyn.training.models import AttitudeCount, AttitudeSurvey

MEASURE: Final = "attitude_change"
NEARER, SAME, FURTHER, PARTIAL, GONE = "nearer", "same", "further", "partial", "gone"
POINTS: Final[Mapping[str, str]] = {AttitudeSurvey.Stage.AFTER: "after", AttitudeSurvey.Stage.LATER: "month3"}
COUNTED: Final = Counted(
    "answers",
    {
        "point": dict.fromkeys(POINTS.values(), ""),
        "moved": dict.fromkeys((NEARER, SAME, FURTHER, PARTIAL, GONE), ""),
    },
)


def moved(year: int) -> Counter[tuple[str, str]]:
    """(time, how the sum moved) -> how many of those asked before, in the surveys closed in the year.

    Whoever skipped an attitude either time is "partial", whoever is in no pair "gone": both stay in the
    table, so that nobody takes a share of those who answered for one of all.
    Invented surveys and real ones apart.
    """
    closed = {"survey__closed_on__year": year, "survey__is_invented": settings.DEMO}
    found: Counter[tuple[str, str]] = Counter()
    rows = AttitudeCount.objects.filter(**closed, item__in=(INDEX, EVERYONE), before__isnull=False)
    for stage, item, before, after, number in rows.values_list("stage", "item", "before", "after", "number"):
        point = POINTS[stage]
        if item == EVERYONE:
            found[point, GONE if after is None else PARTIAL] += number
        elif before is not None and after is not None:
            found[point, NEARER if after > before else FURTHER if after < before else SAME] += number
            found[point, PARTIAL] -= number  # whoever has a sum both times is not partial
    return +found

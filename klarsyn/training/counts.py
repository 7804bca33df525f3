"""The door to statistics: how many have taken a course, how answers moved after one; counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from django.conf import settings

from klarsyn.receptions.measures import Counted
from klarsyn.training.attitudes import counted as attitudes
from klarsyn.training.library import library
from klarsyn.training.models import Completion, Learner, Unit
from smallcounts.counts import Count, CountTable

TRAINED, EXPIRED, NOT_YET = "trained", "expired", "not_yet"
MEASURES: Final[Mapping[str, Counted]] = MappingProxyType(
    {
        "training_coverage": Counted(
            "persons",
            {
                "audience": dict(Unit.Kind.choices),
                "training": dict.fromkeys((TRAINED, EXPIRED, NOT_YET), ""),
            },
        ),
        attitudes.MEASURE: attitudes.COUNTED,
    }
)


def list_counts(*, measure: str, kind: str, host_code: str, years: tuple[int, ...]) -> CountTable:
    """Counts of one measure and its years, one row for each combination of bands.

    `kind` names the room ("training"), `host_code` the municipality: another than the site's has no rows.
    Of coverage: whoever works in a unit at the year's end as the units look now, by what the unit does and
    whether a course for its audience holds that day, held once, or neither. How many work there is what the
    head has stated; of a unit nobody has stated it for, only those we know of are counted. Somebody who took
    a course twice by a link, under two codes, stands in two.
    Of attitudes: those asked before in surveys closed in the year, by how the sum moved, with those who left
    (`attitudes.counted.moved`); each stands once for each later time, so these are comparisons, not people.
    Nothing here is public. An unknown measure raises KeyError.
    """
    unit, names = MEASURES[measure].unit, tuple(MEASURES[measure].bands)
    counts: list[Count] = []
    for year in sorted(years) if host_code == settings.MUNICIPALITY else ():
        of_year = attitudes.moved(year) if measure == attitudes.MEASURE else _coverage(date(year, 12, 31))
        for cell, number in sorted(of_year.items()):
            bands = tuple(sorted(zip(names, cell, strict=True)))
            source = (f"{kind}-{measure}",)
            if number:
                counts.append(Count(host_code, kind, str(year), number, sources=source, categories=bands))
    return CountTable(measure, unit, tuple(counts), is_invented=settings.DEMO)


def _coverage(day: date) -> Counter[tuple[str, str]]:
    """By what the unit does and how its people stand on the day."""
    summed: Counter[tuple[str, str]] = Counter()
    for unit in Unit.objects.exclude(ended_on__lte=day):
        until = _latest(unit, day)
        people = {pk for pk, user in _known(unit) if user is not None or pk in until}
        states = Counter(_state(until.get(pk), day) for pk in people)
        if any(until.values()):  # a unit where nobody had begun is not in that year's account
            states[NOT_YET] += max(0, (unit.size or 0) - len(people))
            for state, number in states.items():
                summed[unit.kind, state] += number
    return summed


def _known(unit: Unit) -> Iterator[tuple[int, int | None]]:
    yield from Learner.objects.filter(unit=unit).values_list("pk", "user")


def _latest(unit: Unit, day: date) -> dict[int, date]:
    """Until when each one's latest course for the unit's audience holds, of those done by the day."""
    courses = [key for key, course in library().items() if course.head.audience == unit.kind]
    done = Completion.objects.filter(learner__unit=unit, course__in=courses, done_on__lte=day)
    return dict(done.order_by("valid_until").values_list("learner", "valid_until"))


def _state(until: date | None, day: date) -> str:
    if until is None:
        return NOT_YET
    return TRAINED if until >= day else EXPIRED

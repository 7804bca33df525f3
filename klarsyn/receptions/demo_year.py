"""The demonstration's year at both receptions, drawn by a fixed seed: sealed, counted, marked as invented."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base import rows
from klarsyn.base.errors import Refused
from klarsyn.base.event_weeks import months_with_events
from klarsyn.base.vault import Key
from klarsyn.people.demo import DEMO_TEAMS, demo_keys
from klarsyn.people.models import User
from klarsyn.receptions.bands import KINDS, Age, Gender, Reach, What
from klarsyn.receptions.models import CountedYear, Reception, StatisticalRecord, Tally, TallyCell
from klarsyn.receptions.statistics import keys as pairs
from klarsyn.receptions.statistics.actions import count_year, row_id, sealed
from klarsyn.receptions.statistics.telling import PersonYear

YEAR: Final = 2024  # the last year of the invented example
FAIR_WEEK: Final = 0.4  # of the attempts of a month, in its one week with an event
Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Invented:
    """How an invented reception's year is drawn: how many people, and how often each band."""

    people: int
    gender: Weights
    age: Weights
    way_in: Weights
    support: Weights
    channel: Weights
    change: Weights
    a_month: Mapping[What, int]  # of each thing counted without names, about
    outreach: int  # attempts on one sheet of one month and place, about


_MIKA: Final = Invented(
    people=168,
    gender={"women": 70, "men": 14, "trans": 13, "unsaid": 3},
    age={"0-17": 9, "18-24": 34, "25-34": 31, "35+": 22, "unsaid": 4},
    way_in={"self": 34, "outreach": 22, "social": 18, "care": 11, "police": 9, "other": 6},
    support={
        "talk": 90,
        "practical": 48,
        "health": 40,
        "housing": 33,
        "economy": 25,
        "legal": 22,
        "relatives": 7,
    },
    channel={"phone": 60, "written": 55, "booked": 70, "drop_in": 35, "outside": 18},
    change={"better": 40, "same": 20, "worse": 8, "unanswered": 27, "not_asked": 5},
    a_month={What.VISIT: 6, What.CONTACT: 9, What.CONSULTATION: 5, What.SHIFT: 2, What.CARD: 6},
    outreach=16,
)
_KAST: Final = Invented(
    people=97,
    gender={"women": 7, "men": 86, "trans": 4, "unsaid": 3},
    age={"0-17": 0, "18-24": 18, "25-34": 34, "35+": 44, "unsaid": 4},
    way_in={"self": 55, "outreach": 3, "social": 8, "care": 11, "police": 19, "other": 4},
    support={
        "talk": 97,
        "practical": 9,
        "health": 22,
        "housing": 4,
        "economy": 8,
        "legal": 11,
        "relatives": 18,
    },
    channel={"phone": 75, "written": 45, "booked": 80, "drop_in": 5, "outside": 3},
    change={"better": 43, "same": 20, "worse": 5, "unanswered": 27, "not_asked": 5},
    a_month={What.CONTACT: 8, What.CONSULTATION: 4, What.CARD: 9},
    outreach=0,
)
INVENTED: Final = {"mika": _MIKA, "kast": _KAST}


@transaction.atomic
def ensure_demo_year() -> int:
    """The invented year of each invented reception that has counted none; how many. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Ett påhittat år finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    made = 0
    for one in DEMO_TEAMS:
        reception = Reception.objects.filter(kind=one.kind, is_invented=True).select_related("team").first()
        founder = User.objects.filter(username=one.founder, is_demo=True).first()
        if reception is None or founder is None or CountedYear.objects.filter(team=reception.team).exists():
            continue
        drawn = Random(f"{YEAR} {one.kind}")  # noqa: S311  invented, and the same each time
        _tell(reception, INVENTED[one.kind], drawn)
        keys = demo_keys(founder)
        count_year(team=reception.team, year=YEAR, by=founder, keys=keys, today=timezone.localdate())
        _tally(reception, INVENTED[one.kind], drawn)
        made += 1
    return made


def people(how: Invented, drawn: Random) -> list[PersonYear]:
    """The invented people's years, drawn one after another."""
    return [_person(how, drawn) for _n in range(how.people)]


def _person(how: Invented, drawn: Random) -> PersonYear:
    one = _one(drawn)
    is_old = drawn.random() < 0.4
    support = tuple(s for s, percent in how.support.items() if drawn.random() * 100 < percent)
    contacts = tuple(
        (c, drawn.randint(1, 9)) for c, percent in how.channel.items() if drawn.random() * 100 < percent
    )
    due = ("month3", "month12") if is_old else ("month3",) if drawn.random() < 0.7 else ()
    return PersonYear(
        standing="ongoing" if is_old else "new",
        gender=one(how.gender),
        age=one(how.age),
        residence=one({"home": 58, "county": 24, "elsewhere": 7, "unsaid": 11}),
        way_in=one(how.way_in),
        support=support,
        contacts=contacts,
        closing=one({"done": 9, "own_wish": 10, "referred": 8, "moved": 4, "lost": 11, "other": 3, "": 55}),
        change=tuple((point, one(how.change)) for point in due),
    )


def _one(drawn: Random) -> Callable[[Weights], str]:
    return lambda weights: drawn.choices(list(weights), list(weights.values()))[0]


def _tell(reception: Reception, how: Invented, drawn: Random) -> None:
    """As counsellors would have, one by one; the log tells of the counting alone."""
    with rows.of_teams([reception.team_id]):
        key = pairs.for_writing(reception.team, YEAR)
        made = []
        for told in people(how, drawn):
            row = StatisticalRecord(id=row_id(Key(secrets.token_bytes(32)), reception.team, YEAR), key=key)
            row.sealed = sealed(row, key, told)
            made.append(row)
        StatisticalRecord.objects.bulk_create(made)


def _tally(reception: Reception, how: Invented, drawn: Random) -> None:
    counted: list[tuple[What, str, int, bool | None, Sequence[TallyCell]]] = []
    busy = months_with_events((YEAR, month) for month in range(1, 13))
    fairs = Random(f"{YEAR} {reception.kind} fairs")  # noqa: S311  its own, so that nothing else is drawn anew
    for month in range(1, 13):
        for what, often in how.a_month.items():
            for kind in KINDS[what]:
                if number := drawn.randint(0, 2 * often):
                    counted.append((what, kind, month, None, [TallyCell(number=number)]))
        for place in KINDS[What.OUTREACH] if how.outreach else ():
            counted.append((What.OUTREACH, place, month, False, _sheet(how, drawn)))
            if (YEAR, month) in busy:
                counted.append((What.OUTREACH, place, month, True, _sheet(how, fairs, part=FAIR_WEEK)))
    today = timezone.localdate()
    common = {"reception": reception, "year": YEAR, "entered_on": today}
    made = [
        Tally(what=what, kind=kind, month=month, during_event=during, **common)
        for what, kind, month, during, _cells in counted
    ]
    Tally.objects.bulk_create(made)
    for tally, (*_what, cells) in zip(made, counted, strict=True):
        for cell in cells:
            cell.tally = tally
    TallyCell.objects.bulk_create([cell for *_what, cells in counted for cell in cells])


def _sheet(how: Invented, drawn: Random, part: float = 1.0) -> list[TallyCell]:
    one, cells, about = _one(drawn), dict[tuple[str, str], list[int]](), round(how.outreach * part)
    for _n in range(drawn.randint(about // 2, about * 3 // 2)):
        reached = drawn.random() < 0.55
        accepted = reached and drawn.random() < 0.45
        numbers = cells.setdefault((one(how.gender), one(how.age)), [0, 0, 0])
        for place, holds in enumerate((True, reached, accepted)):
            numbers[place] += holds
    return [
        TallyCell(gender=Gender(gender), age=Age(age), reach=reach, number=number)
        for (gender, age), numbers in sorted(cells.items())
        for reach, number in zip(Reach, numbers, strict=True)
        if number
    ]

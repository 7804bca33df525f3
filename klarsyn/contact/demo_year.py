"""The demonstration's year of times, call-backs and cards, drawn by a fixed seed: invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.contact.counting import one_more
from klarsyn.contact.models import BookingCount, CallCount, CardCount, ResidenceCount
from klarsyn.contact.models.booking import Channel, Ended
from klarsyn.contact.models.card import CardFate, Outcome, Partner
from klarsyn.people.models import Team
from klarsyn.receptions.demo_year import YEAR
from klarsyn.receptions.models import Reception

Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Invented:
    """How an invented reception's months are drawn: about so many of each thing, and how often each end."""

    booked: Weights  # by channel, a month
    ended: Weights
    calls: int
    outcome: Weights
    cards: Weights  # made, by partner
    used: Weights  # of a hundred cards, what they led to
    lives: Weights


_LIVES: Final = {"0680": 55, "0682": 14, "0685": 9, "elsewhere": 6, "refused": 12, "not_asked": 4}
INVENTED: Final = {
    "mika": Invented(
        booked={Channel.VISIT: 9, Channel.PHONE: 5},
        ended={Ended.MET: 66, Ended.NOT_MET: 14, Ended.CANCELLED: 13, Ended.WITHDRAWN: 4, Ended.UNKNOWN: 3},
        calls=4,
        outcome={Outcome.REACHED: 68, Outcome.NOT_REACHED: 20, Outcome.ASKED_NOT: 7, Outcome.NOT_CALLED: 5},
        cards={Partner.POLICE: 7, Partner.CARE: 6, Partner.OTHER: 3},
        used={CardFate.CALL: 16, CardFate.BOOKING: 9, CardFate.THREAD: 14},
        lives=_LIVES,
    ),
    "kast": Invented(
        booked={Channel.VISIT: 6, Channel.PHONE: 10},
        ended={Ended.MET: 71, Ended.NOT_MET: 12, Ended.CANCELLED: 11, Ended.WITHDRAWN: 3, Ended.UNKNOWN: 3},
        calls=7,
        outcome={Outcome.REACHED: 62, Outcome.NOT_REACHED: 24, Outcome.ASKED_NOT: 9, Outcome.NOT_CALLED: 5},
        cards={Partner.POLICE: 14, Partner.COURT: 5, Partner.CARE: 3, Partner.OTHER: 2},
        used={CardFate.CALL: 27, CardFate.BOOKING: 8, CardFate.THREAD: 6},
        lives=_LIVES,
    ),
}


@transaction.atomic
def ensure_demo_counts() -> int:
    """The invented months of each invented reception that has none of that year; how many. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Ett påhittat år finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    made = 0
    for reception in Reception.objects.filter(is_invented=True).select_related("team").order_by("kind"):
        if BookingCount.objects.filter(team=reception.team, month__year=YEAR).exists():
            continue
        drawn = Random(f"{YEAR} {reception.kind} times")  # noqa: S311  invented, and the same each time
        for month in range(1, 13):
            _month(reception.team, INVENTED[reception.kind], date(YEAR, month, 1), drawn)
        made += 1
    return made


def _month(team: Team, how: Invented, day: date, drawn: Random) -> None:
    for channel, about in how.booked.items():
        for _n in range(drawn.randint(about // 2, about * 3 // 2)):
            ended = _one(how.ended, drawn)
            one_more(BookingCount, team.pk, day, channel=channel, ended=ended)
            if ended == Ended.MET:
                one_more(ResidenceCount, team.pk, day, residence=_one(how.lives, drawn))
    for _n in range(drawn.randint(how.calls // 2, how.calls * 3 // 2)):
        one_more(CallCount, team.pk, day, outcome=_one(how.outcome, drawn))
    for partner, about in how.cards.items():
        if handed := drawn.randint(about // 2, about * 3 // 2):
            one_more(CardCount, team.pk, day, handed, partner=partner, fate=CardFate.MADE)
        for fate, percent in how.used.items():
            if led := sum(drawn.random() * 100 < percent for _n in range(handed)):
                one_more(CardCount, team.pk, day, led, partner=partner, fate=fate)


def _one(weights: Weights, drawn: Random) -> str:
    return drawn.choices(list(weights), list(weights.values()))[0]

"""Times, cards and calls that an address may point at, and the codes that open them."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from klarsyn.base import rows
from klarsyn.contact import access, direct
from klarsyn.contact.booking import queries
from klarsyn.contact.cards import actions
from klarsyn.contact.codes import Code
from klarsyn.contact.models import Booking, CallRequest, PublishedTimes, TakenQuarter
from klarsyn.contact.models.booking import BOTH, Kind
from klarsyn.contact.models.card import Partner
from klarsyn.contact.receivers import Receiver
from klarsyn.people.models import Team, TeamEpoch
from klarsyn.receptions.models import Reception
from tests.matrix.asked import GUIDE
from tests.matrix.cast import KAST, SOUTH, Cast
from tests.matrix.reported import REPORTED
from tests.matrix.surveyed import SURVEYED
from tests.matrix.taught import TAUGHT
from tests.matrix.watched import GONE, OF, Maker, Words

OF_LETTER = {"m": SOUTH, "k": KAST}
# The code of what an address was last made for: a form that is filled in rightly needs it.
CODES: dict[str, Code] = {}


def to_team(team: Team) -> Receiver:
    epoch = TeamEpoch.objects.get(team=team, state="active")
    return Receiver(team.pk, team.kind, epoch.epoch, bytes(epoch.public))


def booking(team: Team) -> UUID:
    """A time tomorrow, and its code in `CODES`."""
    made, day = access.prepare(), timezone.localdate() + timedelta(days=1)
    with rows.of_teams([team.pk]):
        row = access.keep(made, team.pk)
        booked = Booking(access=row, team=team, day=day, begins=time(9), minutes=15, channel="phone")
        direct.seal(booked, to_team(team), "Hej")
        booked.save(force_insert=True)
        TakenQuarter.objects.create(booking=booked, team=team, day=day, quarter=36)
    CODES["booking"] = made.code
    return booked.pk


def call(team: Team) -> UUID:
    today = timezone.localdate()
    row = CallRequest(team=team, due_on=today, last_on=today + timedelta(days=3))
    direct.seal(row, to_team(team), '{"name": "Kim", "number": "+46701740605"}')
    row.save(force_insert=True)
    return row.pk


def published(team: Team) -> int:
    reception, today = Reception.objects.get(team=team), timezone.localdate()
    row = {"written": "måndag–söndag 9.00–17.00", "minutes": 60, "channels": BOTH, "valid_from": today}
    return PublishedTimes.objects.create(reception=reception, kind=Kind.WEEKLY, **row).pk


def page(letter: str, name: str) -> dict[str, Maker]:
    """A visitor's page, with what its form needs: times, a booked one, a card."""

    def there(cast: Cast, who: str) -> Words:
        team = cast.teams[OF_LETTER[letter]]
        if name == "times":
            published(team)
        elif name == "mine":
            booking(team)
        else:
            by, today = cast.users["trainer"], timezone.localdate()
            CODES["card"] = actions.make_cards(team=team, partner=Partner.CARE, count=1, by=by, today=today)[
                0
            ]
        return {"code": "en"}

    return {"there": there, "not there": lambda cast, who: {"code": "xx"}}


def of_teams(word: str, make, gone) -> dict[str, Maker]:
    made: dict[str, Maker] = {
        which: (lambda cast, who, team=team: {word: make(cast.teams[team])}) for which, team in OF.items()
    }
    return {**made, "not there": lambda cast, who: {word: gone()}}


VISITED: dict[str, dict[str, Maker]] = {
    **TAUGHT,
    **REPORTED,
    **GUIDE,
    **SURVEYED,
    **{
        f"contact:{name}_{letter}": page(letter, name)
        for name in ("times", "mine", "card")
        for letter in OF_LETTER
    },
    "contact:booked": of_teams("id", booking, uuid4),
    "contact:call": of_teams("id", call, uuid4),
    "contact:end_times": of_teams("pk", published, lambda: GONE),
}


def free(letter: str) -> dict[str, str]:
    """A form that books the first free time."""
    reception = queries.reception_of({"m": "mika", "k": "kast"}[letter])
    slots = queries.free_times(reception, timezone.localtime()) if reception else ()
    slot = slots[0] if slots else None
    when = f"{slot.day}T{slot.begins:%H:%M}" if slot else ""
    return {"step": "book", "when": when, "channel": "phone", "message": "Hej", "card": "", "remind": ""}

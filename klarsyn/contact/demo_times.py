"""The demonstration's invented times, bookings, cards and calls: nobody booked them, and each says so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.contact import access, receivers
from klarsyn.contact.booking import actions, queries
from klarsyn.contact.booking import visitor as booking
from klarsyn.contact.booking.visitor import Wanted
from klarsyn.contact.cards import actions as cards
from klarsyn.contact.cards import visitor as calls
from klarsyn.contact.counting import one_more
from klarsyn.contact.models import BookingCount, CallCount, CardCount
from klarsyn.contact.models.booking import BOTH, Channel, Ended, Kind
from klarsyn.contact.models.card import CardFate, Outcome, Partner
from klarsyn.people.demo import DEMO_TEAMS
from klarsyn.people.models import Team, User
from klarsyn.receptions.models import Reception

WEEK: Final = {
    "mika": "måndag–torsdag 9.00–12.00\ntisdag 13.00–17.00",
    "kast": "måndag–fredag 9.00–11.15\nonsdag 15.00–18.45",
}
MINUTES: Final = 45
SAID: Final = ("Påhittat: jag vill helst prata engelska.", "", "Påhittat: kan jag ta med en vän?")
# Of the numbers that the Swedish regulator keeps free for films and books.
NAME, NUMBER = "Påhittad", "+46701740605"
# (months ago, cards made by the police, led to contact, talks, not heard from): invented.
PAST: Final = ((1, 40, 17, 12, 3), (2, 24, 9, 10, 2), (3, 40, 21, 14, 4), (4, 16, 8, 9, 1))


def ensure_demo_times() -> int:
    """Times, bookings, cards and a call of receptions that have none yet; how many. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittade tider finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    made = 0
    for one in DEMO_TEAMS:
        team = Team.objects.filter(name=one.name).first()
        founder = User.objects.filter(username=one.founder, is_demo=True).first()
        reception = Reception.objects.filter(team=team).first()
        if team is None or founder is None or reception is None or reception.times.exists():
            continue
        _publish(reception, founder)
        _book(reception)
        _hand_out(team, founder)
        _count(team)
        made += 1
    return made


def _publish(reception: Reception, by: User) -> None:
    today = timezone.localdate()
    week = {"written": WEEK[reception.kind], "kind": Kind.WEEKLY, "valid_from": today, "valid_to": None}
    away = today + timedelta(days=9)
    closed = {"written": "", "kind": Kind.CLOSED, "valid_from": away, "valid_to": away}
    for row in (week, closed):
        actions.publish(
            reception=reception, minutes=MINUTES, channels=BOTH, by=by, today=today, **row  # type: ignore[arg-type]
        )  # fmt: skip


def _book(reception: Reception) -> None:
    now = timezone.localtime()
    for number, said in enumerate(SAID):
        slots = queries.free_times(reception, now)
        if slots:
            slot = slots[number * 3 % len(slots)]
            channel = Channel.PHONE if number % 2 else Channel.VISIT
            booking.book(reception.kind, Wanted(slot.day, slot.begins, channel, said), now)


def _hand_out(team: Team, by: User) -> None:
    """A sheet of cards, one of which has led to a call. The codes are thrown away."""
    now, to = timezone.localtime(), receivers.receiver(team.kind)
    codes = cards.make_cards(team=team, partner=Partner.POLICE, count=8, by=by, today=now.date())
    if to is not None:
        calls.ask_call(to, access.enter(codes[0]), NAME, NUMBER, None, now)


def _count(team: Team) -> None:
    for ago, made, led, met, missed in PAST:
        day = _months_ago(timezone.localdate(), ago)
        one_more(CardCount, team.pk, day, made, partner=Partner.POLICE, fate=CardFate.MADE)
        one_more(CardCount, team.pk, day, led, partner=Partner.POLICE, fate=CardFate.CALL)
        one_more(BookingCount, team.pk, day, met, channel=Channel.VISIT, ended=Ended.MET)
        one_more(BookingCount, team.pk, day, missed, channel=Channel.PHONE, ended=Ended.NOT_MET)
        one_more(CallCount, team.pk, day, led, outcome=Outcome.REACHED)


def _months_ago(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)

"""Every write of times, cards, calls and reminders, and what must hold of them whatever died."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from klarsyn.base import rows
from klarsyn.base.models import AuditEvent
from klarsyn.contact import access, direct, receivers, sweeping
from klarsyn.contact.booking import access as doors
from klarsyn.contact.booking import actions, reminders, visitor
from klarsyn.contact.booking.reminders import Wish
from klarsyn.contact.booking.visitor import NoBooking, Taken, Wanted
from klarsyn.contact.cards import access as calls
from klarsyn.contact.cards import actions as cards
from klarsyn.contact.cards import using
from klarsyn.contact.cards import visitor as holder
from klarsyn.contact.codes import Code, read
from klarsyn.contact.models import Access, Booking, BookingCount, CallCount, CallRequest, TakenQuarter
from klarsyn.contact.models.booking import BOTH, Channel, Kind
from klarsyn.contact.models.card import Outcome, Partner
from klarsyn.people.keys import teams
from klarsyn.people.models import User
from klarsyn.receptions.models import Reception
from tests.force.crash.deeds import Ack
from tests.force.crash.world import World

NOON = datetime(2027, 3, 1, 12, tzinfo=timezone.get_default_timezone())  # a Monday
DAY = NOON.date() + timedelta(days=3)


def note(w: World, what: str, code: Code) -> None:
    """What is made before the deed is known to the process that does it."""
    w.old_copy.with_name(f"code-{what}").write_text(code.digits)


def noted(w: World, what: str) -> Code:
    return read(w.old_copy.with_name(f"code-{what}").read_text())


def outbox() -> str:
    settings.REMINDER_OUTBOX = str(Path(settings.HOME) / "outbox")
    return settings.REMINDER_OUTBOX


def alva() -> User:
    return User.objects.get(username="alva")


def published(w: World) -> None:
    """Before: a reception with times every day."""
    reception, _new = Reception.objects.get_or_create(kind="mika", host_code="0680", team=w.mika)
    outbox()
    actions.publish(
        reception=reception, kind=Kind.WEEKLY, written="måndag–söndag 9.00–12.00", minutes=60, channels=BOTH,
        valid_from=NOON.date(), valid_to=None, by=alva(), today=NOON.date(),
    )  # fmt: skip


def booked(w: World) -> None:
    published(w)
    wish = Wish("+46701740605", "Kom ihåg")
    note(w, "booking", visitor.book("mika", Wanted(DAY, time(9), Channel.PHONE, "hej", wish), NOON))


def carded(w: World) -> None:
    published(w)
    made = cards.make_cards(team=w.mika, partner=Partner.POLICE, count=1, by=alva(), today=NOON.date())
    note(w, "card", made[0])


def called(w: World) -> None:
    carded(w)
    ask_call(w, lambda _what, _which: None)


def publish(w: World, ack: Ack) -> None:
    published(w)
    ack("line", "times.publish")


def book(w: World, ack: Ack) -> None:
    with suppress(Taken):
        ack("booked", visitor.book("mika", Wanted(DAY, time(10), Channel.VISIT, "hej"), NOON).digits)


def cancel(w: World, ack: Ack) -> None:
    with suppress(access.Unknown):
        visitor.cancel(access.enter(noted(w, "booking")))
    ack("cancelled", noted(w, "booking").digits)


def withdraw(w: World, ack: Ack) -> None:
    doors.withdraw(alva(), w.keys["alva"], Booking.objects.get().id)
    ack("line", "booking.withdraw")


def sweep(w: World, ack: Ack) -> None:
    sweeping.sweep(NOON + timedelta(days=30))
    ack("swept", "1")


def make_cards(w: World, ack: Ack) -> None:
    cards.make_cards(team=w.mika, partner=Partner.CARE, count=2, by=alva(), today=NOON.date())
    ack("line", "card.make")


def ask_call(w: World, ack: Ack) -> None:
    to = receivers.receiver("mika")
    assert to
    with suppress(access.Unknown, using.Used):
        holder.ask_call(to, access.enter(noted(w, "card")), "Kim", "+46701740605", None, NOON)
    ack("line", "call.ask")


def use_to_write(w: World, ack: Ack) -> None:
    with suppress(access.Unknown, using.Used):
        holder.use_to_write(access.enter(noted(w, "card")), NOON.date())
    ack("cancelled", noted(w, "card").digits)


def end_call(w: World, ack: Ack) -> None:
    row = CallRequest.objects.first()
    if row:
        calls.end_call(
            alva(), w.keys["alva"], row.id, outcome=Outcome.REACHED, has_asked=True, today=NOON.date()
        )
    ack("line", "call.end")


def send_due(w: World, ack: Ack) -> None:
    where = outbox()
    reminders.send_due(DAY - timedelta(days=1))
    ack("sent", where)


def end_times(w: World, ack: Ack) -> None:
    row = Reception.objects.get(kind="mika").times.get()
    actions.end_times(row=row, last_day=NOON.date(), by=alva(), today=NOON.date())
    ack("line", "times.end")


def wrong(w: World) -> Iterator[str]:
    """Broken promises about times and calls, in sentences."""
    lines = Counter(AuditEvent.objects.filter(outcome="ok").values_list("action", flat=True))
    with rows.of_teams([w.mika.pk, w.kast.pk]):
        yield from _numbers(lines)
        for row in Booking.objects.all():
            held = TakenQuarter.objects.filter(booking=row).count()
            if held != (row.minutes // 15 if row.state == "booked" else 0):
                yield f"{row.id}: {held} quarters of a time that is {row.state}"
        for one in Access.objects.all():
            if sum(hasattr(one, name) for name in ("booking", "card", "thread")) != 1:
                yield f"{one.id}: a code that opens nothing, or two things"
        held = teams.open_teams(w.keys["alva"]).get(w.mika.pk, {})
        for row in (*Booking.objects.all(), *CallRequest.objects.all()):
            if row.epoch in held and not direct.open_text(row, held[row.epoch]):
                yield f"{row.id}: does not open"


def _numbers(lines: Counter[str]) -> Iterator[str]:
    over = lines["booking.cancel"] + lines["booking.end"]
    for what, found, told in (
        ("booked times", Booking.objects.count(), lines["booking.book"] - over),
        ("ended times", _sum(BookingCount), over),
        ("calls", CallRequest.objects.count(), lines["call.ask"] - lines["call.end"]),
        ("ended calls", _sum(CallCount), lines["call.end"]),
    ):
        if found != told:
            yield f"{found} {what}, {told} by the log"


def _sum(model: type[BookingCount] | type[CallCount]) -> int:
    return int(model.objects.aggregate(n=Sum("count"))["n"] or 0)


def is_gone(digits: str) -> bool:
    try:
        access.enter(read(digits))
    except access.Unknown:
        return True
    return False


def opens(digits: str) -> bool:
    try:
        return visitor.see(access.enter(read(digits))).day == DAY
    except (access.Unknown, NoBooking):
        return False


STANDS = {
    "booked": opens,
    "cancelled": is_gone,
    "swept": lambda _which: not Booking.objects.exists() and not CallRequest.objects.exists(),
    "sent": lambda which: any(Path(which).glob("*.json")),
}

"""A visitor books a time: looks, chooses, gets a code; comes back with it, and cancels."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from django.http import HttpResponse

from klarsyn.base.vault import Busy
from klarsyn.contact import writing
from klarsyn.contact.access import Opened
from klarsyn.contact.booking import queries, reminders, visitor
from klarsyn.contact.booking.reminders import Wish
from klarsyn.contact.booking.times import Slot
from klarsyn.contact.booking.visitor import NoBooking, Taken, Wanted
from klarsyn.contact.cards import using
from klarsyn.contact.models.booking import Channel
from klarsyn.contact.phone_numbers import NoNumber, phone
from klarsyn.contact.throttle import Full
from klarsyn.contact.views.shell import Shell, is_proved, opened, proof_of, visited

MOST: Final = 1000  # characters of what is said beforehand
_SOON: Final = timedelta(days=7)
_LATER: Final = 60  # times after those: the page stays under 60 kB in every script
_FORMAT: Final = "%Y-%m-%dT%H:%M"


@visited("times")
def times(shell: Shell) -> HttpResponse:
    """Free times; with a choice, the form that books it; with that, the code."""
    match shell.typed("step"):
        case "choose":
            return _choose(shell)
        case "book":
            return _book(shell)
        case "check":
            return _check(shell)
        case _:
            return _look(shell)


@visited("mine")
def mine(shell: Shell) -> HttpResponse:
    """The time that a code opens, and the button that cancels it."""
    if shell.request.method != "POST":
        return shell.page("mine", {})
    found = opened(shell, shell.typed("code"), shell.words.booking["unknown"])
    if isinstance(found, str):
        return shell.page("mine", {"error": found, "typed": shell.typed("code")}, 422)
    try:
        if shell.typed("step") == "cancel":
            visitor.cancel(found)
            return shell.page("done", {"text": shell.words.booking["cancelled"], "again": "times"})
        seen = visitor.see(found)
    except NoBooking:
        return shell.page("mine", {"error": shell.words.booking["unknown"]}, 422)
    page = {"booking": seen, "day": shell.day(seen.day), "typed": shell.typed("code")}
    return shell.page("mine", page)


def _look(
    shell: Shell, error: str = "", slots: tuple[Slot, ...] | None = None, status: int = 200
) -> HttpResponse:
    reception = queries.reception_of(shell.kind)
    if slots is None:
        slots = queries.free_times(reception, shell.now) if reception else ()
    near = [slot for slot in slots if slot.day < shell.now.date() + _SOON]
    later = [slot for slot in slots if slot not in near][:_LATER]
    if not near:
        near, later = later, []
    page: dict[str, Any] = {"near": _by_day(shell, near), "later": _by_day(shell, later)}
    page |= {"error": error, "card": shell.typed("card")}
    return shell.page("times", page, status)


def _by_day(shell: Shell, slots: list[Slot]) -> list[tuple[str, list[dict[str, str]]]]:
    """(day in words, its times)."""
    return [
        (shell.day(day), [{"value": _value(s), "begins": f"{s.begins:%H:%M}"} for s in mine])
        for day, mine in groupby(slots, key=lambda slot: slot.day)
    ]


def _value(slot: Slot) -> str:
    return datetime.combine(slot.day, slot.begins).strftime(_FORMAT)


def _chosen(shell: Shell) -> Slot | None:
    """The free time that the form names."""
    try:
        at = datetime.strptime(shell.typed("when"), _FORMAT)  # noqa: DTZ007  local, as it was shown
    except ValueError:
        return None
    reception = queries.reception_of(shell.kind)
    slots = queries.free_times(reception, shell.now) if reception else ()
    return next((s for s in slots if (s.day, s.begins) == (at.date(), at.time())), None)


def _choose(shell: Shell, error: str = "", status: int = 200) -> HttpResponse:
    slot = _chosen(shell)
    if slot is None:
        text = shell.words.booking["taken" if shell.typed("when") else "no_choice"]
        return _look(shell, text, status=409)
    return shell.page("book", _form(shell, slot, error), status)


def _form(shell: Shell, slot: Slot, error: str) -> dict[str, Any]:
    channels = [one for one in Channel if one in slot.channels]
    chosen = shell.typed("channel")
    return {
        "error": error, "when": _value(slot), "day": shell.day(slot.day), "begins": f"{slot.begins:%H:%M}",
        "length": shell.words.booking["length"].format(minutes=slot.minutes),
        "channels": channels, "channel": chosen if chosen in channels else channels[0], "most": MOST,
        "can_remind": reminders.can_remind(slot.day, shell.now.date()),
        "message": shell.typed("message"), "remind": bool(shell.typed("remind")), "card": shell.typed("card"),
        "number": shell.typed("number"), "longest": reminders.LONGEST,
        "text": shell.typed("text") or shell.words.booking["reminder_default"],
    }  # fmt: skip


def _book(shell: Shell) -> HttpResponse:
    slot, booking = _chosen(shell), shell.words.booking
    if slot is None:
        return _look(shell, booking["taken"], _near(shell), 409)
    wanted = _wanted(shell, slot)
    if isinstance(wanted, str):
        return _choose(shell, wanted, 422)
    card = _card(shell)
    if isinstance(card, str):
        return _choose(shell, card, 422)
    try:
        code = visitor.book(shell.kind, wanted, shell.now, card)
    except Taken as late:
        return _look(shell, booking["taken"], late.nearest, 409)
    except using.Used:
        return _choose(shell, shell.words.card["unknown"], 422)
    except (Full, Busy):
        return _choose(shell, booking["busy"], 503)
    page = {"code": code.shown, "proof": proof_of(code.last), "day": shell.day(slot.day)}
    return shell.page("code", {**page, "begins": f"{slot.begins:%H:%M}"})


def _near(shell: Shell) -> tuple[Slot, ...] | None:
    """The next free times to the one that is gone; all where it cannot be read."""
    reception = queries.reception_of(shell.kind)
    try:
        day = date.fromisoformat(shell.typed("when")[:10])
    except ValueError:
        return None
    return queries.nearest(queries.free_times(reception, shell.now), day) if reception else None


def _wanted(shell: Shell, slot: Slot) -> Wanted | str:
    """What the form asks for, or the sentence that says what to mend. Nothing typed is lost."""
    booking, message = shell.words.booking, writing.tidy(shell.typed("message"))
    channel = shell.typed("channel")
    if channel not in slot.channels:
        channel = next(one for one in Channel if one in slot.channels)
    if len(message) > MOST:
        return booking["too_long"].format(most=MOST)
    if writing.has_personal_number(message):
        return booking["like_number"]
    wish = None
    if shell.typed("remind") and reminders.can_remind(slot.day, shell.now.date()):
        try:
            number = phone(shell.typed("number"))
        except NoNumber:
            return booking["bad_phone"]
        text = " ".join(writing.tidy(shell.typed("text")).split())[: reminders.LONGEST]
        wish = Wish(number, text or booking["reminder_default"])
    return Wanted(slot.day, time(slot.begins.hour, slot.begins.minute), Channel(channel), message, wish)


def _card(shell: Shell) -> Opened | str | None:
    """The card that the form carries, unused and of this reception; or the sentence that says why not."""
    typed = shell.typed("card")
    if not typed:
        return None
    found = opened(shell, typed, shell.words.card["unknown"])
    reception = queries.reception_of(shell.kind)
    if isinstance(found, Opened):
        try:
            using.check(found, reception.team_id if reception else found.id)
        except using.Used:
            return shell.words.card["unknown"]
    return found


def _check(shell: Shell) -> HttpResponse:
    proof = shell.typed("proof")
    if is_proved(proof, shell.typed("last")):
        return shell.page("done", {"text": shell.words.booking["saved"], "again": "mine"})
    return shell.page("code", {"proof": proof, "error": shell.words.booking["last_wrong"]}, 422)

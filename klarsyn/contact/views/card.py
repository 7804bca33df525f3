"""Somebody with a card types its code and chooses: to be phoned, to book, to write."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from klarsyn.base.errors import Refused
from klarsyn.contact import receivers
from klarsyn.contact.access import Opened
from klarsyn.contact.cards import using, visitor
from klarsyn.contact.cards.policy import check_name
from klarsyn.contact.days import days
from klarsyn.contact.phone_numbers import NoNumber, phone
from klarsyn.contact.views.shell import Shell, opened, visited


@visited("card")
def card(shell: Shell) -> HttpResponse:
    """The code first; then what it is good for, once."""
    if shell.request.method != "POST":
        return shell.page("card", {})
    to = receivers.receiver(shell.kind)
    found = opened(shell, shell.typed("card"), shell.words.card["unknown"])
    if to is None or isinstance(found, str):
        return _again(shell, found if isinstance(found, str) else shell.words.card["unknown"])
    try:
        using.check(found, to.team)
        match shell.typed("step"):
            case "call":
                return _call(shell)
            case "ask":
                return _ask(shell, to, found)
            case "write":
                visitor.use_to_write(found, shell.now.date())
                return redirect("contact:talk", shell.code)
    except using.Used:
        return _again(shell, shell.words.card["unknown"])
    return shell.page("card", {"is_good": True, "card": shell.typed("card")})


def _again(shell: Shell, error: str) -> HttpResponse:
    return shell.page("card", {"error": error, "typed": shell.typed("card")}, 422)


def _call(shell: Shell, error: str = "", status: int = 200) -> HttpResponse:
    kept = days("call_kept", shell.now.date()).days
    page: dict[str, Any] = {name: shell.typed(name) for name in ("card", "name", "number", "consent")}
    return shell.page(
        "call", {**page, "error": error, "truth": shell.words.call["truth"].format(days=kept)}, status
    )


def _ask(shell: Shell, to: receivers.Receiver, found: Opened) -> HttpResponse:
    said = shell.words.call
    if not shell.typed("consent"):
        return _call(shell, said["no_consent"], 422)
    try:
        name, number = check_name(shell.typed("name")), phone(shell.typed("number"))
    except Refused:
        return _call(shell, said["bad_name"], 422)
    except NoNumber:
        return _call(shell, shell.words.booking["bad_phone"], 422)
    due = visitor.ask_call(to, found, name, number, shell.reception, shell.now)
    is_today = due == shell.now.date()
    when = said["today"] if is_today else said["on_day"].format(day=shell.day(due))
    return shell.page("done", {"heading": said["done"], "text": when, "now": said["now"]})

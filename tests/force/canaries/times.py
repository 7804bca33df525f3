"""What visitors write when they book, cancel and ask for a call, by the pages; and the codes they are given."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from klarsyn.contact.booking import actions
from klarsyn.contact.cards import actions as cards
from klarsyn.contact.codes import Code
from klarsyn.contact.models import Booking, CallRequest
from klarsyn.contact.models.booking import BOTH, Kind
from klarsyn.contact.models.card import Partner
from klarsyn.people.models import Team, User
from klarsyn.receptions.models import Reception
from tests.force.canaries.browser import Browser

AT = "/stod/sv/"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CODE = re.compile(r'class="v-code"><bdi dir="ltr">([\d ]{29})</bdi>')
_WHEN = re.compile(r'name="when" value="([^"]+)"')
MANY = 8

New = Callable[[str], str]
Keep = Callable[[str, str], None]


def feed(new: New, keep: Keep, team: Team, by: User, browser: Browser) -> None:
    """Some stay, some are cancelled or phoned, as a counsellor's pages show them."""
    settings.REMINDER_OUTBOX = "outbox-that-is-never-written"
    reception, _is_new = Reception.objects.get_or_create(
        kind=team.kind, host_code=settings.MUNICIPALITY, defaults={"team": team}
    )
    today = timezone.localdate()
    actions.publish(
        reception=reception, kind=Kind.WEEKLY, written="måndag–söndag 9.00–17.00", minutes=15, channels=BOTH,
        valid_from=today, valid_to=None, by=User.objects.get(pk=by.pk), today=today,
    )  # fmt: skip
    codes = [book(new, keep) for _ in range(MANY)]
    Client().post(f"{AT}tid/m/kod/", {"code": codes[0], "step": "cancel"})
    for row in Booking.objects.all():
        browser.post(f"bokade-tider/{row.id}/", {"step": "read"})
    browser.post(f"bokade-tider/{Booking.objects.first().id}/", {"step": "withdraw"})
    made = cards.make_cards(team=team, partner=Partner.CARE, count=MANY, by=by, today=today)
    for code in made:
        ask(new, keep, code)
    row = CallRequest.objects.first()
    browser.post(f"ring-upp/{row.id}/", {"step": "open"})
    browser.post(f"ring-upp/{row.id}/", {"step": "end", "outcome": "reached"})
    assert CallRequest.objects.count() == MANY - 1 and Booking.objects.count() == MANY - 1


def book(new: New, keep: Keep) -> str:
    """A time, with a message, a number and a sentence of one's own; wrong ones first, and its code tried."""
    frej = Client()
    when = _WHEN.findall(frej.get(f"{AT}tid/m/").content.decode())[-1]
    told = {
        "when": when,
        "channel": "phone",
        "message": new("booking"),
        "remind": "1",
        "text": new("reminder"),
    }
    assert date.fromisoformat(when[:10]) > timezone.localdate() + timedelta(days=1)
    frej.post(f"{AT}tid/m/", {**told, "step": "book", "number": new("typed number")})
    answer = frej.post(f"{AT}tid/m/", {**told, "step": "book", "number": number(keep)}).content.decode()
    found = _CODE.search(answer)
    assert found, answer[-800:]
    kept(keep, found[1])
    frej.post(f"{AT}tid/m/kod/", {"code": found[1]})
    frej.post(f"{AT}tid/m/kod/", {"code": new("typed code")})
    return found[1]


def ask(new: New, keep: Keep, code: Code) -> None:
    """A card's code, a first name and a number; wrong ones first."""
    frej = Client()
    kept(keep, code.shown)
    name = "".join(secrets.choice(_LETTERS) for _ in range(36)).capitalize()
    keep("first name", name)
    told = {"card": code.shown, "step": "ask", "consent": "1", "name": name}
    frej.post(f"{AT}kort/m/", {**told, "number": new("typed number")})
    answer = frej.post(f"{AT}kort/m/", {**told, "number": number(keep)})
    assert answer.status_code == 200, answer.content.decode()[-800:]


def number(keep: Keep) -> str:
    """Fifteen digits, the longest there is."""
    digits = "46" + "".join(secrets.choice("123456789") for _ in range(13))
    keep("number", digits)
    return f"+{digits}"


def kept(keep: Keep, shown: str) -> None:
    keep("code", shown)
    keep("code", shown.replace(" ", ""))

"""Somebody without a name writes by the page, with a file, changes the code, comes back; a counsellor answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from klarsyn.contact import throttle
from klarsyn.contact.models import Thread
from klarsyn.receptions.models import Reception

if TYPE_CHECKING:
    from tests.force.canaries.feed import Feed

HERE: Final = "/stod/sv/prata/"
THREADS: Final = 12
CODE: Final = re.compile(r'class="v-code"><bdi dir="ltr">([\d ]+)<')


def feed(to: Feed) -> None:
    """A dozen contacts with Mika; each code is a secret in both its forms, and so is each cookie."""
    throttle.LIMITS = {"new": 10_000, "wrong": 10_000}
    Reception.objects.get_or_create(kind="mika", host_code=settings.MUNICIPALITY, team=to.mika)
    for _number in range(THREADS):
        _one(to)
    for thread in Thread.objects.all():
        to.browsers["alva"].post(f"kontakter/{thread.pk}/", {})
        to.browsers["alva"].post(f"kontakter/{thread.pk}/svara/", {"text": to.many("answer")})


def _one(to: Feed) -> None:
    frej = Client()
    file = SimpleUploadedFile(f"{to.new('file name')}.txt", to.many("file").encode())
    sent = {
        "step": "send",
        "to": "mika",
        "text": to.many("message"),
        "once": "a",
        "files": file,
        "original": "1",
    }
    first = _code(to, frej.post(HERE, sent).content.decode())
    frej.post(HERE, {"step": "check", "last": first[-4:]})
    frej.post(HERE, {"step": "more", "text": to.many("message"), "once": "b"})
    new = _code(to, frej.post(HERE, {"step": "renew"}).content.decode())
    frej.post(HERE, {"step": "check", "last": new[-4:]})
    again = Client()
    again.post(HERE, {"step": "enter", "code": first})  # opens nothing any more
    again.post(HERE, {"step": "enter", "code": new, "draft": to.new("draft")})
    for client in (frej, again):
        to.keep("cookie of a visit", client.cookies[settings.VISIT_COOKIE].value)


def _code(to: Feed, page: str) -> str:
    found = CODE.search(page)
    assert found, "no code on the page"
    digits = found[1].replace(" ", "")
    to.keep("code", digits)
    to.keep("code in groups", found[1])
    return digits

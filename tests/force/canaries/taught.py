"""Somebody without an account learns by a unit's link: the link and the code are secrets in all their forms."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.test import Client

from klarsyn.people.models import User
from klarsyn.training import actions, codes
from klarsyn.training.models import Unit

LESSON = "/kurs/las/councillors/a-torch/"


def feed(new: Callable[[str], str], keep: Callable[[str, str], None], head: User) -> None:
    """A code that is typed twice, on two computers, and what was typed in vain."""
    link = actions.open_link(unit=Unit.objects.create(name="Prov", kind="own"), by=head)
    keep("a unit's link", link)
    first, again = Client(), Client()
    first.post(f"/kurs/enhet/{link}/", {"begin": "1"})
    code = first.cookies[settings.LEARNER_COOKIE].value
    keep("a learner's code", code)
    keep("a learner's code in groups", codes.shown(code))
    first.get("/kurs/kod/")
    first.post(LESSON, {"screen": "0"})
    again.post("/kurs/", {"code": new("a code in vain")})
    again.post("/kurs/", {"code": codes.shown(code)})
    again.post(LESSON, {"screen": new("a screen")})

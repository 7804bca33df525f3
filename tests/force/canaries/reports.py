"""Somebody begins a concern report, saves it, comes back, sends it; officers note, answer and hand it over."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.test import Client

from klarsyn.concerns.models import ConcernReport
from klarsyn.people import actions as people
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import unlock
from klarsyn.people.models import Team
from tests.force.canaries.browser import Browser

if TYPE_CHECKING:
    from tests.force.canaries.feed import Feed

PAGE: Final = "/orosanmalan/"
REPORTS: Final = 8
LINES = (
    "name",
    "workplace",
    "title",
    "reach",
    "child_name",
    "child_age",
    "child_where",
    "language",
    "when_words",
)
TEXTS = ("family", "seen", "others")
HIDDEN: Final = re.compile(r'<input type="hidden" name="code" value="(\d+)"')


def feed(to: Feed) -> None:
    """Each report in texts of its own; each code is a secret; a draft is left, and one is thrown away."""
    settings.DEMO = True  # the addresses that are shipped are invented
    olga = _officer(to)
    for number in range(REPORTS):
        _report(to, number)
    for report in ConcernReport.objects.all():
        at = f"orosanmalningar/{report.pk}/"
        olga.post(at, {})
        olga.post(at + "bedomning/", {"assess-outcome": "no_need", "assess-words": to.many("assessment")})
        olga.post(at + "beslut/", {"decide-outcome": "inquiry", "decide-words": to.many("decision")})
        olga.post(at + "svar/", {})
        olga.post(at + "lamna-over/", {})


def _officer(to: Feed) -> Browser:
    password = to.new("password")
    olga = people.admit_person(username="olga", name="Olga", password=password, roles=())
    found = unlock("olga", password)
    assert found
    team = teams.create_team(kind=Team.Kind.CHILDREN, name="Barn och unga", founder=olga, keys=found[1])
    people.give_role(user=olga, role="concern_officer", team=team)
    browser = Browser("olga", password)
    for where, text in browser.seen:
        to.keep(where, text)
    return browser


def _report(to: Feed, number: int) -> None:
    frej = Client()
    given = {name: to.new(f"report's {name}") for name in LINES} | {
        name: to.many(f"report's {name}") for name in TEXTS
    }
    given |= {"danger": "no", "role": "professional", "feedback": "on", "when_from": "2026-11-02"}
    page = frej.post(PAGE, {**given, "at": "others", "go": "save"}).content.decode()
    found = HIDDEN.search(unescape(page))
    assert found, "no code on the page"
    to.keep("code of a report", found[1])
    Client().post(PAGE, {"go": "enter", "typed": found[1]})
    if number:
        done = frej.post(PAGE, {**given, "code": found[1], "go": "send"})
        assert "skickad" in done.content.decode()
        frej.post(PAGE, {**given, "code": found[1], "go": "print"})
        frej.post(PAGE, {**given, "seen": given["seen"] + "\x00", "code": found[1], "go": "send"})

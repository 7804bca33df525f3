"""Everything a counsellor writes in a case: each text of each form, by its door, and what the pages post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from klarsyn.cases import access, caseload, naming
from klarsyn.cases.card import SHORT, Level, Track
from klarsyn.cases.entries import Kind, all_kinds
from klarsyn.cases.fields import Field, Holds
from klarsyn.people import entering, unlocked
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from tests.force.canaries import given

New = Callable[[str, int], str]
DAY = date(2026, 1, 1)


def feed(many: New, team: Team, by: User, keys: Unlocked) -> None:
    case = _taken_in(many, team, by, keys)
    for kind in (
        k for k in all_kinds() if team.kind in k.receptions and k.by_hand and k.key not in given.OWN
    ):
        data = {one.name: _value(many, kind, one) for one in kind.fields}
        access.write_entry(by, keys, case, kind=kind.key, data=data, event_day=DAY)
    given.feed(many, by, keys, case)
    caseload.add_task(by, keys, case, text=many("task", 1)[:SHORT], due=DAY)
    caseload.rename(by, keys, case, title=many("title", 1)[:SHORT])
    caseload.protect(by, keys, case, level=Level.FICTITIOUS, words=many("protection", 2))
    caseload.hand_over(by, keys, case, to=by, reason=many("hand-over", 2))
    caseload.search_cases(by, keys, team, many("search", 1))
    _by_pages(many, team, by, keys, case)
    caseload.set_sealed(by, keys, case, is_sealed=True, reason=many("seal", 2))
    access.read_case(by, keys, case, purpose=many("seal", 2))
    naming.name_reader(by, keys, case, to=by, until=timezone.localdate(), reason=many("seal", 2))
    other = _taken_in(many, team, by, keys)
    caseload.close(by, keys, other, because="other", words=many("closing", 2))
    caseload.reopen(by, keys, other, reason=many("reopening", 2))


def _taken_in(many: New, team: Team, by: User, keys: Unlocked) -> UUID:
    _found, searched = caseload.search_first(by, keys, team, many("search", 1))
    words = {"title": many("title", 1)[:SHORT], "track": Track.ASSESSED, "searched": searched}
    return caseload.take_in(by, keys, team, data={}, event_day=DAY, **words)


def _value(many: New, kind: Kind, one: Field) -> Any:
    """A text that was never used before, where the field takes one; else what it takes."""
    match one.holds:
        case Holds.LINE | Holds.TEXT:
            return many(f"{kind.key} {one.name}", 2)[: one.longest]
        case Holds.CHOICE:
            return next(iter(one.choices))
        case Holds.CHOICES:
            return (next(iter(one.choices)),)
        case Holds.TABLE:
            return ({column.name: _value(many, kind, column) for column in one.columns},)
        case Holds.DAY:
            return DAY
        case Holds.YES:
            return True
    return {"from_hour": 9, "to_hour": 16}.get(one.name, 1)


def _by_pages(many: New, team: Team, by: User, keys: Unlocked, case: UUID) -> None:
    """Whole forms and broken ones: also what is refused must lie nowhere."""
    client = _signed_in(by, keys)
    client.post(reverse("cases:case", args=[case]), {"purpose": many("purpose", 1)})
    note = {"type": "VISIT", "event_day": timezone.localdate().isoformat()}
    given.by_pages(many, client, case)
    for name, kwargs, words in (
        ("cases:write", {"kind": "note"}, note | {"text": many("typed", 2), "act": "autosave"}),
        ("cases:write", {"kind": "note"}, note | {"text": many("typed", 2), many("field", 1): many("typed", 1)}),
        ("cases:write", {"kind": "note"}, {"text": many("typed", 2)}),
        ("cases:task", {}, {"text": many("typed", 1)[:SHORT], "due": "fel"}),
        ("cases:rename", {}, {"title": many("typed", 9)}), ("cases:close", {}, {"words": many("typed", 2)}),
        ("cases:hand_over", {}, {"why": many("typed", 2)}), ("cases:seal", {}, {many("typed", 1): "x"}),
        ("cases:name", {}, {"why": many("typed", 2), "until": many("typed", 1)}),
    ):  # fmt: skip
        client.post(reverse(name, kwargs={"id": case, **kwargs}), words)
    client.post(reverse("cases:cases"), {"words": many("typed", 1)[:90]})
    take_in = reverse("cases:take_in", kwargs={"team": team.pk})
    client.post(take_in, {"words": many("typed", 1)[:90]})
    client.post(take_in, {"searched": many("typed", 1), "title": many("typed", 1), "wish": many("typed", 2)})


def _signed_in(by: User, keys: Unlocked) -> Client:
    client, request, response = Client(), HttpRequest(), HttpResponse()
    client.force_login(by)
    request.session, request.user = client.session, by
    unlocked.keep(request, response, keys)
    request.session[entering.FACTOR] = "totp"
    entering.step_up(request)
    request.session.save()
    client.cookies[settings.KEY_COOKIE] = response.cookies[settings.KEY_COOKIE].value
    return client

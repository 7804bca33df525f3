"""What a counsellor writes by the doors and pages of goals and of giving out: also what is refused lies nowhere."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.test import Client
from django.urls import reverse

from klarsyn.cases import access, referring
from klarsyn.cases.entries import kind_of
from klarsyn.cases.htcds.table import FIELDS
from klarsyn.cases.htcds.table import Kind as Form
from klarsyn.cases.policy import ReferralStep
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User

New = Callable[[str, int], str]
DAY, END = date(2026, 1, 1), date(2099, 1, 1)
# Forms that take no text whatever: codes, numbers, or words that may name nobody.
OWN: Final = frozenset({"coordinator_asked", "htcds", "htcds_identity"})
TEXTS: Final = (Form.TEXT, Form.LONG_TEXT, Form.LOOKUP)


def feed(many: New, by: User, keys: Unlocked, case: UUID) -> None:
    for key in ("htcds", "htcds_identity"):
        names = [f.name for f in kind_of(key).fields if FIELDS[f.name].kind in TEXTS]
        data = {name: many(f"{key} {name}", 1)[:255] for name in names}
        access.write_entry(by, keys, case, kind=key, data=data, event_day=DAY)
    access.write_entry(by, keys, case, kind="age", data={"age": "adult"}, event_day=DAY)

    def write(kind: str, data: dict[str, Any]) -> UUID:
        return referring.write(by, keys, case, kind=kind, data=data)

    goal = {"title": many("goal", 1)[:200], "expected": many("goal", 1)[:300], "start": "0"}
    write("goals", {"goals": [goal]})
    judged = {"title": goal["title"], "start": "0", "now": "1"}
    write("goals_followed", {"goals": [judged], "comment": many("goal", 2)})
    to = {"receiver": many("receiver", 1)[:200], "receiver_kind": "civil"}
    scope = {"purpose": "referral", "receiver": to["receiver"], "scope": many("consent", 2), "given_on": DAY}
    consent = write("consent", scope)
    refer = {**to, "reason": "Other", "what": many("referral", 2), "parts": ["case"], "expires_on": END}
    one = access.write_entry(by, keys, case, kind="referral", data=refer, event_day=DAY)
    given = {
        **to, "how": "own", "ground": "osl_10_1_consent", "sent": many("sent", 2), "left_out": many("left out", 2),
        "decided_by": many("decided by", 1)[:200], "decided_on": DAY,
    }  # fmt: skip
    words = {"comment": many("step", 2), "disclosure": given}
    referring.move_referral(by, keys, case, one, ReferralStep.SEND, **words)
    referring.withdraw(by, keys, case, consent, on=DAY)
    refused = {
        "receiver": many("receiver", 1)[:200], "receiver_kind": "police", "how": "requested", "outcome": "refused",
        "asked": many("asked", 2), "reasons": many("reasons", 2), "left_out": many("left out", 2),
        "walk": many("walk", 2), "decided_by": many("decided by", 1)[:200], "decided_on": DAY,
    }  # fmt: skip
    referring.disclose(by, keys, case, data=refused)


def by_pages(many: New, client: Client, case: UUID) -> None:
    """Right and wrong forms."""
    pages: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
        (
            "cases:write",
            {"kind": "coordinator_asked"},
            {"event_day": "2026-01-01", "question": many("asked", 2)},
        ),
        ("cases:write", {"kind": "htcds"}, {"event_day": "2026-01-01", "prs_Citizenship": many("typed", 1)}),
        ("cases:goals", {}, {"now0": "9", "comment": many("typed", 2)}),
        ("cases:consent", {}, {"scope": many("typed", 2)}),
        (
            "cases:decide",
            {},
            {"day": many("typed", 1), "held": many("typed", 1), "reasons": many("typed", 2)},
        ),
        ("cases:decide", {}, {"day": "2026-01-01", "answer": many("typed", 1), "asked": many("typed", 2)}),
        ("cases:disclose", {}, {"sent": many("typed", 2), "left_out": many("typed", 2)}),
        ("cases:statistics_file", {}, {"purpose": many("file", 2), "form": "csv"}),
    )
    for name, kwargs, words in pages:
        client.post(reverse(name, kwargs={"id": case, **kwargs}), words)
    upload = io.BytesIO(f"prs_FirstName,prs_Birthdate\r\n{many('file', 1)},{many('file', 1)}\r\n".encode())
    upload.name = f"{many('file name', 1)[:40]}.csv"
    client.post(reverse("cases:htcds"), {"file": upload, "filled_by": ""})

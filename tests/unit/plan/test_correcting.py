"""A decision and a consultation typed wrongly are put right; what stood is kept, and outside it says when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.plan.history import lines
from klarsyn.plan.models import Consultation, Decision
from klarsyn.plan.motions import correcting, registering, showing
from tests.people import person
from tests.unit.plan.made import DAY, whole

TODAY = date(2026, 11, 26)
pytestmark = pytest.mark.django_db


def corrected(decision: Decision, **other: Any) -> None:
    """The decision as it stands, but for `other`."""
    names = ("title", "body", "board", "registry_number", "decided_on", "wording", "source", "source_address")
    said = {one.demand: (one.result, one.wording) for one in decision.outcomes.select_related("demand")}
    told = {name: getattr(decision, name) for name in names} | {"outcomes": said, "why": "Skrivfel"}
    correcting.correct_decision(decision=decision, **(told | {"by": person("lars"), "today": TODAY} | other))


def answered(consultation: Consultation, **other: Any) -> None:
    told: dict[str, Any] = {
        "sent_to": "Socialnämnden", "sent_on": DAY, "due_on": date(2026, 5, 1), "answer": "", "answered_on": None,
        "why": "Fel remiss", "by": person("lars"), "today": TODAY,
    }  # fmt: skip
    correcting.correct_consultation(consultation=consultation, **(told | other))


def test_a_corrected_decision_keeps_what_stood_with_who_and_why() -> None:
    made = whole()
    one, two = made.demands
    corrected(
        made.decision,
        registry_number="KS 2026/21",
        outcomes={one: ("partly", "Som försök"), two: ("rejected", "")},
    )
    told = [(c.field, c.was, c.became, c.why, c.changed_by) for c in reversed(lines(made.decision))]
    lars = person("lars")
    assert told == [
        ("registry_number", "KS 2026/12", "KS 2026/21", "Skrivfel", lars),
        ("outcome", "1. bifallen", "1. delvis bifallen: Som försök", "Skrivfel", lars),
        ("outcome", "", "2. avslagen", "Skrivfel", lars),
    ]
    assert [o.result for o in made.decision.outcomes.all()] == ["partly", "rejected"]
    assert AuditEvent.objects.filter(action="plan.correct_decision").count() == 1
    made.decision.refresh_from_db()
    corrected(made.decision, outcomes={})
    assert not made.decision.outcomes.exists() and lines(made.decision)[0].became == ""


@pytest.mark.parametrize(
    ("other", "said"),
    [({}, "står redan så"), ({"why": " "}, "tomt"), ({"decided_on": date(2026, 11, 27)}, "inte varit"),
     ({"decided_on": date(2026, 1, 1)}, "före motionen"), ({"body": "board"}, "vilken nämnd"),
     ({"wording": "Ring 070-123 45 67"}, "telefonnummer"), ({"registry_number": "KS 2026/99"}, "finns redan"),
     ({"title": "Annat", "by": "petra"}, "Bara registratorn")],
)  # fmt: skip
def test_a_correction_that_must_not_be_is_refused_and_nothing_changes(other, said: str) -> None:
    made = whole()
    Decision.objects.create(
        motion=made.motion, body="council", registry_number="KS 2026/99", title="Ett annat", wording="Bifalls",
        decided_on=made.decision.decided_on, source="Protokoll", entered_on=DAY,
    )  # fmt: skip
    if "by" in other:
        other = other | {"by": person(other["by"])}
    with pytest.raises(Refused, match=said):
        corrected(made.decision, **other)
    assert not lines(made.decision) and not AuditEvent.objects.filter(action="plan.correct_decision").exists()


def test_an_answer_entered_on_the_wrong_consultation_is_taken_away_and_stands_in_the_history() -> None:
    asked = whole().consultation
    registering.answer(
        consultation=asked, answer="Ja", answered_on=date(2026, 4, 1), by=person("lars"), today=TODAY
    )
    for wrong, said in (({"answer": "Ja"}, "både text och dag"), ({"due_on": date(2026, 1, 1)}, "före dagen"),
                        ({"answer": "Ja", "answered_on": date(2026, 1, 1)}, "före remissen")):  # fmt: skip
        with pytest.raises(Refused, match=said):
            answered(asked, **wrong)
    answered(asked)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_on) == ("", None)
    assert [(c.field, c.was, c.why) for c in lines(asked)][:2] == [
        ("answered_on", "2026-04-01", "Fel remiss"), ("answer", "Ja", "Fel remiss"),
    ]  # fmt: skip


def test_outside_it_says_when_it_was_put_right_and_nothing_more() -> None:
    made = whole(published_on=DAY)
    registering.answer(
        consultation=made.consultation, answer="Ja", answered_on=date(2026, 4, 1), by=person("lars"), today=TODAY
    )  # fmt: skip
    (before,) = showing.published_motions()
    days = [before.corrected_on, before.decisions[0].corrected_on, before.consultations[0].corrected_on]
    assert days == [None, None, None]  # a first answer corrects nothing
    corrected(made.decision, title="Rätt namn", why="Fel namn i protokollet")
    answered(made.consultation)
    (after,) = showing.published_motions()
    day = timezone.localdate()
    assert (after.decisions[0].corrected_on, after.consultations[0].corrected_on) == (day, day)
    assert after.corrected_on is None and showing.published_decisions()[0].corrected_on == day
    assert "Fel namn" not in repr(after) and "Beslut om motionen" not in repr(after)
    Decision.objects.update(published_on=date(2999, 1, 1))  # put right before anyone outside could read it
    assert showing.published_decisions()[0].corrected_on is None

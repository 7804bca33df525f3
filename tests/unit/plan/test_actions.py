"""Who enters, plans, reviews and publishes, what each refuses, and that nothing is kept of what was refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.people.models import RoleHeld, User
from klarsyn.plan.history import lines
from klarsyn.plan.models import ActionPlan, Change, Measure, Motion, Review
from klarsyn.plan.motions import planning, publishing, registering, reviewing
from tests.people import person
from tests.unit.plan.made import whole

TODAY = date(2026, 11, 26)
MOTION: dict[str, Any] = {
    "title": "Ny motion", "registry_number": "KS 2026/3", "handed_in_on": date(2026, 1, 8), "text": "Text",
    "handed_in_by": "Ledamot (X)", "source": "Källan", "source_address": "", "demands": "att ett\n\n att två ",
}  # fmt: skip
MEASURE: dict[str, Any] = {
    "title": "Ny åtgärd", "what": "Detta", "demands": [], "responsible_unit": "Öster", "weight": 1, "cost": None,
    "starts_on": date(2026, 1, 1), "due_on": date(2026, 2, 1), "funding": "", "funding_ends_on": None,
    "indicator": "", "indicator_cell": "", "direction": "", "baseline_year": None,
    "target": None, "target_year": None,
}  # fmt: skip
pytestmark = pytest.mark.django_db


def having(name: str, role: str, unit: str = "") -> User:
    """Somebody of the cast with one more role."""
    RoleHeld.objects.create(user=person(name), role=role, unit=unit)
    return person(name)


@pytest.fixture
def registrar() -> User:
    return person("lars")


@pytest.fixture
def keeper() -> User:
    return person("petra")


@pytest.fixture
def head() -> User:
    return having("disa", "plan_reporter", "Öster")


def test_a_registrar_enters_a_motion_with_its_demands_and_rewords_one(registrar: User) -> None:
    motion = registering.enter_motion(**MOTION, by=registrar, today=TODAY)
    assert [str(one) for one in motion.demands.all()] == ["1. att ett", "2. att två"]
    assert motion.slug == "ny-motion" and AuditEvent.objects.filter(action="plan.enter_motion").count() == 1
    again = MOTION | {"demands": "att ett\natt två görs\natt tre", "why": "Skrivfel"}
    registering.change_motion(motion=motion, **again, by=registrar, today=TODAY)
    told = [(one.field, one.was, one.became) for one in lines(motion)]
    assert told == [
        ("demand", "", "3. att tre"),
        ("demand", "2. att två", "2. att två görs"),
        ("made", "", "Ny motion"),
    ]
    with pytest.raises(Refused, match="tas bort"):
        registering.change_motion(motion=motion, **MOTION, why="x", by=registrar, today=TODAY)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"handed_in_on": date(2026, 11, 27)}, "inte varit"), ({"demands": "\n "}, "minst en"),
        ({"demands": "x" * 1001}, "1 000"), ({"text": "Ring 070-123 45 67"}, "telefonnummer"),
        ({"demands": "att 19900101-0017 får stöd"}, "personnummer"), ({"title": "\u200f "}, "tomt"),
        ({"registry_number": "19900101-0017"}, "Diarienummer"), ({"source": "a@example.org"}, "e-postadress"),
    ],
)  # fmt: skip
def test_a_motion_that_must_not_be_is_refused_and_nothing_is_kept(registrar: User, wrong, said: str) -> None:
    with pytest.raises(Refused, match=said):
        registering.enter_motion(**(MOTION | wrong), by=registrar, today=TODAY)
    assert not Motion.objects.exists() and not Change.objects.exists()


def test_twice_the_same_motion_is_refused_and_another_gets_its_own_address(registrar: User) -> None:
    registering.enter_motion(**MOTION, by=registrar, today=TODAY)
    with pytest.raises(Refused, match="finns redan"):
        registering.enter_motion(**MOTION, by=registrar, today=TODAY)
    other = registering.enter_motion(
        **(MOTION | {"handed_in_on": date(2026, 2, 8)}), by=registrar, today=TODAY
    )
    assert other.slug == "ny-motion-2"


def test_consultation_answer_and_decision_come_in_order(registrar: User) -> None:
    motion = registering.enter_motion(**MOTION, by=registrar, today=TODAY)
    asked = registering.send(
        motion=motion, sent_to="Nämnden", sent_on=date(2026, 2, 1), due_on=date(2026, 5, 1), by=registrar, today=TODAY
    )  # fmt: skip
    with pytest.raises(Refused, match="före remissen"):
        registering.answer(
            consultation=asked, answer="Ja", answered_on=date(2026, 1, 1), by=registrar, today=TODAY
        )
    registering.answer(
        consultation=asked, answer="Ja", answered_on=date(2026, 4, 1), by=registrar, today=TODAY
    )
    told: dict[str, Any] = {
        "title": "Beslut", "body": "board", "board": "", "registry_number": "KS 1", "wording": "Bifalls",
        "decided_on": date(2026, 6, 1), "source": "Protokoll", "source_address": "",
    }  # fmt: skip
    first, _second = motion.demands.all()
    with pytest.raises(Refused, match="vilken nämnd"):
        registering.decide(motion=motion, **told, outcomes={}, by=registrar, today=TODAY)
    told["board"] = "Socialnämnden"
    said = {first: ("partly", "Som försök")}
    made = registering.decide(motion=motion, **told, outcomes=said, by=registrar, today=TODAY)
    assert made.by_whom == "Socialnämnden" and [o.wording for o in made.outcomes.all()] == ["Som försök"]


def test_a_keeper_makes_plans_without_circles(keeper: User) -> None:
    days: dict[str, Any] = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31), "adopted_by": None}
    one = planning.make_plan(title="Ett", **days, supersedes=None, by=keeper, today=TODAY)
    two = planning.make_plan(title="Två", **days, supersedes=one, by=keeper, today=TODAY)
    with pytest.raises(Refused, match="ersätter den redan"):
        planning.make_plan(title="Tre", **days, supersedes=one, by=keeper, today=TODAY)
    with pytest.raises(Refused, match="ersätta sig"):
        planning.change_plan(plan=one, title="Ett", **days, supersedes=two, why="x", by=keeper, today=TODAY)
    planning.change_plan(plan=two, title="Två", **days, supersedes=one, why="samma", by=keeper, today=TODAY)
    assert ActionPlan.objects.count() == 2 and [c.field for c in lines(two)] == ["made"]


def test_a_measure_may_be_due_in_the_past_and_a_target_is_whole_or_nothing(keeper: User) -> None:
    plan = whole().plan
    measure = planning.make_measure(plan=plan, **MEASURE, by=keeper, today=TODAY)
    planning.change_measure(
        measure=measure, **(MEASURE | {"weight": 4, "demands": []}), why="Viktigare", by=keeper, today=TODAY
    )
    assert next((c.field, c.was, c.became, c.why) for c in lines(measure)) == (
        "weight",
        "1.000",
        "4",
        "Viktigare",
    )
    for wrong in (
        {"target": 3},
        {"target": 3, "target_year": 2028},
        {"baseline_year": 2024},
        {"due_on": date(2025, 1, 1)},
    ):
        with pytest.raises(Refused, match="sparat"):
            planning.make_measure(plan=plan, **(MEASURE | wrong), by=keeper, today=TODAY)


def review(measure: Measure, by: User, **words: Any) -> Review:
    told: dict[str, Any] = {
        "state": "running",
        "came_of_it": "Det går.",
        "reason_late": "",
        "next_review_on": None,
    }
    return reviewing.review(measure=measure, **(told | words), by=by, today=TODAY)


def test_a_head_of_the_unit_reviews_and_a_late_measure_needs_its_reason(head: User) -> None:
    measure = whole(unit="Öster").measure  # a milestone of September is open
    with pytest.raises(Refused, match="försenad"):
        review(measure, head)
    with pytest.raises(Refused, match="Delmål"):
        review(measure, head, state="done", reason_late="Väntar")
    with pytest.raises(Refused, match="antal människor"):
        review(measure, head, reason_late="Väntar på lokal.", came_of_it="Tre kvinnor har kommit.")
    made = review(measure, head, reason_late="Väntar på lokal.")
    assert made.was_late and made.by_unit == "Öster" and not made.is_published
    reviewing.tick(measure=measure, milestone=measure.milestones.get(done_on=None), by=head, today=TODAY)
    review(measure, head, state="done")
    measure.refresh_from_db()
    assert measure.state == "done"
    assert next((c.field, c.was, c.became) for c in lines(measure)) == ("state", "running", "done")
    with pytest.raises(Refused, match="avslutad"):
        reviewing.tick(measure=measure, milestone=measure.milestones.first(), by=head, today=TODAY)


def test_only_who_may_does(registrar: User, keeper: User, head: User) -> None:
    made, lines_before = whole(unit="Väster"), Change.objects.count()
    refused = [
        lambda: review(made.measure, head, reason_late="x"), lambda: review(made.measure, keeper, reason_late="x"),
        lambda: registering.enter_motion(**MOTION, by=keeper, today=TODAY),
        lambda: planning.make_measure(plan=made.plan, **MEASURE, by=registrar, today=TODAY),
        lambda: reviewing.tick(measure=made.measure, milestone=made.measure.milestones.first(), by=head, today=TODAY),
        lambda: publishing.publish(row=made.motion, by=registrar, today=TODAY),
    ]  # fmt: skip
    for act in refused:
        with pytest.raises(Refused, match="Bara"):
            act()
    assert Change.objects.count() == lines_before


def test_what_is_published_can_be_hidden_again_and_both_stand_in_the_history(keeper: User) -> None:
    made = whole()
    publishing.publish(row=made.motion, by=keeper, today=TODAY)
    with pytest.raises(Refused, match="redan"):
        publishing.publish(row=made.motion, by=keeper, today=TODAY)
    publishing.hide(row=made.motion, by=keeper, today=TODAY)
    assert [(c.was, c.became) for c in lines(made.motion)] == [("2026-11-26", ""), ("", "2026-11-26")]

"""The year's rows: what the keeper enters counts from then on and stays in the history; reminders follow the days."""

from __future__ import annotations

from datetime import date

import pytest

from klarsyn.base.errors import Refused
from klarsyn.plan.demo_year import ensure_demo_year_wheel
from klarsyn.plan.frame import actions as frame
from klarsyn.plan.frame import queries as law
from klarsyn.plan.frame import reminding as of_law
from klarsyn.plan.frame.policy import PointState
from klarsyn.plan.models import CouncilEvening, LawNote, RoutineEvent, StageDone
from klarsyn.plan.routines import actions as routines
from klarsyn.plan.routines import queries as register
from klarsyn.plan.routines import reminding as of_routines
from klarsyn.plan.wheel import actions, queries, reminding
from klarsyn.plan.wheel.policy import Stage, StageState
from tests.people import person
from tests.unit.plan.made import whole

TODAY = date(2026, 7, 1)
EVENING = date(2026, 5, 27)


@pytest.fixture
def petra(db):
    return person("petra")


@pytest.fixture
def clock(monkeypatch):
    """`clock(day)`: what the desk takes for today."""

    def at(day: date) -> None:
        for module in (reminding, of_law, of_routines):
            monkeypatch.setattr(f"{module.__name__}.timezone.localdate", lambda: day)

    return at


def states(today: date) -> dict[Stage, StageState]:
    return {one.stage: one.state for one in queries.wheel(2026, today).stages}


def held(by, on: date | None = EVENING, words: str = "Protokollet") -> StageDone:
    return actions.say_done(
        year=2026, stage=Stage.PRESENT, on=on, words=words, document="KS 2026/9", by=by, today=TODAY
    )


def set_evening(by, on: date | None = EVENING, why: str = "") -> CouncilEvening:
    return actions.set_evening(year=2026, on=on, mapping_year=2025, why=why, by=by, today=TODAY)


def test_the_newest_row_counts_and_the_older_stay(petra) -> None:
    set_evening(petra, date(2026, 6, 10))
    set_evening(petra)
    assert queries.evening_of(2026).on == EVENING
    words = {"responsible": "Kansliet", "why": "Sen statistik", "by": petra, "today": TODAY}
    days = {"starts_on": date(2026, 2, 1), "due_on": date(2026, 7, 15)}
    actions.set_dates(year=2026, stage=Stage.COLLECT, **days, **words)
    span = queries.wheel(2026, TODAY).stages[0].span
    assert (span.due_on, span.responsible, span.is_own) == (date(2026, 7, 15), "Kansliet", True)
    assert [line.what for line in queries.history(2026)].count("evening") == 2
    assert len(queries.history(2026)) == 3


def test_decisions_and_reviews_of_the_plan_are_seen(petra) -> None:
    set_evening(petra)
    made = whole()
    held(petra)
    assert states(TODAY)[Stage.DECIDE] is StageState.DONE  # on 1 June, by the council
    assert states(TODAY)[Stage.FOLLOW_UP] is StageState.DONE  # the one that runs was reviewed that day
    made.decision.body = "board"
    made.decision.save()
    assert states(TODAY)[Stage.DECIDE] is StageState.IN_PROGRESS


def test_what_was_said_is_taken_back_by_a_newer_line(petra) -> None:
    set_evening(petra)
    held(petra)
    held(petra, None, "Ärendet bordlades")
    assert states(TODAY)[Stage.PRESENT] is StageState.CANNOT_TELL
    assert StageDone.objects.count() == 2


def test_the_desk_reminds_on_the_day_and_is_quiet_when_done(petra, clock) -> None:
    clock(date(2026, 5, 1))
    assert "har ingen dag än" in next(reminding.reminders(petra)).text
    set_evening(petra)
    clock(date(2026, 5, 19))
    before = [one.text for one in reminding.reminders(petra)]
    assert not any("Presentera" in text for text in before)
    clock(date(2026, 5, 20))
    assert any("Presentera" in one.text and not one.is_late for one in reminding.reminders(petra))
    clock(TODAY)
    assert any("Presentera" in one.text and one.is_late for one in reminding.reminders(petra))
    held(petra)
    assert not any("Presentera" in one.text for one in reminding.reminders(petra))


def test_a_role_sees_its_own_stages_and_others_nothing(petra, clock) -> None:
    set_evening(petra)
    clock(TODAY)
    cilla = [one.text for one in reminding.reminders(person("cilla"))]
    assert cilla and all("Kontrollera" in text for text in cilla)
    assert list(reminding.reminders(person("hugo"))) == []


@pytest.mark.parametrize("bad", ["191212121212", "ring 070-174 06 05", "a@b.se"])
def test_a_text_that_points_out_a_person_is_refused_and_nothing_is_kept(petra, bad: str) -> None:
    for act in (lambda: held(petra, words=bad), lambda: set_evening(petra, why=bad)):
        with pytest.raises(Refused, match="Inget är sparat"):
            act()
    assert not StageDone.objects.exists() and not CouncilEvening.objects.exists()


def test_who_may_not_changes_nothing(petra) -> None:
    with pytest.raises(Refused):
        held(person("greta"))
    with pytest.raises(Refused):
        frame.note(
            point="council",
            holds=True,
            words="x",
            document="",
            dated_on=TODAY,
            by=person("greta"),
            today=TODAY,
        )
    assert not StageDone.objects.exists() and not LawNote.objects.exists()


def point(key: str, today: date = TODAY):
    return next(one for one in law.points(today) if one.point.key == key)


def test_the_law_is_filled_from_the_plan_and_from_notes(petra, clock) -> None:
    assert point("action_plan").state is PointState.MISSING
    whole()
    assert (point("action_plan").since, point("update").due_on) == (date(2026, 6, 1), date(2028, 6, 1))
    clock(date(2028, 6, 2))
    assert [one.is_late for one in of_law.reminders(petra)] == [True]
    set_evening(petra)
    held(petra)
    assert point("council_reports").since == EVENING
    note = {"point": "council", "document": "", "dated_on": TODAY, "by": petra, "today": TODAY}
    frame.note(holds=True, words="Rådet finns", **note)
    assert point("council").state is PointState.THERE
    frame.note(holds=False, words="Rådet är nedlagt", **note)
    assert point("council").state is PointState.MISSING
    assert len(law.history()) == 2


def test_a_routine_keeps_its_history_and_is_late_on_the_desk(petra, clock) -> None:
    words = {"name": "Rutin", "office": "Kontoret", "document": "KS 1", "by": petra, "today": TODAY}
    kept = routines.enter(every_months=12, reviewed_on=date(2025, 6, 30), **words)
    clock(TODAY)
    assert [one.is_late for one in of_routines.reminders(petra)] == [True]
    routines.review(routine=kept, on=TODAY, words="Inget ändrades", by=petra, today=TODAY)
    assert list(of_routines.reminders(petra)) == []
    routines.change(routine=kept, every_months=6, **words)
    assert register.one(kept.__class__.objects.get(pk=kept.pk), TODAY).due_on == date(2027, 1, 1)
    with pytest.raises(Refused, match="annorlunda"):
        routines.change(routine=kept, every_months=6, **words)
    with pytest.raises(Refused, match="senare dag"):
        routines.review(routine=kept, on=date(2026, 1, 1), words="", by=petra, today=TODAY)
    routines.end(routine=kept, words="Ersatt", by=petra, today=TODAY)
    assert register.register(TODAY) == []
    kinds = list(RoutineEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["entered", "reviewed", "reviewed", "changed", "ended"]
    assert "12 → 6" in RoutineEvent.objects.get(kind="changed").words


def test_the_demonstration_is_invented_and_made_once(petra, settings) -> None:
    settings.DEMO = True
    assert ensure_demo_year_wheel() > 0
    assert ensure_demo_year_wheel() == 0
    assert CouncilEvening.objects.get().is_invented and LawNote.objects.get().is_invented

"""Nothing unpublished leaves, by whatever row it hangs on; and history is only added to."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from klarsyn.plan.history import change, lines, note
from klarsyn.plan.models import AppendOnly, Change
from klarsyn.plan.motions import showing
from tests.people import person
from tests.unit.plan.made import whole

TODAY, OUT = date(2026, 11, 26), date(2026, 6, 2)
pytestmark = pytest.mark.django_db


def test_a_motion_is_followed_from_demand_to_measure() -> None:
    made = whole(published_on=OUT)
    (motion,) = showing.published_motions()
    assert showing.published_motion("en-motion") == motion
    first, second = motion.demands
    assert [o.words for o in first.outcomes] == ["bifallen"] and first.measures == ("mottagning",)
    assert second.outcomes == () and second.measures == ()
    (plan,) = showing.published_plans(TODAY)
    assert plan.progress == 37  # 3/4 of a half, rounded down
    assert plan.decision == motion.decisions[0]
    one, two = plan.measures
    assert (one.weight_percent, two.weight_percent) == (75, 25)
    assert one.is_late and [m.is_late for m in one.milestones] == [False, True]
    assert one.reviews[0].came_of_it == "Lokalen finns." and one.demands == (made.demands[0].pk,)
    assert showing.published_measure("mottagning", TODAY) == one


def _seen() -> str:
    return repr(
        [showing.published_motions(), showing.published_decisions(), showing.published_plans(TODAY),
         showing.published_measures(TODAY), showing.published_measure("mottagning", TODAY)]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "gone", "left"),
    [
        ("motion", ["att 1 görs", "KS 2026/12", "Socialnämnden"], "Lokalen finns."),
        ("consultation", ["Socialnämnden"], "KS 2026/12"),
        ("decision", ["KS 2026/12", "bifallen"], "att 1 görs"),
        ("plan", ["'Planen'", "Mottagning", "Lokalen finns."], "KS 2026/12"),
        ("measure", ["Mottagning", "mottagning'", "Lokalen finns."], "Utbildning"),
        ("review", ["Lokalen finns."], "Mottagning"),
    ],
)
def test_what_is_not_published_is_seen_nowhere(row: str, gone: list[str], left: str) -> None:
    made = whole(published_on=OUT)
    one = getattr(made, row)
    assert all(text in _seen() for text in gone)
    one.published_on = None
    one.save()
    assert [text for text in gone if text in _seen()] == [] and left in _seen()


def test_a_history_is_added_to_and_never_touched(monkeypatch) -> None:
    made, disa = whole(published_on=OUT), person("disa")
    assert change(made.measure, {"due_on": TODAY, "title": "Mottagning"}, by=disa, why="nämnden") == [
        "due_on"
    ]
    (line,) = lines(made.measure)
    assert (line.field, line.was, line.became, line.why) == ("due_on", "2026-12-31", "2026-11-26", "nämnden")
    for touch in (line.save, line.delete, Change.objects.all().delete, lambda: Change.objects.update(why="")):
        with pytest.raises(AppendOnly):
            touch()


def test_what_changed_before_it_was_published_and_by_whom_stays_inside(monkeypatch) -> None:
    made, disa = whole(published_on=OUT), person("disa")
    for day, field in ((date(2026, 6, 1), "due_on"), (OUT, "state"), (OUT, "weight")):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        monkeypatch.setattr("klarsyn.plan.history.timezone.now", lambda at=at: at)
        note(made.measure, field, "förr", "nu", by=disa, why="inre skäl")
    told = showing.published_measure("mottagning", TODAY)
    assert told is not None and [c.field for c in told.changes] == ["state"]
    assert "inre skäl" not in repr(told) and disa.name not in repr(told)


def test_the_database_refuses_what_must_not_be() -> None:
    made = whole()
    wrong = [
        (made.measure, {"due_on": date(2020, 1, 1)}), (made.measure, {"weight": -1}),
        (made.plan, {"ends_on": date(2020, 1, 1)}), (made.plan, {"supersedes": made.plan}),
        (made.review, {"was_late": True}), (made.consultation, {"answer": "utan dag"}),
    ]  # fmt: skip
    for row, values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**values)

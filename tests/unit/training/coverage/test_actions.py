"""Units: who may do what with them, what a head then reads, and that nothing of it is a score."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.people.actions import give_role
from klarsyn.training.coverage import actions, queries
from klarsyn.training.coverage.policy import DueState
from klarsyn.training.coverage.reminding import reminders
from klarsyn.training.coverage.table import written
from klarsyn.training.models import Arrival, Assignment, Learner, Unit
from tests.people import person
from tests.unit.training.units import DAY, TODAY, by_link, course, has_done, trainer, unit, works

pytestmark = pytest.mark.django_db


def test_a_head_reads_who_has_done_what_and_counts_those_by_link() -> None:
    east, key = unit(), course()
    actions.assign(unit=east, course=key, due_on=TODAY, by=person("greta"), today=TODAY)
    has_done(works(east, "disa"), key)
    has_done(works(east, "elis"), key, on=TODAY - 800 * DAY, until=TODAY - DAY)
    works(east, "hugo")
    has_done(by_link(east), key)
    has_done(by_link(east, "b" * 64), key, until=TODAY + DAY)
    actions.state_size(unit=east, size=9, by=person("greta"), today=TODAY)
    east.refresh_from_db()
    (found,) = queries.coverage(east, TODAY)
    assert [(p.name, p.standing) for p in found.people] == [
        ("Elis Demo", DueState.EXPIRED), ("Hugo Demo", DueState.DUE), ("Disa Demo", DueState.DONE),
    ]  # fmt: skip
    assert (found.by_link, found.by_link_expired, found.holding, found.unknown) == (2, 0, 3, 4)
    (later,) = queries.coverage(east, TODAY + 2 * DAY)
    assert [p.standing for p in later.people][1] is DueState.OVERDUE and later.by_link_expired == 1


def test_a_part_is_asked_what_the_whole_is_and_by_the_earlier_day() -> None:
    whole, key = unit("Hela"), course()
    part = unit("Delen", head="mona", parent=whole)
    actions.assign(unit=whole, course=key, due_on=TODAY + 30 * DAY, by=person("greta"), today=TODAY)
    actions.assign(unit=part, course=key, due_on=TODAY + 9 * DAY, by=person("mona"), today=TODAY)
    works(part, "disa")
    (found,) = queries.coverage(part, TODAY)
    assert found.people[0].due == TODAY + 9 * DAY
    assert [m.due for m in queries.asked_of_me(person("disa"), TODAY)] == [TODAY + 9 * DAY]
    with pytest.raises(Refused, match="någon annanstans"):
        actions.withdraw(assignment=whole.assignments.get(), unit=part, by=person("mona"), today=TODAY)


def test_a_desk_of_many_units_asks_the_database_no_more_than_one_of_one(django_assert_num_queries) -> None:
    whole, key = unit("Hela"), course()
    actions.assign(unit=whole, course=key, due_on=TODAY, by=person("greta"), today=TODAY)
    has_done(works(whole, "disa"), key)
    greta = person("greta")
    assert len(list(reminders(greta))) == 1  # and her roles are read
    with CaptureQueriesContext(connection) as of_one:
        list(reminders(greta))
    for name, at in (("elis", unit("Del 1", parent=whole)), ("hugo", unit("Del 2", parent=whole))):
        works(at, name)
        has_done(by_link(at, name[0] * 64), key)
    with django_assert_num_queries(len(of_one)):
        told = [one.text for one in reminders(greta)]
    assert len(told) == 3 and len(of_one) <= 8
    (first,), (second,) = (queries.coverage(at, TODAY) for at in Unit.objects.filter(parent=whole))
    assert [p.name for p in first.people] == ["Elis Demo"] and [p.name for p in second.people] == [
        "Hugo Demo"
    ]
    assert first.by_link == second.by_link == 1


def test_a_role_is_asked_by_a_trainer_alone() -> None:
    key, due = course(), TODAY + DAY
    with pytest.raises(Refused, match="utbildare"):
        actions.assign(role="analyst", course=key, due_on=due, by=person("greta"), today=TODAY)
    asked = actions.assign(role="analyst", course=key, due_on=due, by=trainer(), today=TODAY)
    assert [m.standing for m in queries.asked_of_me(person("disa"), TODAY)] == [DueState.DUE]
    assert queries.asked_of_me(person("elis"), TODAY) == ()
    actions.withdraw(assignment=asked, by=trainer(), today=TODAY)
    assert queries.asked_of_me(person("disa"), TODAY) == ()
    with pytest.raises(Refused, match="redan tillbakatagen"):
        actions.withdraw(assignment=asked, by=trainer(), today=TODAY)


@pytest.mark.parametrize("name", ["mona", "disa", "tyra"])
def test_nobody_but_the_head_does_what_a_head_does(name: str) -> None:
    east, other = unit(), unit("Väster", head="mona")
    learner = works(east, "disa")
    by = trainer() if name == "tyra" else person(name)
    tries = (
        lambda: actions.assign(unit=east, course=course(), due_on=TODAY, by=by, today=TODAY),
        lambda: actions.take_in(unit=east, username="elis", by=by, today=TODAY),
        lambda: actions.take_out(unit=east, learner=learner, by=by),
        lambda: actions.state_size(unit=east, size=1, by=by, today=TODAY),
    )
    for one in tries:
        with pytest.raises(Refused, match="enhetens chef"):
            one()
    assert Assignment.objects.count() == 0 and other.learners.count() == 0 and east.learners.count() == 1


def test_who_leaves_takes_what_they_have_done_along() -> None:
    east, west, key = unit(), unit("Väster", head="mona"), course()
    learner = works(east, "disa")
    has_done(learner, key)
    with pytest.raises(Refused, match="annan enhet"):
        works(west, "disa")
    actions.take_out(unit=east, learner=learner, by=person("greta"))
    assert not Arrival.objects.filter(learner=learner).exists()
    works(west, "disa", since=TODAY + DAY)
    actions.assign(unit=west, course=key, due_on=TODAY, by=person("mona"), today=TODAY)
    (found,) = queries.coverage(west, TODAY)
    assert found.people[0].standing is DueState.DONE and east.learners.count() == 0


def test_an_ended_unit_asks_nothing_and_its_name_may_be_taken() -> None:
    east = unit()
    part = unit("Delen", parent=east)
    actions.assign(unit=east, course=course(), due_on=TODAY, by=person("greta"), today=TODAY)
    works(east, "disa")
    with pytest.raises(Refused, match="delar kvar"):
        actions.end_unit(unit=east, by=trainer(), today=TODAY)
    for one in (part, east):
        actions.end_unit(unit=one, by=trainer(), today=TODAY)
    assert queries.asked_of_me(person("disa"), TODAY) == ()
    assert not actions.leads(person("greta"), east)
    works(unit("öster", head="mona"), "disa")


def test_the_desk_says_what_is_late_first_and_heads_read_no_name_there() -> None:
    east, key = unit(), course()
    actions.assign(unit=east, course=key, due_on=TODAY - 0 * DAY, by=person("greta"), today=TODAY)
    works(east, "disa")
    Assignment.objects.update(due_on=TODAY - 400 * DAY, assigned_on=TODAY - 500 * DAY)
    Arrival.objects.update(came_on=TODAY - 500 * DAY)
    (mine,) = reminders(person("disa"))
    assert mine.is_late and "skulle ha varit klar" in mine.text
    (told,) = reminders(person("greta"))
    assert told.is_late and told.text == "Öster: 1 kurs är försenad" and "Disa" not in told.text


def test_the_file_has_each_person_and_reads_no_formula() -> None:
    east, key = unit("=Öster"), course()
    actions.assign(unit=east, course=key, due_on=TODAY, by=person("greta"), today=TODAY)
    has_done(works(east, "disa"), key)
    has_done(by_link(east), key)
    lines = written(east, queries.coverage(east, TODAY)).decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[1].startswith("'=Öster;") and ";Disa Demo;har gått kursen;" in lines[1]
    assert ";utan konto, har gått;1;" in lines[2]


@pytest.mark.parametrize("words", [{"unit": None, "role": ""}, {"role": "analyst"}])
def test_an_assignment_is_of_a_unit_or_of_a_role(words: dict) -> None:
    row = {
        "unit": unit(),
        "course": "x",
        "due_on": TODAY,
        "assigned_on": TODAY,
        "assigned_by": person("greta"),
        **words,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(**row)


def test_every_act_leaves_a_line_without_a_name() -> None:
    east = unit()
    give_role(user=person("elis"), role="trainer")
    learner = works(east, "disa")
    actions.take_out(unit=east, learner=learner, by=person("greta"))
    lines = AuditEvent.objects.filter(action__startswith="unit.").values_list("action", "actor", "object")
    assert [action for action, _by, _of in lines] == [
        "unit.make",
        "unit.heads",
        "unit.take_in",
        "unit.take_out",
    ]
    assert all(by.startswith("p-") and of == f"unit-{east.pk}" for _action, by, of in lines)
    assert Learner.objects.get(pk=learner.pk).unit is None

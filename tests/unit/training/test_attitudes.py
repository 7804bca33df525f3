"""A survey from its first answer to its counts: what is kept, what is refused, what may be seen when."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.training.attitudes import actions, ending, results
from klarsyn.training.attitudes.actions import Answered, NotAsked
from klarsyn.training.attitudes.counted import moved
from klarsyn.training.models import AttitudeAnswer, AttitudeCount, AttitudeSurvey
from tests.people import person
from tests.unit.training.surveys import DAY, answered, basics, code, on, survey


def whole(people: int = 12, later: int = 11) -> AttitudeSurvey:
    one = survey()
    answered(one, "before", range(people))
    on(one, "before")
    answered(one, "after", range(later))
    answered(one, "after", range(50, 53))
    return on(one, "after")


def test_nothing_is_shown_while_a_time_takes_answers(db) -> None:
    one = survey()
    answered(one, "before", range(12))
    assert results.comparisons(one, DAY) == ()
    one = on(one, "before")
    answered(one, "after", range(12))
    assert results.comparisons(one, DAY) == ()
    assert [c.stage for c in results.comparisons(on(one, "after"), DAY)] == ["after"]


def test_what_changed_with_who_left_beside_it(db) -> None:
    (found,) = results.comparisons(whole(), DAY)
    assert found.stayed and (found.stayed.stayed, found.stayed.asked, found.unmatched) == (11, 12, 3)
    assert found.index is None and found.before  # all moved alike: no spread, and no number is made up
    for one in found.attitudes:
        assert one.change and one.value == 1 and "no_control_group" in one.change.warnings
    assert all(one.change and one.value == pytest.approx(5 / 11) for one in found.knowledge)


def test_the_same_is_seen_when_it_is_closed_and_no_answer_is_left(db) -> None:
    one = whole()
    before = results.comparisons(one, DAY)
    answered(one, "later", range(4))
    one = on(one, "later")
    assert not AttitudeAnswer.objects.exists() and one.closed_on == DAY
    first, second = results.comparisons(one, DAY)
    assert (first,) == before
    assert second.stayed is None and second.attitudes == ()  # four pairs: nothing, to anybody


def test_what_nobody_closes_closes_by_itself_on_its_day_with_the_times_that_were_asked(db) -> None:
    one = survey()
    answered(one, "before", range(14))
    one = on(one, "before")
    answered(one, "after", range(12))
    last = ending.closes_on(one, DAY)
    assert (last - DAY).days == 365 and ending.close_forgotten(last - timedelta(days=1)) == 0
    assert ending.close_forgotten(last) == 1 and ending.close_forgotten(last) == 0
    one.refresh_from_db()
    assert one.stage == "closed" and one.closed_on == last and not AttitudeAnswer.objects.exists()
    assert set(AttitudeCount.objects.values_list("stage", flat=True)) == {
        "after"
    }  # the later was never reached
    assert AuditEvent.objects.filter(action="attitude.close", actor="klarsyn").count() == 1


def test_answers_go_on_the_day_even_when_the_items_are_not_those_that_were_asked(db) -> None:
    one = survey()
    answered(one, "before", range(3))
    AttitudeSurvey.objects.update(version="0")
    assert ending.close_forgotten(ending.closes_on(one, DAY)) == 1
    assert not AttitudeAnswer.objects.exists() and not AttitudeCount.objects.exists()


def test_too_few_pairs_show_nothing(db) -> None:
    (found,) = results.comparisons(whole(later=9), DAY)
    assert (found.stayed, found.unmatched, found.index, found.attitudes) == (None, 0, None, ())


def test_only_the_keyed_hash_is_kept_and_differs_from_survey_to_survey(db) -> None:
    one, other = survey(), survey("En till")
    for each in (one, other):
        answered(each, "before", range(1))
    rows = list(AttitudeAnswer.objects.values())
    assert len({row["tag"] for row in rows}) == 2 and all(len(row["tag"]) == 64 for row in rows)
    assert code(0) not in str(rows) and all(row["month"].day == 1 for row in rows)
    assert not AuditEvent.objects.filter(action__startswith="attitude.answer").exists()


def test_the_same_code_twice_is_told_and_the_first_answer_stays(db) -> None:
    one = survey()
    answered(one, "before", range(1))
    kept = AttitudeAnswer.objects.get().answers
    with pytest.raises(Answered, match="redan svarat"), transaction.atomic():
        answered(one, "before", range(1), {"anyone": 5})
    assert AttitudeAnswer.objects.get().answers == kept
    on(one, "before")
    answered(one, "after", range(1))


def test_another_time_than_the_one_asked_for_is_refused(db) -> None:
    one = survey()
    for stage in ("after", "later", "closed", ""):
        with pytest.raises(NotAsked):
            actions.answer(survey=one, stage=stage, typed_code=code(1), answers={}, today=DAY)
    on(one, "before")
    with pytest.raises(Refused, match="redan gått vidare"):
        on(one, "before")


def test_other_items_are_never_compared(db) -> None:
    one = whole()
    changed = AttitudeSurvey.objects.get(pk=one.pk)
    changed.fingerprint = "0" * 64
    changed.save()
    for refused in (
        lambda: results.comparisons(changed, DAY), lambda: answered(changed, "later", range(1)), lambda: on(changed, "later"),
    ):  # fmt: skip
        with pytest.raises(Refused, match="Frågorna har ändrats"):
            refused()
    assert AttitudeAnswer.objects.exists() and not AttitudeCount.objects.exists()


def test_answers_to_other_items_than_the_surveys_are_left_out(db) -> None:
    one = whole()
    AttitudeAnswer.objects.filter(stage="before").update(fingerprint="0" * 64)
    assert results.comparisons(one, DAY)[0].stayed is None


def test_a_full_survey_says_so(db, monkeypatch) -> None:
    monkeypatch.setattr(actions, "limit", lambda what, on: 1)
    one = survey()
    answered(one, "before", range(1))
    with pytest.raises(Refused, match="fler svar"):
        answered(one, "before", range(1, 2))


def test_counts_of_how_the_sum_moved_hold_everybody_who_was_asked(db) -> None:
    one = whole()
    given = {i.id: 3 for i in basics().of("attitude")}
    answered(one, "later", range(3))
    answered(one, "later", range(3, 5), given | {"anyone": 1, "can-ask": 1})
    answered(one, "later", range(5, 6), {"anyone": 5})
    assert moved(DAY.year) == {}  # nothing of a survey that is open
    on(one, "later")
    AttitudeSurvey.objects.update(is_invented=settings.DEMO)
    found = moved(DAY.year)
    assert {band: n for (point, band), n in found.items() if point == "after"} == {"nearer": 11, "gone": 1}
    at_last = {band: n for (point, band), n in found.items() if point == "month3"}
    assert at_last == {"nearer": 5, "partial": 1, "gone": 6}
    AttitudeSurvey.objects.update(is_invented=not settings.DEMO)
    assert moved(DAY.year) == {} == moved(DAY.year - 1)


def test_only_a_trainer_makes_and_moves(db) -> None:
    one = survey()
    for who in ("disa", "greta", "alva"):
        with pytest.raises(Refused, match="får inte"):
            actions.make_survey(name="x", items=basics(), by=person(who), today=DAY)
        with pytest.raises(Refused, match="får inte"):
            actions.move_on(survey=one, stage="before", by=person(who), today=DAY)

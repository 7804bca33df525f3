"""The counsellor's day, and the turns of a case: who is responsible, what is due, closed, sealed, protected."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import Http404
from django.utils import timezone

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import access, caseload
from klarsyn.cases.card import Level, Track
from klarsyn.cases.models import Case, CaseState, Compartment, KeyWrap
from klarsyn.people.models import RoleHeld, User
from klarsyn.people.permissions import Permission
from tests.unit.cases.conftest import Mika, decide
from tests.unit.cases.operations import Who

TODAY, DAY = timezone.localdate(), timedelta(days=1)


@pytest.fixture
def alva(mika: Mika) -> Who:
    return _counsellor(mika, mika.alva, mika.hers)


@pytest.fixture
def cilla(mika: Mika) -> Who:
    return _counsellor(mika, mika.cilla, mika.cillas)


def _counsellor(mika: Mika, user: User, keys) -> Who:
    RoleHeld.objects.create(user=user, role="mika_counsellor", team=mika.team)
    return Who(User.objects.get(pk=user.pk), keys)


def take_in(who: Who, mika: Mika, title: str = "Boende", track: Track = Track.OPEN, **more) -> UUID:
    _found, searched = caseload.search_first(who.user, who.keys, mika.team, title)
    words = {"data": {}, "event_day": TODAY, "searched": searched} | more
    return caseload.take_in(who.user, who.keys, mika.team, title=title, track=track, **words)


def load(who: Who, mika: Mika) -> caseload.Caseload:
    found = caseload.caseload(who.user, who.keys, mika.team, TODAY)
    assert found is not None
    return found


def read(who: Who, case: UUID):
    return access.read_case(who.user, who.keys, case, purpose="prov")


def test_nothing_but_the_day_must_be_answered_and_who_takes_in_is_responsible(mika: Mika, alva: Who) -> None:
    made = take_in(alva, mika, "")
    shown = read(alva, made)
    assert (shown.summary, shown.card.responsible) == (f"Ny kontakt {TODAY}", alva.user.pseudonym)
    assert shown.records == () and [one.id for one in load(alva, mika).mine] == [made]


def test_a_case_is_searched_for_before_it_is_made_and_a_double_is_said(
    mika: Mika, alva: Who, cilla: Who
) -> None:
    _found, hers = caseload.search_first(cilla.user, cilla.keys, mika.team, "x")
    for searched in ("", "något", hers):
        with pytest.raises(Refused, match="Sök"):
            take_in(alva, mika, searched=searched)
    take_in(alva, mika, "Boende")
    with pytest.raises(Refused, match="heter så"):
        take_in(cilla, mika, "boende")
    take_in(cilla, mika, "boende", is_another=True)
    assert Case.objects.count() == 2


def test_without_names_needs_a_decision_and_then_there_is_no_identity(mika: Mika, alva: Who) -> None:
    with pytest.raises(Refused, match="Inget beslut"):
        take_in(alva, mika, track=Track.NAMELESS)
    decide(mika)
    for wrong in ({"data": {"called": "Anna"}}, {"data": {"wish": "Hon är 811228-9874"}}):
        with pytest.raises(Refused):
            take_in(alva, mika, track=Track.NAMELESS, **wrong)
    with pytest.raises(Refused, match="personnummer"):
        take_in(alva, mika, "811228-9874", track=Track.NAMELESS)
    assert not Case.objects.exists() and not KeyWrap.objects.exists()
    made = take_in(alva, mika, track=Track.NAMELESS)
    assert [*KeyWrap.objects.values_list("bundle", flat=True)] == ["ordinary"]
    for act in (
        lambda: access.write_entry(
            alva.user, alva.keys, made, kind="identity", data={"name": "A"}, event_day=TODAY
        ),
        lambda: access.read_case(
            alva.user, alva.keys, made, purpose="x", compartments=frozenset({Compartment.IDENTITY})
        ).records[0],
    ):
        with pytest.raises((Http404, IndexError)):
            act()
    with pytest.raises(Refused, match="personnummer"):
        caseload.add_task(alva.user, alva.keys, made, text="ring 811228-9874", due=TODAY)


def test_a_decision_that_has_ended_allows_nothing_new(mika: Mika, alva: Who) -> None:
    decide(mika, last=TODAY - DAY)
    with pytest.raises(Refused, match="Inget beslut"):
        take_in(alva, mika, track=Track.NAMELESS)


def test_the_day_shows_what_is_late_what_is_soon_and_who_has_nobody(
    mika: Mika, alva: Who, cilla: Who
) -> None:
    late, soon, far = (take_in(alva, mika, title) for title in ("sen", "snart", "långt"))
    for case, due in ((late, TODAY - DAY), (soon, TODAY + 6 * DAY), (far, TODAY + 7 * DAY)):
        caseload.add_task(alva.user, alva.keys, case, text="Ring", due=due)
    new = access.open_case(alva.user, alva.keys, mika.team, summary="utan ansvarig")
    day = load(alva, mika)
    assert [[one.id for one in part] for part in (day.overdue, day.this_week, day.new)] == [
        [late],
        [soon],
        [new],
    ]
    assert {one.id for one in day.mine} == {late, soon, far} and len(day.all) == 4
    assert load(cilla, mika).mine == () and load(cilla, mika).overdue == ()
    [task] = read(alva, late).card.tasks
    caseload.finish_task(cilla.user, cilla.keys, late, task=task.id)
    assert load(alva, mika).overdue == ()


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("boende", True), ("BOENDE åsa", True), ('"åsa"', True), ("ring", True), ("boende kock", False),
     ("responsible", False), ("tasks", False), ("\\", False), ("", True)],
)  # fmt: skip
def test_a_search_finds_titles_tasks_and_numbers_and_nothing_of_how_a_card_is_kept(
    mika: Mika, alva: Who, words: str, is_found: bool
) -> None:
    made = take_in(alva, mika, 'Boende, "Åsa"')
    caseload.add_task(alva.user, alva.keys, made, text="Ring", due=TODAY)
    for asked, found in (
        (words, is_found),
        (made.hex[:6], True),
        (str(made), True),
        (made.hex[:5] + "x", False),
    ):
        held = access.search_cases(alva.user, alva.keys, mika.team, asked)
        assert [one.id for one in held or []] == ([made] if found else []), asked


def test_a_case_is_handed_over_with_a_reason_and_both_stand_in_the_log(
    mika: Mika, alva: Who, cilla: Who
) -> None:
    made = take_in(alva, mika)
    with pytest.raises(Refused, match="arbetar inte"):
        caseload.hand_over(alva.user, alva.keys, made, to=mika.bo, reason="x")
    with pytest.raises(Refused, match="fyll i"):
        caseload.hand_over(alva.user, alva.keys, made, to=cilla.user, reason=" ")
    caseload.hand_over(alva.user, alva.keys, made, to=cilla.user, reason="Alva är ledig")
    assert [one.id for one in load(cilla, mika).mine] == [made] and load(alva, mika).mine == ()
    lines = AuditEvent.objects.filter(action__startswith="case.hand_over").order_by("sequence")
    assert [(x.action, x.actor, x.object) for x in lines] == [
        ("case.hand_over", alva.user.pseudonym, str(made)),
        ("case.hand_over_to", alva.user.pseudonym, cilla.user.pseudonym),
    ]
    assert lines[0].detail and read(cilla, made).records[-1].entry.data["reason"] == "Alva är ledig"


def test_a_case_is_closed_with_a_reason_and_a_day_and_opened_again(mika: Mika, alva: Who) -> None:
    made = take_in(alva, mika)
    note = {"kind": "note", "data": {"type": "VISIT", "text": "x"}, "event_day": TODAY}
    working = access.write_entry(alva.user, alva.keys, made, **note)
    with pytest.raises(Refused, match="inte låst"):
        caseload.close(alva.user, alva.keys, made, because="done", words="")
    access.lock_entry(alva.user, alva.keys, made, working, revision=1)
    with pytest.raises(Refused, match="alternativen"):
        caseload.close(alva.user, alva.keys, made, because="lust", words="")
    gone = caseload.close(alva.user, alva.keys, made, because="done", words="Egen bostad")
    assert gone == date(TODAY.year + 6, 12, 31) == Case.objects.get().retention_on
    for act in (
        lambda: access.write_entry(alva.user, alva.keys, made, **note),
        lambda: caseload.add_task(alva.user, alva.keys, made, text="x", due=TODAY),
        lambda: caseload.rename(alva.user, alva.keys, made, title="x"),
    ):
        with pytest.raises(Refused, match="avslutat"):
            act()
    with pytest.raises(Refused, match="fyll i"):
        caseload.reopen(alva.user, alva.keys, made, reason="")
    caseload.reopen(alva.user, alva.keys, made, reason="Hörde av sig igen")
    again = Case.objects.get()
    assert (again.state, again.retention_on) == (CaseState.OPEN, None)
    with pytest.raises(Refused, match="inte avslutat"):
        caseload.reopen(alva.user, alva.keys, made, reason="x")


def test_under_protected_registration_no_address_is_kept(mika: Mika, alva: Who) -> None:
    made = take_in(alva, mika)
    who = {"kind": "identity", "event_day": TODAY}
    access.write_entry(alva.user, alva.keys, made, data={"name": "Anna", "address": "Gatan 1"}, **who)
    caseload.protect(alva.user, alva.keys, made, level=Level.REGISTRATION, words="Skatteverket")
    with pytest.raises(Refused, match="adressen sparas aldrig"):
        access.write_entry(alva.user, alva.keys, made, data={"name": "Anna", "address": "Gatan 1"}, **who)
    access.write_entry(alva.user, alva.keys, made, data={"name": "Anna"}, **who)


def test_a_form_of_the_assessed_track_is_not_written_on_another(mika: Mika, alva: Who) -> None:
    step = {"kind": "step", "data": {"step": "inquiry", "text": "inledd"}, "event_day": TODAY}
    with pytest.raises(Refused, match="annat spår"):
        access.write_entry(alva.user, alva.keys, take_in(alva, mika), **step)
    assert access.write_entry(alva.user, alva.keys, take_in(alva, mika, "b", Track.ASSESSED), **step)


def test_masked_fields_are_never_written_back(mika: Mika, alva: Who, cilla: Who, monkeypatch) -> None:
    """Without the right to an identity: what is offered is not heard, and what stood there stands."""
    made, day = take_in(alva, mika), {"kind": "intake_mika", "event_day": TODAY}
    note = access.write_entry(alva.user, alva.keys, made, data={"called": "Nova", "wish": "bostad"}, **day)
    asked = User.may_in_team
    monkeypatch.setattr(User, "may_in_team", lambda s, p, t: p != Permission.CASE_UNSEAL and asked(s, p, t))
    for data in (
        {"wish": "arbete"},
        {"wish": "arbete", "called": "••••••"},
        {"wish": "arbete", "called": ""},
    ):
        revision = read(alva, made).records[0].revision
        access.revise_entry(alva.user, alva.keys, made, note, revision=revision, data=data, **day)
        assert read(alva, made).records[0].entry.data == {"called": "Nova", "wish": "arbete"}
    access.lock_entry(alva.user, alva.keys, made, note, revision=4)
    access.correct_entry(cilla.user, cilla.keys, made, note, data={"wish": "vila", "called": "X"}, **day)
    assert read(alva, made).records[1].entry.data == {"called": "Nova", "wish": "vila"}
    other = access.write_entry(alva.user, alva.keys, made, data={"called": "X"}, **day)
    assert next(r for r in read(alva, made).records if r.id == other).entry.data == {}


def test_the_tasks_of_the_law_make_themselves_and_go_when_the_step_is_written(
    mika: Mika, alva: Who, cilla: Who
) -> None:
    """A case taken in a fortnight late is overdue at once; the inquiry that is opened stops that clock."""
    began = TODAY - 15 * DAY
    made = take_in(alva, mika, track=Track.ASSESSED, event_day=began, data={"age": "15_17"})
    first = read(alva, made)
    assert [(t.clock, t.due) for t in first.card.tasks[:2]] == [
        ("protection", began),
        ("preliminary", TODAY - DAY),
    ]
    assert [one.id for one in load(alva, mika).overdue] == [made]
    caseload.finish_task(alva.user, alva.keys, made, task="unasked_12.case")
    write = {"kind": "step", "data": {"step": "inquiry", "text": "inleds"}, "event_day": TODAY}
    note = access.write_entry(cilla.user, cilla.keys, made, **write)
    assert read(alva, made).card.next_due() == began  # a working note stops nothing
    access.lock_entry(cilla.user, cilla.keys, made, note, revision=1)
    access.revise_entry(
        alva.user, alva.keys, made, first.records[0].id, revision=1, kind="intake_mika",
        data={"age": "25_34"}, event_day=began,
    )  # fmt: skip
    clocks_now = {task.clock for task in read(alva, made).card.tasks}  # neither young any more, nor waiting
    assert clocks_now == {"inquiry", "unasked_3"} and load(alva, mika).overdue == ()
    plan = {"kind": "safety_plan", "data": {"review_on": TODAY + 3 * DAY}, "event_day": TODAY}
    note = access.write_entry(alva.user, alva.keys, made, **plan)
    access.lock_entry(alva.user, alva.keys, made, note, revision=1)
    assert [one.id for one in load(alva, mika).this_week] == [made]
    access.correct_entry(alva.user, alva.keys, made, note, **plan | {"data": {"alone": "x"}})
    assert load(alva, mika).this_week == ()

"""A case opens for its team, for nobody else, and for nobody at all once it is erased."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from klarsyn.base import erasures
from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import Unopenable
from klarsyn.cases import actions, budget, queries, rekeying
from klarsyn.cases.models import Case, CaseState, Compartment, KeyWrap, SealedRecord
from klarsyn.people.keys import teams
from klarsyn.people.models import RoleHeld, Team, TeamEpoch, User
from tests.unit.cases.conftest import Mika

ALL = frozenset(Compartment)
SECRET = "Hon bor hos en väninna på Storgatan."


def _case(m: Mika, summary: str = "Första samtalet") -> Case:
    case = actions.open_case(team=m.team, by=m.alva, keys=m.hers, summary=summary)
    actions.add_record(case=case, compartment=Compartment.NOTES, by=m.alva, keys=m.hers, text=SECRET)
    actions.add_record(case=case, compartment=Compartment.IDENTITY, by=m.cilla, keys=m.cillas, text="Anna")
    return case


def _epochs(m: Mika, keys=None):
    return teams.open_teams(keys or m.hers).get(m.team.id, {})


def test_alva_and_cilla_read_what_the_other_wrote(mika: Mika) -> None:
    case = _case(mika)
    for keys in (mika.hers, mika.cillas):
        seen = queries.shown(case, _epochs(mika, keys), ALL)
        assert [(r.compartment, r.text) for r in seen.records] == [("notes", SECRET), ("identity", "Anna")]
    assert [r.text for r in queries.shown(case, _epochs(mika), frozenset({Compartment.NOTES})).records] == [
        SECRET
    ]
    assert "Anna" not in repr(seen) and SECRET not in repr(seen)


def test_bo_opens_nothing_of_mika_with_all_of_the_database(mika: Mika) -> None:
    case = _case(mika)
    his = teams.open_teams(mika.bos)[mika.kast.id]
    with pytest.raises(Unopenable):
        queries.shown(case, his, ALL)
    with pytest.raises(Unopenable):
        actions.open_case(team=mika.team, by=mika.bo, keys=mika.bos, summary="x")
    assert queries.list_cases(mika.kast.id, his) == []
    Case.objects.update(team=mika.kast)  # whoever owns the database moves the case to Bo's team
    with pytest.raises(Unopenable):
        queries.list_cases(mika.kast.id, his)


def test_rows_of_two_cases_do_not_fit_each_other(mika: Mika) -> None:
    one, two = _case(mika), _case(mika)
    for model, field in ((KeyWrap, "sealed"), (SealedRecord, "body")):
        mine, other = (model.objects.filter(case=c).first() for c in (one, two))
        kept = getattr(mine, field)
        model.objects.filter(pk=mine.pk).update(**{field: getattr(other, field)})
        with pytest.raises(Unopenable):
            queries.shown(one, _epochs(mika), ALL)
        model.objects.filter(pk=mine.pk).update(**{field: kept})
    Case.objects.filter(pk=one.pk).update(summary=two.summary)
    with pytest.raises(Unopenable):
        queries.list_cases(mika.team.id, _epochs(mika))


def test_the_list_and_the_search_open_every_summary_and_index_none(mika: Mika) -> None:
    for summary in ("Boende i Huskvarna", "Läkartid", "boende och skulder"):
        _case(mika, summary)
    found = queries.search(mika.team.id, _epochs(mika), "BOENDE")
    assert sorted(one.summary for one in found) == ["Boende i Huskvarna", "boende och skulder"]
    assert len(queries.list_cases(mika.team.id, _epochs(mika))) == 3
    assert queries.search(mika.team.id, _epochs(mika), "boende läkartid") == []


def test_a_closed_case_takes_no_more_and_an_erased_one_is_gone_for_good(
    mika: Mika, django_capture_on_commit_callbacks
) -> None:
    case = _case(mika)
    actions.close(case=case, by=mika.alva, retention_on=date(2031, 12, 31))
    with pytest.raises(Refused, match="avslutat"):
        actions.add_record(case=case, compartment=Compartment.NOTES, by=mika.alva, keys=mika.hers, text="x")
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(case=case, by=mika.alva)
        assert list(erasures.noted()) == [] and erasures.unsettled() == [("case", str(case.id))]
    assert not KeyWrap.objects.exists() and not SealedRecord.objects.exists()
    gone = Case.objects.get()
    assert gone.state == CaseState.ERASED and bytes(gone.summary) == b""
    assert ("case", str(case.id)) in list(erasures.noted())
    assert [e.action for e in AuditEvent.objects.filter(object=str(case.id))] == [
        "case.open", "case.write", "case.write", "case.close", "case.erase",
    ]  # fmt: skip


def _members_read(m: Mika, cases: list[Case]) -> bool:
    epochs = _epochs(m)
    return all(queries.shown(Case.objects.get(pk=c.pk), epochs, ALL).records[0].text == SECRET for c in cases)


def test_rekeying_may_be_broken_off_anywhere_and_every_case_stays_open(mika: Mika, monkeypatch) -> None:
    """Killed at each statement of each batch in turn: nothing half done, and it goes on where it stood."""
    monkeypatch.setattr(rekeying, "BATCH", 2)
    cases = [_case(mika) for _ in range(5)]
    teams.remove_member(team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar")
    assert teams.open_teams(mika.cillas) == {} and _members_read(mika, cases)
    kill, rounds = 1, 0
    while TeamEpoch.objects.filter(state="draining").exists():
        _drain_until(mika, kill)
        assert _members_read(mika, cases)
        kill, rounds = kill + 1, rounds + 1
    assert rounds > 10 and set(KeyWrap.objects.values_list("epoch", flat=True)) == {2}
    assert set(Case.objects.values_list("summary_epoch", flat=True)) == {2}
    assert [e.state for e in TeamEpoch.objects.filter(team=mika.team)] == ["destroyed", "active"]
    with pytest.raises(Unopenable):  # Cilla is no member any more
        actions.add_record(
            case=cases[0], compartment=Compartment.NOTES, by=mika.cilla, keys=mika.cillas, text="x"
        )
    later = actions.open_case(team=mika.team, by=mika.alva, keys=mika.hers, summary="Senare")
    actions.add_record(case=later, compartment=Compartment.NOTES, by=mika.alva, keys=mika.hers, text=SECRET)
    assert _members_read(mika, [*cases, later])


def test_a_case_that_came_behind_the_cursor_is_sealed_anew_before_the_old_key_dies(
    mika: Mika, monkeypatch
) -> None:
    """Somebody whose transaction began before the removal writes with the old key, at an id already passed."""
    monkeypatch.setattr(rekeying, "BATCH", 2)
    cases, old = [_case(mika) for _ in range(3)], teams.active(mika.team)
    teams.remove_member(team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar")
    teams.drain(team=mika.team, keys=mika.hers, most=1)
    with monkeypatch.context() as late:
        late.setattr(actions.teams, "active_for_writing", lambda _team: old)
        late.setattr(Case._meta.get_field("id"), "default", lambda: UUID(int=1))
        behind = actions.open_case(team=mika.team, by=mika.alva, keys=mika.hers, summary="sent")
    actions.add_record(case=behind, compartment=Compartment.NOTES, by=mika.alva, keys=mika.hers, text=SECRET)
    assert set(behind.keys.values_list("epoch", flat=True)) == {old.epoch}
    teams.drain(team=mika.team, keys=mika.hers)
    assert not TeamEpoch.objects.filter(state="draining").exists() and _members_read(mika, [*cases, behind])


class Killed(Exception):
    pass


def _drain_until(m: Mika, statements: int) -> None:
    seen = 0

    def counting(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == statements:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with transaction.atomic(), connection.execute_wrapper(counting):
            teams.drain(team=m.team, keys=m.hers, most=1)
    except Killed:
        pass


def test_a_removed_member_is_noted_outside_the_database(
    mika: Mika, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        teams.remove_member(team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar")
    assert ("member", f"{mika.team.id}/{mika.cilla.uid}/1") in list(erasures.noted())
    with erasures.path().open("a") as file:
        file.write('{"kind": "case", "i')  # a crash in the middle of a line
    assert len(list(erasures.noted())) == 1


def _opens(m: Mika, cases: int) -> None:
    for i in range(cases):
        record(action=budget.ACT_READ, by=m.alva.pseudonym, object=str(UUID(int=i)), team="mika")


def test_more_than_so_many_cases_an_hour_need_a_reason_and_a_second_person(mika: Mika, settings) -> None:
    settings.CASES_AN_HOUR = 3
    _opens(mika, 3)
    budget.check(mika.alva, str(UUID(int=0)))  # already open: costs nothing
    with pytest.raises(budget.BudgetSpent, match="3 ärenden"):
        budget.check(mika.alva, str(UUID(int=9)))
    budget.check(mika.cilla, str(UUID(int=9)))
    budget.check(mika.alva, str(UUID(int=9)), timezone.now() + timedelta(minutes=61))


def test_a_colleague_agrees_once_to_what_was_asked_and_nobody_agrees_for_themselves(
    mika: Mika, settings
) -> None:
    settings.CASES_AN_HOUR = 3
    alva, cilla = (_counsellor(user, mika) for user in (mika.alva, mika.cilla))
    bo = _counsellor(mika.bo, mika, "kast_counsellor", mika.kast)
    with pytest.raises(Refused, match="Skriv varför"):
        budget.ask(person=alva, team=mika.team, reason=" ")
    with pytest.raises(Refused, match="läser inga ärenden"):
        budget.ask(person=bo, team=mika.team, reason="många")
    asked = budget.ask(person=alva, team=mika.team, reason="genomgång inför tillsyn")
    assert asked.detail and [one.person for one in budget.list_waiting(cilla)] == [alva]
    assert budget.list_waiting(bo) == []
    with pytest.raises(Refused, match="dig själv"):
        budget.agree(asked=asked.sequence, by=alva)
    with pytest.raises(Refused, match="finns inte längre"):
        budget.agree(asked=asked.sequence, by=bo)
    budget.agree(asked=asked.sequence, by=cilla)
    assert budget.allowed(alva) == 6 and budget.allowed(cilla) == 3
    with pytest.raises(Refused, match="finns inte längre"):  # answered already
        budget.agree(asked=asked.sequence, by=cilla)


def test_a_question_is_forgotten_after_an_hour(mika: Mika) -> None:
    alva, cilla = (_counsellor(user, mika) for user in (mika.alva, mika.cilla))
    budget.ask(person=alva, team=mika.team, reason="många")
    later = timezone.now() + timedelta(minutes=59)
    assert len(budget.list_waiting(cilla, later)) == 1
    assert budget.list_waiting(cilla, later + timedelta(minutes=2)) == []


def _counsellor(user: User, m: Mika, role: str = "mika_counsellor", team: Team | None = None) -> User:
    RoleHeld.objects.create(user=user, role=role, team=team or m.team)
    return User.objects.get(pk=user.pk)

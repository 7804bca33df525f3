"""A sealed case: to list it, to break its seal and to read it are three permissions, for an hour, seen by the head."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.http import Http404

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import access, budget, caseload, naming, policy, retention
from klarsyn.cases.models import Case, Chosen, Compartment
from klarsyn.cases.reasons import open_reason
from klarsyn.people.models import RoleHeld, User
from klarsyn.people.permissions import Permission
from tests.unit.cases.conftest import Mika, someone
from tests.unit.cases.operations import OF_ONE_CASE, Who, refused
from tests.unit.cases.test_caseload import TODAY, _counsellor

IDENTITY = frozenset({Compartment.IDENTITY})


@pytest.fixture
def alva(mika: Mika) -> Who:
    return _counsellor(mika, mika.alva, mika.hers)


@pytest.fixture
def cilla(mika: Mika) -> Who:
    return _counsellor(mika, mika.cilla, mika.cillas)


@pytest.fixture
def case(mika: Mika, alva: Who, cilla: Who) -> UUID:
    """Sealed by Alva, and Cilla is named for it too."""
    return _sealed(mika, alva, [cilla.user])


@pytest.fixture
def alone(mika: Mika, alva: Who, cilla: Who) -> UUID:
    """Sealed for Alva alone."""
    return _sealed(mika, alva, [])


def _sealed(mika: Mika, by: Who, others: list[User]) -> UUID:
    made = access.open_case(by.user, by.keys, mika.team, summary="Känt namn")
    access.read_case(by.user, by.keys, made, purpose="möte")
    why = {"is_sealed": True, "reason": "Någon som många känner", "others": others}
    caseload.set_sealed(by.user, by.keys, made, **why)
    return made


def without(monkeypatch, *missing: Permission) -> None:
    asked = User.may_in_team
    monkeypatch.setattr(User, "may_in_team", lambda s, p, t: p not in missing and asked(s, p, t))


def test_the_seal_is_broken_with_a_reason_and_the_head_reads_it(
    mika: Mika, alva: Who, cilla: Who, case: UUID
) -> None:
    head, heads = someone("greta")
    RoleHeld.objects.create(user=head, role="reception_head", team=mika.team)
    assert access.visit(alva.user, alva.keys, case) is None  # also for whoever had opened it before
    with pytest.raises(Refused, match="varför"):
        access.read_case(cilla.user, cilla.keys, case, purpose=" ")
    shown = access.read_case(cilla.user, cilla.keys, case, purpose="ringer nu")
    assert shown.summary == "Känt namn" and access.visit(cilla.user, cilla.keys, case)
    line = AuditEvent.objects.get(action="case.break_seal")
    assert open_reason(line, mika.team, head, heads) == "ringer nu"
    chosen = policy.choose([policy.Read(1, datetime(2026, 1, 1, 12, tzinfo=UTC), False)], Random(1), 0)
    assert chosen == {1: Chosen.IDENTITY} and "case.break_seal" in budget.OPENINGS


def test_everything_is_shut_to_whoever_has_not_broken_it(
    mika: Mika, alva: Who, cilla: Who, case: UUID
) -> None:
    for name in OF_ONE_CASE:
        if name.split()[0] != "read" or name == "read identity":
            assert refused(name, cilla, mika.team, case), name
    access.read_case(cilla.user, cilla.keys, case, purpose="ringer nu")
    caseload.rename(cilla.user, cilla.keys, case, title="Annat")
    access.read_case(cilla.user, cilla.keys, case, purpose="ringer", compartments=IDENTITY)


def test_after_an_hour_it_is_shut_again(mika: Mika, cilla: Who, case: UUID, monkeypatch) -> None:
    access.read_case(cilla.user, cilla.keys, case, purpose="ringer nu")
    later = datetime.now(UTC) + timedelta(minutes=61)
    recent = budget._recent
    monkeypatch.setattr(budget, "_recent", lambda now: recent(now or later))
    assert access.visit(cilla.user, cilla.keys, case) is None
    with pytest.raises(Http404):
        caseload.rename(cilla.user, cilla.keys, case, title="Annat")


def test_to_list_to_break_and_to_read_are_three_permissions(
    mika: Mika, cilla: Who, case: UUID, monkeypatch
) -> None:
    [line] = access.read_list(cilla.user, cilla.keys, mika.team) or []
    assert (line.id, line.summary, line.card.title, line.is_sealed) == (case, "", "", True)
    [found] = access.search_cases(cilla.user, cilla.keys, mika.team, "känt") or []
    assert found.summary == ""
    for missing in (Permission.SEALED_BREAK, Permission.SEALED_READ):
        with monkeypatch.context() as patch:
            without(patch, missing)
            with pytest.raises(Http404):
                access.read_case(cilla.user, cilla.keys, case, purpose="möte")
    without(monkeypatch, Permission.SEALED_LIST)
    assert access.read_list(cilla.user, cilla.keys, mika.team) == []
    assert access.search_cases(cilla.user, cilla.keys, mika.team, "känt") == []
    assert access.read_case(cilla.user, cilla.keys, case, purpose="möte").summary == "Känt namn"


def test_who_lifts_the_seal_has_broken_it(mika: Mika, alva: Who, cilla: Who, case: UUID) -> None:
    with pytest.raises(Http404):
        caseload.set_sealed(cilla.user, cilla.keys, case, is_sealed=False, reason="behövs inte")
    access.read_case(cilla.user, cilla.keys, case, purpose="häver")
    with pytest.raises(Refused, match="redan så"):
        caseload.set_sealed(cilla.user, cilla.keys, case, is_sealed=True, reason="igen")
    caseload.set_sealed(cilla.user, cilla.keys, case, is_sealed=False, reason="behövs inte")
    assert access.read_case(alva.user, alva.keys, case, purpose="möte").created_on == TODAY


def name(by: Who, case: UUID, to: User, until=TODAY, reason: str = "vikarierar") -> None:
    naming.name_reader(by.user, by.keys, case, to=to, until=until, reason=reason)


def is_there(who: Who, team, case: UUID) -> set[bool]:
    """What the list, the search by number and the case itself say, to somebody who holds the team's key."""
    listed = [one.id for one in access.read_list(who.user, who.keys, team) or []]
    found = [one.id for one in access.search_cases(who.user, who.keys, team, case.hex[:8]) or []]
    try:
        access.readable(who.user, case)
    except Http404:
        return {case in listed, case in found, False}
    return {case in listed, case in found, True}


def test_for_a_colleague_who_is_not_named_the_case_is_not_there(
    mika: Mika, alva: Who, cilla: Who, alone: UUID
) -> None:
    for operation in OF_ONE_CASE:
        assert refused(operation, cilla, mika.team, alone), operation
    assert is_there(cilla, mika.team, alone) == {False} and is_there(alva, mika.team, alone) == {True}
    with pytest.raises(Http404):
        naming.name_reader(cilla.user, cilla.keys, alone, to=cilla.user, until=TODAY, reason="vill se")
    closed = Case.objects.filter(pk=alone)
    closed.update(state="closed", retention_on=TODAY)
    assert [one.id for one in retention.due(alva.user, mika.team, TODAY)] == [alone]
    assert retention.due(cilla.user, mika.team, TODAY) == []


def test_to_name_somebody_takes_a_broken_seal_a_reason_and_a_day_and_stands_in_the_log(
    mika: Mika, alva: Who, cilla: Who, alone: UUID
) -> None:
    with pytest.raises(Http404):  # the seal is not broken
        name(alva, alone, mika.bo)
    access.read_case(alva.user, alva.keys, alone, purpose="namnger")
    for to, until, reason, said in (
        (mika.bo, TODAY, "x", "arbetar inte"), (cilla.user, TODAY - timedelta(days=1), "x", "från i dag"),
        (cilla.user, TODAY + timedelta(days=367), "x", "från i dag"), (cilla.user, TODAY, " ", "varför"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            name(alva, alone, to, until, reason)
    Case.objects.filter(pk=alone).update(named={alva.user.pseudonym: str(TODAY), "p-gone": "2020-01-01"})
    with pytest.raises(Refused, match="inte namngiven"):
        caseload.hand_over(alva.user, alva.keys, alone, to=cilla.user, reason="x")
    name(alva, alone, cilla.user)
    assert set(Case.objects.get().named) == {alva.user.pseudonym, cilla.user.pseudonym}
    line, to = AuditEvent.objects.filter(action__startswith="case.name").order_by("-sequence")[:2][::-1]
    assert (line.action, line.object, to.action, to.object) == (
        "case.name", str(alone), "case.name_for", cilla.user.pseudonym,
    )  # fmt: skip
    assert open_reason(line, mika.team, alva.user, alva.keys) == f"vikarierar ({TODAY})"
    assert is_there(cilla, mika.team, alone) == {True}


def test_when_the_day_has_passed_it_is_gone_for_all_and_the_head_names_somebody(
    mika: Mika, alva: Who, cilla: Who, alone: UUID
) -> None:
    head, _heads = someone("greta")
    RoleHeld.objects.create(user=head, role="reception_head", team=mika.team)
    Case.objects.filter(pk=alone).update(named={alva.user.pseudonym: str(TODAY - timedelta(days=1))})
    assert is_there(alva, mika.team, alone) == {False}
    head, words = (
        User.objects.get(pk=head.pk),
        {"to": cilla.user, "until": TODAY, "reason": "Alva har slutat"},
    )
    assert [(one.id, one.people) for one in naming.list_sealed(head, mika.team)] == [(alone, ())]
    for who, team in ((alva.user, mika.team), (head, mika.kast)):
        with pytest.raises(Http404):
            naming.name_as_head(who, team, alone, **words)
        with pytest.raises(Http404):
            naming.list_sealed(who, team)
    naming.name_as_head(head, mika.team, alone, **words)
    assert is_there(cilla, mika.team, alone) == {True} and is_there(alva, mika.team, alone) == {False}
    assert naming.list_sealed(head, mika.team)[0].people == ((cilla.user.name, TODAY),)
    Case.objects.filter(pk=alone).update(is_sealed=False)
    with pytest.raises(Http404):
        naming.name_as_head(head, mika.team, alone, **words)

"""A sealed case: to list it, to break its seal and to read it are three permissions, for an hour, seen by the head."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.http import Http404

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import access, budget, caseload, policy
from klarsyn.cases.models import Chosen, Compartment
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
def case(mika: Mika, alva: Who) -> UUID:
    made = access.open_case(alva.user, alva.keys, mika.team, summary="Känt namn")
    access.read_case(alva.user, alva.keys, made, purpose="möte")
    caseload.set_sealed(alva.user, alva.keys, made, is_sealed=True, reason="Någon som många känner")
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

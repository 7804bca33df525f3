"""Every key without permission, and every permission without key: each alone is refused by every operation."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.db import transaction

import klarsyn
from klarsyn.base.models import AuditEvent
from klarsyn.cases import access, actions
from klarsyn.cases.models import Case, CaseState, Compartment, KeyWrap, SealedRecord
from klarsyn.people.keys import teams
from klarsyn.people.models import RoleHeld, Team, User
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import ROLES, Reach
from tests.unit.cases.conftest import Mika, someone
from tests.unit.cases.operations import OF_ONE_CASE, OPERATIONS, Who, add_notes, refused


@pytest.fixture
def case(mika: Mika) -> Case:
    made = actions.open_case(team=mika.team, by=mika.alva, keys=mika.hers, summary="Första samtalet")
    for compartment in Compartment:
        actions.add_record(
            case=made, compartment=compartment, by=mika.alva, keys=mika.hers, text="Hon bor hos en väninna."
        )
    add_notes(made, mika.alva, mika.hers)
    return made


@pytest.fixture
def eva(mika: Mika) -> Who:
    """Of a second Mika reception."""
    eva, hers = someone("eva")
    teams.create_team(kind=Team.Kind.MIKA, name="Mika norr", founder=eva, keys=hers)
    return Who(eva, hers)


READS = (
    "case.read",
    "case.unseal",
    "case.export",
    "case.file",
    "case.list",
    "case.search",
    "case.turn",
    "case.print",
)  # written down before the key is asked for


def _stored() -> list[object]:
    tables = (Case, KeyWrap, SealedRecord)
    return [list(model.objects.order_by("pk").values()) for model in tables]


def _all_refuse(who: list[Who], team: Team, case: Case) -> int:
    before, lines, tried = _stored(), AuditEvent.objects.count(), 0
    for name in OPERATIONS:
        for one in who:
            assert refused(name, one, team, case.id), (name, one.user)
            tried += 1
    assert _stored() == before
    assert not AuditEvent.objects.filter(sequence__gte=lines).exclude(action__in=READS).exists()
    return tried


def _holding(user: User, role: str, team: Team | None) -> User:
    """The person as a request would load them, with this one role."""
    RoleHeld.objects.filter(user=user).delete()
    RoleHeld.objects.create(user=user, role=role, team=team, unit="")
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("name", OPERATIONS)
def test_with_permission_and_key_alva_does_everything(mika: Mika, case: Case, name: str) -> None:
    alva = _holding(mika.alva, "mika_counsellor", mika.team)
    assert not refused(name, Who(alva, mika.hers), mika.team, case.id)


@pytest.mark.slow
def test_every_key_and_no_permission_is_refused_by_everything(mika: Mika, case: Case, eva: Who) -> None:
    """Alva holds the team's key. Every role that is not hers to read with, in every place, opens nothing."""
    places = (None, *Team.objects.order_by("name"))
    enough = {("mika_counsellor", mika.team)}
    held = [(r.key, place) for r in ROLES for place in places if (r.key, place) not in enough]
    tried = 0
    for role, place in held:
        with transaction.atomic():
            alva = _holding(mika.alva, role, place)
            tried += _all_refuse([Who(alva, mika.hers)], mika.team, case)
    assert tried == len(OPERATIONS) * (len(ROLES) * len(places) - 1)


def test_no_role_a_closed_account_or_another_assignment_is_refused_by_everything(
    mika: Mika, case: Case
) -> None:
    RoleHeld.objects.create(user=mika.alva, role="mika_counsellor", team=mika.team)
    closed, narrowed = User.objects.get(pk=mika.alva.pk), User.objects.get(pk=mika.alva.pk)
    closed.is_active = False
    narrowed.narrow_to(["analyst"])
    cilla = mika.cilla  # a key, and no role at all
    who = [Who(closed, mika.hers), Who(narrowed, mika.hers), Who(cilla, mika.cillas)]
    assert _all_refuse(who, mika.team, case) == 3 * len(OPERATIONS)


@pytest.mark.slow
def test_every_permission_and_no_key_is_refused_by_everything(
    mika: Mika, case: Case, eva: Who, monkeypatch
) -> None:
    """The checks are taken away altogether; what is left is who holds which key."""
    monkeypatch.setattr(User, "may_in_team", lambda _self, _permission, _team: True)
    monkeypatch.setattr(User, "may", lambda _self, _permission: True)
    monkeypatch.setattr(User, "team_ids", frozenset(Team.objects.values_list("pk", flat=True)))
    teams.remove_member(team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar")
    greta, gretas = someone("greta")
    who = [
        Who(mika.bo, mika.bos),  # the other kind
        eva,  # the same kind, another reception
        Who(mika.cilla, mika.cillas),  # was a member
        Who(greta, gretas),  # never was
        Who(greta, mika.hers),  # somebody else's keys
        Who(mika.alva, None),  # a session without keys
    ]
    assert _all_refuse(who, mika.team, case) == len(who) * len(OPERATIONS)


def test_only_the_counsellors_of_a_team_hold_what_the_doors_ask_for() -> None:
    asked = {
        Permission.CASE_READ, Permission.CASE_WRITE, Permission.CASE_UNSEAL, Permission.CASE_EXPORT,
        Permission.SEALED_LIST, Permission.SEALED_BREAK, Permission.SEALED_READ,
    }  # fmt: skip
    holders = {r.key for r in ROLES if r.permissions & asked}
    assert holders == {"mika_counsellor", "kast_counsellor"}
    assert all(r.reach is Reach.TEAM and r.team_kind for r in ROLES if r.key in holders)


def test_an_erased_case_is_refused_by_everything_that_touches_it(mika: Mika, case: Case) -> None:
    alva = Who(_holding(mika.alva, "mika_counsellor", mika.team), mika.hers)
    access.erase_case(alva.user, alva.keys, case.id)
    assert Case.objects.get().state == CaseState.ERASED
    for name in OF_ONE_CASE:
        assert refused(name, alva, mika.team, case.id), name


# Who may reach past the doors, and why: the room itself; the restore, which erases again without a person.
PAST = {"klarsyn/cases", "klarsyn/config/backup.py"}


def test_nobody_outside_the_room_goes_past_the_doors() -> None:
    root = Path(klarsyn.__file__).parent.parent
    past = set()
    for path in sorted((root / "klarsyn").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "klarsyn.cases" in text else ():
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [f"{m}.{alias.name}" for m in names for alias in node.names]
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(
                n.startswith(f"klarsyn.cases.{p}")
                for n in names
                for p in ("actions", "queries", "sealing", "writing")
            ):
                past.add(path.relative_to(root).as_posix())
    assert {p for p in past if not any(p.startswith(known) for known in PAST)} == set()
    assert any(p.startswith("klarsyn/cases") for p in past)

"""Roles: what each may do, and that nobody both writes and checks."""

import pytest

from klarsyn.base.errors import Refused
from klarsyn.people.actions import DEMO_CAST, admit_person, ensure_demo_cast
from klarsyn.people.models import RoleHeld, User
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import BY_KEY, ROLES, Analyst, Councillor, ReportChecker, permissions_of


def test_every_role_has_a_name_a_sentence_and_a_key_of_its_own() -> None:
    assert len(BY_KEY) == len(ROLES)
    assert all(str(role.name) and str(role.sentence).endswith(".") for role in ROLES)


def test_no_role_both_drafts_and_checks_or_releases() -> None:
    deciding = {Permission.REPORT_CHECK, Permission.REPORT_RELEASE}
    assert [
        role for role in ROLES if Permission.REPORT_DRAFT in role.permissions and role.permissions & deciding
    ] == []


def test_every_permission_is_held_by_some_role() -> None:
    assert permissions_of(BY_KEY) == set(Permission)


def test_the_system_administrator_and_the_councillor_see_no_draft() -> None:
    assert BY_KEY["system_administrator"].permissions == frozenset()
    assert Permission.REPORT_READ_DRAFT not in Councillor.permissions


def test_a_role_that_no_longer_exists_grants_nothing() -> None:
    assert permissions_of(["archivist", Analyst.key]) == Analyst.permissions


def test_the_demo_cast_can_be_made_again_and_again(db) -> None:
    ensure_demo_cast()
    again = ensure_demo_cast()
    assert [user.username for user in again] == [person.username for person in DEMO_CAST]
    assert User.objects.count() == len(DEMO_CAST)
    assert RoleHeld.objects.count() == sum(len(person.roles) for person in DEMO_CAST)
    assert not any(user.has_usable_password() for user in again)


def test_a_real_account_with_a_demo_name_is_left_alone(db) -> None:
    own = admit_person(username="disa", name="Disa Ek", password="nordanvind-och-klar", roles=[])
    ensure_demo_cast()
    own.refresh_from_db()
    assert own.has_usable_password() and not own.roles_held.exists()


def test_outside_the_demonstration_the_cast_is_refused(db, settings) -> None:
    settings.DEMO = False
    with pytest.raises(Refused):
        ensure_demo_cast()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"password": "kort"}, "Inget är sparat"),
        ({"roles": ["kung"]}, "Rollen kung finns inte"),
        ({"username": "nils"}, "upptaget"),
    ],
)
def test_an_account_is_refused_whole_with_a_reason(db, wrong, says) -> None:
    right = {
        "username": "nils",
        "name": "Nils",
        "password": "nordanvind-och-klar",
        "roles": [ReportChecker.key],
    }
    admit_person(**right)
    with pytest.raises(Refused, match=says):
        admit_person(**{**right, "username": "ny", **wrong})
    assert User.objects.count() == 1

"""Roles: what each may do, and that nobody both writes and checks."""

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.people.actions import admit_person, give_role, take_role
from klarsyn.people.demo import DEMO_CAST, DEMO_PASSWORD, demo_keys, ensure_demo_cast
from klarsyn.people.keys.accounts import unlock
from klarsyn.people.keys.teams import add_member, create_team, open_teams
from klarsyn.people.models import EscrowPair, RoleHeld, Team, User, UserKey
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import BY_KEY, ROLES, Analyst, Councillor, Reach, ReportChecker, permissions_of
from tests.people import ground, person


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
    lines, keys = AuditEvent.objects.count(), {row.pk: bytes(row.public) for row in UserKey.objects.all()}
    again = ensure_demo_cast()
    assert [user.username for user in again] == [person.username for person in DEMO_CAST]
    assert User.objects.count() == len(DEMO_CAST) == len(keys)
    given = sum(len(p.roles) + len(p.local) + len(p.units) for p in DEMO_CAST)
    assert RoleHeld.objects.count() == given
    assert AuditEvent.objects.count() == lines
    assert {row.pk: bytes(row.public) for row in UserKey.objects.all()} == keys
    assert not any(user.has_usable_password() for user in again)


def test_the_cast_has_real_keys_and_each_team_its_own_and_two_officers(db) -> None:
    cast = {user.username: user for user in ensure_demo_cast()}
    mika, kast = Team.objects.get(kind="mika"), Team.objects.get(kind="kast")
    assert set(open_teams(demo_keys(cast["alva"]))) == {mika.id}
    assert set(open_teams(demo_keys(cast["bo"]))) == {kast.id}
    assert all(open_teams(demo_keys(cast[name])) == {} for name in ("greta", "hugo", "jonas", "ines"))
    assert EscrowPair.objects.filter(epoch__team=mika).count() == 2


def test_a_real_account_with_a_demo_name_is_left_alone(db) -> None:
    ground()
    own = admit_person(username="disa", name="Disa Ek", password="nordanvind-och-klar", roles=[])
    ensure_demo_cast()
    own.refresh_from_db()
    assert unlock("disa", DEMO_PASSWORD) is None and unlock("disa", "nordanvind-och-klar")
    assert not own.roles_held.exists()
    with pytest.raises(Refused):
        demo_keys(own)


def test_outside_the_demonstration_the_cast_is_refused(db, settings) -> None:
    settings.DEMO = False
    with pytest.raises(Refused):
        ensure_demo_cast()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"password": "kort"}, "Inget är sparat"),
        ({"roles": ["kung"]}, "Rollen kung finns inte"),
        ({"roles": ["mika_counsellor"]}, "gäller en mottagning"),
        ({"username": "nils"}, "upptaget"),
    ],
)
def test_an_account_is_refused_whole_with_a_reason(db, wrong, says) -> None:
    ground()
    right = {
        "username": "nils",
        "name": "Nils",
        "password": "nordanvind-och-klar",
        "roles": [ReportChecker.key],
    }
    admit_person(**right)
    with pytest.raises(Refused, match=says):
        admit_person(**{**right, "username": "ny", **wrong})
    assert User.objects.count() == 1 and not RoleHeld.objects.filter(role="mika_counsellor").exists()


CLIENT_DATA = {Permission.CASE_READ, Permission.CASE_WRITE, Permission.CASE_UNSEAL, Permission.CASE_EXPORT}


def test_only_counsellors_read_client_data_and_they_need_a_second_factor() -> None:
    readers = {role.key for role in ROLES if role.permissions & CLIENT_DATA}
    assert readers == {"mika_counsellor", "kast_counsellor"}
    assert all(BY_KEY[key].needs_second_factor() and BY_KEY[key].reach is Reach.TEAM for key in readers)
    assert not BY_KEY["councillor"].needs_second_factor()


def test_alva_may_read_in_mika_and_nowhere_else(db) -> None:
    alva, bo, greta = person("alva"), person("bo"), person("greta")
    mika, kast = Team.objects.get(kind="mika"), Team.objects.get(kind="kast")
    other = Team.objects.create(kind="mika", name="En annan", created_on=mika.created_on)
    read = Permission.CASE_READ
    assert alva.may_in_team(read, mika) and alva.may_in_team("case_read", mika)
    assert not any(alva.may_in_team(read, team) for team in (kast, other))
    assert bo.may_in_team(read, kast) and not bo.may_in_team(read, mika)
    assert greta.may_in_team(Permission.READS_SIGN_OFF, mika) and not greta.may_in_team(read, mika)
    alva.is_active = False
    assert not alva.may_in_team(read, mika)


def test_a_counsellors_role_never_holds_in_a_team_of_the_other_kind(db) -> None:
    """Nor when somebody has written such a row straight into the database."""
    alva = person("alva")
    kast = Team.objects.get(kind="kast")
    with pytest.raises(Refused, match="gäller en mottagning"):
        give_role(user=alva, role="mika_counsellor", team=kast)
    RoleHeld.objects.create(user=alva, role="mika_counsellor", team=kast)
    RoleHeld.objects.create(user=alva, role="kast_counsellor")
    assert not User.objects.get(pk=alva.pk).may_in_team(Permission.CASE_READ, kast)


def test_greta_gives_and_takes_counsellors_roles_in_her_receptions_and_nothing_else(db) -> None:
    greta, cilla, alva = person("greta"), person("cilla"), person("alva")
    mika = Team.objects.get(kind="mika")
    held = give_role(user=cilla, role="mika_counsellor", team=mika, by=greta)
    assert User.objects.get(pk=cilla.pk).may_in_team(Permission.CASE_READ, mika)
    take_role(row=held, by=greta)
    assert not User.objects.get(pk=cilla.pk).may_in_team(Permission.CASE_READ, mika)
    told = list(AuditEvent.objects.filter(actor=greta.pseudonym).values_list("action", "team"))
    assert told == [("role.give", "mika"), ("role.take", "mika")]
    refused = [
        (cilla, "reception_head", mika, greta), (greta, "mika_counsellor", mika, greta), (cilla, "analyst", None, greta),
        (cilla, "mika_counsellor", mika, alva), (alva, "mika_counsellor", mika, alva),
    ]  # fmt: skip
    for user, role, team, by in refused:
        with pytest.raises(Refused, match="inte härifrån"):
            give_role(user=user, role=role, team=team, by=by)
    assert AuditEvent.objects.filter(actor=greta.pseudonym).count() == 2


def test_nobody_stands_in_both_mika_and_kast_by_role_or_by_key(db) -> None:
    alva, bo, cilla = person("alva"), person("bo"), person("cilla")
    mika, kast = Team.objects.get(kind="mika"), Team.objects.get(kind="kast")
    give_role(user=cilla, role="reception_head", team=mika)
    refused = [
        lambda: give_role(user=cilla, role="reception_head", team=kast),
        lambda: give_role(user=cilla, role="kast_counsellor", team=kast),
        lambda: add_member(team=kast, member=cilla, by=bo, keys=demo_keys(bo)),
        lambda: create_team(kind=Team.Kind.KAST, name="Ny", founder=alva, keys=demo_keys(alva)),
    ]
    for act in refused:
        with pytest.raises(Refused, match="hålls isär"):
            act()
    RoleHeld.objects.filter(user=alva).delete()  # the key alone is enough
    with pytest.raises(Refused, match="hålls isär"):
        give_role(user=alva, role="kast_counsellor", team=kast)
    assert not RoleHeld.objects.filter(user__in=[alva, cilla], team=kast).exists()
    assert not Team.objects.filter(name="Ny").exists()


def test_each_reception_of_the_demonstration_has_a_head_of_its_own(db) -> None:
    ensure_demo_cast()
    heads = RoleHeld.objects.filter(role="reception_head").values_list("user__username", "team__kind")
    assert sorted(heads) == [("greta", "mika"), ("mona", "kast")]

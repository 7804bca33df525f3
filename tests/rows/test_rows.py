"""The site's database role owns nothing and sees the rows of the teams that a transaction names, and no others."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from klarsyn.cases import access, actions, rows
from klarsyn.cases.deciding.counting import count_request, counted
from klarsyn.cases.deciding.forms import OUTCOMES
from klarsyn.cases.models import Case, Compartment, RequestOutcome
from klarsyn.people.keys import teams
from klarsyn.people.models import RoleHeld, User
from tests.unit.cases.conftest import Mika
from tests.unit.cases.operations import OF_ONE_CASE, OPERATIONS, Who, add_notes, refused

pytestmark = pytest.mark.django_db(transaction=True)
# The monthly sample holds numbers of the log's lines, and leave is the staff's: nothing of a client.
LOG_ONLY = {"cases_readsample", "cases_sampledread", "cases_leave"}
TABLES = tuple(
    name for m in apps.get_app_config("cases").get_models() if (name := m._meta.db_table) not in LOG_ONLY
)
NONE = [0] * len(TABLES)


def ask(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def change(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def count() -> list[int]:
    return [ask(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


def holding(user: User, role: str, team) -> User:
    RoleHeld.objects.create(user=user, role=role, team=team)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def alva(mika: Mika) -> Who:
    return Who(holding(mika.alva, "mika_counsellor", mika.team), mika.hers)


@pytest.fixture
def bo(mika: Mika) -> Who:
    return Who(holding(mika.bo, "kast_counsellor", mika.kast), mika.bos)


@pytest.fixture
def case(mika: Mika, alva: Who, bo: Who):
    """Mika's case with a record and a counted request; KAST has a case too."""
    access.open_case(bo.user, bo.keys, mika.kast, summary="Andra")
    id = access.open_case(alva.user, alva.keys, mika.team, summary="Första samtalet")
    access.write_record(
        alva.user, alva.keys, id, compartment=Compartment.NOTES, text="Hon bor hos en väninna."
    )
    count_request(
        team=mika.team, asker="police", outcome=RequestOutcome.NEITHER, by=alva.user, day=timezone.localdate()
    )
    with rows.of_teams([mika.team.id]):
        add_notes(Case.objects.get(pk=id), alva.user, alva.keys)
    return id


def test_the_sites_role_owns_nothing_and_may_not_go_round(as_site: str) -> None:
    owned = "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = %s)"
    assert ask(owned, as_site) == [(0,)] and ask("SELECT current_user::text") == [(as_site,)]
    may = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s"
    assert ask(may, as_site) == [(False, False, False, False)]


@pytest.mark.parametrize("table", TABLES)
def test_every_client_table_keeps_its_rows_from_its_owner_too(as_site: str, table: str) -> None:
    kept = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
    assert ask(kept, table) == [(True, True)]
    assert ask("SELECT count(*) FROM pg_policies WHERE tablename = %s", table) == [(1,)]


FORBIDDEN = (
    *(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in TABLES),
    *(f"DROP POLICY rows_of_teams ON {table}" for table in TABLES),
    *(f"TRUNCATE {table} CASCADE" for table in TABLES),
    "DROP TABLE cases_case CASCADE", "CREATE TABLE mine (id int)", "ALTER ROLE CURRENT_USER BYPASSRLS",
    "DROP TRIGGER audit_no_change ON base_auditevent", "DELETE FROM base_auditevent",
    "UPDATE base_auditevent SET actor = 'x'", "DELETE FROM base_auditcheckpoint",
    "DELETE FROM django_migrations", "SELECT * FROM pg_authid",
)  # fmt: skip


def test_the_sites_role_may_neither_open_the_rows_nor_touch_the_log(as_site: str) -> None:
    for statement in FORBIDDEN:
        with pytest.raises(DatabaseError, match=r"must be owner|permission denied"):
            change(statement)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        change("SET LOCAL row_security = off")
        change("SELECT * FROM cases_case")


def test_raw_statements_without_a_team_find_nothing_and_change_nothing(case) -> None:
    assert count() == NONE
    for table in TABLES:
        assert change(f"DELETE FROM {table}") == 0
    assert change("UPDATE cases_case SET state = 'erased'") == 0
    assert not Case.objects.exists()
    with pytest.raises(DatabaseError, match="row-level security"):
        change(
            "INSERT INTO cases_case (id, team_id, state, created_on, summary, summary_epoch) "
            "SELECT gen_random_uuid(), id, 'open', now(), '', 1 FROM people_team LIMIT 1"
        )


def test_a_transaction_sees_the_teams_it_names_and_star_is_the_owners_word(mika: Mika, case) -> None:
    with rows.of_teams([mika.team.id]):
        assert count() == [1, 2, 3, 1, 0] and Case.objects.get().id == case
    year = timezone.localdate().year
    assert [one.count for one in counted(mika.team, year, OUTCOMES)] == [1]
    assert counted(mika.kast, year, OUTCOMES) == []
    with rows.of_teams([mika.kast.id]):
        assert count() == [1, 2, 0, 0, 0] and Case.objects.get().id != case
        assert change("UPDATE cases_case SET state = 'open'") == 1
    with transaction.atomic():
        change(f"SET LOCAL {rows.SETTING} = '{rows.ALL}'")
        assert count() == NONE


def test_no_row_moves_to_a_team_that_is_not_named(mika: Mika, case) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), rows.of_teams([mika.kast.id]):
        Case.objects.update(team=mika.team)


def test_the_name_is_gone_with_its_transaction_and_a_block_inside_gives_it_back(mika: Mika, case) -> None:
    with rows.of_teams([mika.team.id]):
        with rows.of_teams([mika.kast.id]):
            assert Case.objects.get().team_id == mika.kast.id
        assert Case.objects.get().team_id == mika.team.id
        with pytest.raises(ZeroDivisionError), rows.of_teams([mika.kast.id]):
            raise ZeroDivisionError
        assert Case.objects.get().team_id == mika.team.id
    assert count() == NONE
    with transaction.atomic():
        with rows.of_teams([mika.team.id]):
            assert Case.objects.exists()
        assert not Case.objects.exists()


def test_alva_does_everything_through_the_doors(mika: Mika, alva: Who, case) -> None:
    for name in OPERATIONS:  # the end of a case comes last
        assert not refused(name, alva, mika.team, case), name


def test_all_keys_and_all_permissions_do_not_bring_the_rows_of_another_team(
    mika: Mika, alva: Who, case, monkeypatch
) -> None:
    """Alva with Mika's key and every check taken away, in a session whose teams are KAST's: no such row."""
    monkeypatch.setattr(User, "may_in_team", lambda _self, _permission, _team: True)
    monkeypatch.setattr(User, "team_ids", frozenset({mika.kast.id}))
    for name in OF_ONE_CASE:
        assert refused(name, alva, mika.team, case), name
    assert access.read_list(alva.user, alva.keys, mika.team) == []


def test_rekeying_and_erasing_again_find_their_rows_by_themselves(mika: Mika, alva: Who, case) -> None:
    teams.remove_member(team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar")
    assert teams.drain(team=mika.team, keys=mika.hers) >= 1
    with rows.of_teams([mika.team.id]):
        assert Case.objects.get().summary_epoch == 2
    assert access.read_case(alva.user, alva.keys, case, purpose="möte").summary == "Första samtalet"
    assert actions.erase_again(str(case)) == 1 and actions.erase_again(str(case)) == 0

"""A visitor's rows on PostgreSQL: seen by who names the code or the team, by nobody else."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from klarsyn.base import rows
from klarsyn.contact import access, endings, visitor
from klarsyn.contact.codes import Code
from klarsyn.contact.models import Access, Message, Thread
from tests.rows.test_rows import ask, change
from tests.unit.contact.conftest import House, house  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db(transaction=True)
# Sealed with a cookie's secret; keyed hashes of an hour (ADR 12). What is published; which quarters are gone,
# as the page shows; and numbers a month.
OPEN = {
    "contact_visit", "contact_tries", "contact_publishedtimes", "contact_takenquarter", "contact_bookingcount",
    "contact_residencecount", "contact_cardcount", "contact_callcount",
}  # fmt: skip
TABLES = tuple(
    name for m in apps.get_app_config("contact").get_models() if (name := m._meta.db_table) not in OPEN
)


@pytest.fixture
def begun(house: House):  # noqa: F811
    """A thread with Mika and one with KAST: (Mika's visit, its code)."""
    visitor.begin(house.kast, "till KAST")
    return visitor.begin(house.mika, "till Mika")


@pytest.mark.parametrize("table", TABLES)
def test_every_visitors_table_keeps_its_rows_from_its_owner_too(as_site: str, table: str) -> None:
    kept = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
    assert ask(kept, table) == [(True, True)]
    assert ask("SELECT count(*) FROM pg_policies WHERE tablename = %s", table) == [(1,)]


def test_without_a_name_raw_statements_find_nothing_change_nothing_and_add_nothing(begun) -> None:
    for table in TABLES:
        assert ask(f"SELECT count(*) FROM {table}") == [(0,)] and change(f"DELETE FROM {table}") == 0
    held, _code = begun
    with rows.of_code([held.tag]):
        row = Access.objects.get()
    row.pk, row.tag = None, "f" * 64
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


def test_a_code_shows_its_own_thread_and_no_list(begun) -> None:
    held, code = begun
    with rows.of_code([held.tag]):
        assert [t.access_id for t in Thread.objects.all()] == [held.access]
        assert (Access.objects.count(), Message.objects.count()) == (1, 1)
    with rows.of_code(access.tags(Code.new(), access.peppers())):
        assert not Access.objects.exists()
    assert not Thread.objects.exists()
    assert access.enter(code).id == held.access


def test_a_team_sees_its_own_contacts_alone(begun, house: House) -> None:  # noqa: F811
    for to in (house.mika, house.kast):
        with rows.of_teams([to.team]):
            assert [t.team_id for t in Thread.objects.all()] == [to.team] and Message.objects.count() == 1


def test_a_code_moves_no_row_to_another_code_or_team(begun, house: House) -> None:  # noqa: F811
    held, _code = begun
    for changed in ({"tag": "f" * 64},):
        with pytest.raises(DatabaseError, match="row-level security"), rows.of_code([held.tag]):
            Access.objects.update(**changed)
    with pytest.raises(DatabaseError, match="row-level security"), rows.of_code([held.tag]):
        Thread.objects.update(team=house.kast.team)


def test_the_whole_life_through_the_doors(begun) -> None:
    held, _code = begun
    visitor.write(held, "mer")
    held, code = visitor.new_code(held)
    assert access.enter(code).seen is None and len(visitor.read(held).messages) == 2
    visitor.erase(held)
    with rows.of_code([held.tag]):
        assert not Access.objects.exists()
    assert endings.erase_again(str(held.access)) == 0

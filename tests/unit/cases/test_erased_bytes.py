"""What an erased case was stands in no table, page or write-ahead log afterwards, not even sealed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from klarsyn.base import leftovers
from klarsyn.cases import actions
from klarsyn.cases.models import Compartment
from klarsyn.config.settings import base
from tests.unit.cases.conftest import Mika

pytestmark = pytest.mark.django_db(transaction=True)
SITE = base._SQLITE["init_command"]  # what every connection of the site begins with
CANARY = "Kanariefågeln i hamnen"
TABLES = ("cases_case", "cases_keywrap", "cases_sealedrecord")


def _rows() -> bytes:
    """Every value of every table, one after the other."""
    found = (tuple(row) for model in apps.get_models() for row in model.objects.values_list())
    return b"".join(
        bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for r in found for v in r
    )


def _pages() -> bytes:
    """The database's own pages as they lie on the disk: of PostgreSQL, the files of the tables of cases."""
    if connection.vendor == "sqlite":
        return bytes(connection.connection.serialize())
    found = b""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        for table in TABLES:
            for kind in ("oid", "reltoastrelid"):
                cursor.execute(
                    f"SELECT pg_read_binary_file(pg_relation_filepath({kind}::regclass)) FROM pg_class "
                    f"WHERE relname = %s AND {kind} <> 0", [table],
                )  # fmt: skip
                found += b"".join(bytes(file) for (file,) in cursor.fetchall())
    return found


def _rewritten() -> None:
    """What SQLite does as it erases, PostgreSQL does when it is told to, and nobody is older (docs/how-to/sweep.md)."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
        (now,) = cursor.fetchone()
        for _second in range(600):  # another test, in another database of this server, holds it back as well
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) > %s", [now])
            if cursor.fetchone() == (True,):
                break
            time.sleep(0.5)
        for table in TABLES:
            cursor.execute(f"VACUUM FULL {table}")


def test_no_page_and_no_table_holds_what_was_erased(mika: Mika) -> None:
    if connection.vendor == "sqlite":
        connection.connection.executescript(SITE)
    case = actions.open_case(team=mika.team, by=mika.alva, keys=mika.hers, summary=CANARY)
    for n in range(40):  # more than one page, some of them overflowing
        text = CANARY * (1 + 40 * (n % 3))
        actions.add_record(case=case, compartment=Compartment.NOTES, by=mika.alva, keys=mika.hers, text=text)
    sealed = [bytes(case.summary), *(bytes(r.body) for r in case.records.all())]
    sealed += [bytes(k.sealed) for k in case.keys.all()]
    needles = {piece for one in sealed for piece in (one[-24:], one[len(one) // 2 :][:24])}
    pages = _pages()
    assert all(n in pages for n in needles if len(n) == 24) or sum(n in pages for n in needles) > 60
    actions.erase(case=case, by=mika.alva)
    _rewritten()
    pages, held = _pages(), _rows()
    assert [n for n in needles if n in pages or n in held] == []
    assert CANARY.encode() not in pages + held


@pytest.mark.parametrize("vacuum", [False, True])
def test_the_write_ahead_log_is_emptied(tmp_path: Path, monkeypatch, vacuum: bool) -> None:
    file = tmp_path / "prov.sqlite3"
    whole = {**connection.settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    own = DatabaseWrapper({**whole, "OPTIONS": {"init_command": SITE}}, alias="prov")
    monkeypatch.setattr(leftovers, "connection", own)
    with own.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
        cursor.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, body BLOB)")
        for _n in range(50):
            cursor.execute("INSERT INTO held (body) VALUES (%s)", [CANARY * 300])
        cursor.execute("DELETE FROM held")
    log = file.with_name(file.name + "-wal")
    assert CANARY.encode() in log.read_bytes()
    assert leftovers.clear(vacuum=vacuum)
    assert not log.read_bytes() and CANARY.encode() not in file.read_bytes()
    own.close()

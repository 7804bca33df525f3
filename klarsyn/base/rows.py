"""Which client rows PostgreSQL shows: those of the teams, or of the one code, that a transaction names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import connection, transaction

SETTING: Final = "klarsyn.teams"
ALL: Final = "*"  # for a backup; heard from the owner of the tables alone
CODE: Final = "klarsyn.code"


@contextmanager
def of_teams(teams: Iterable[UUID]) -> Iterator[None]:
    """A transaction in which the rows of these teams exist, and no others. SQLite has nothing of the kind.

    The setting is the transaction's own (SET LOCAL): a pooled connection carries it to nobody else. Inside
    another such block it is put back at the end, or by the rollback.
    """
    with _named(SETTING, ",".join(sorted(str(team) for team in teams))):
        yield


@contextmanager
def of_code(tags: Iterable[str]) -> Iterator[None]:
    """A transaction in which the rows that hang on a visitor's code exist, and no others.

    A tag is the keyed hash of the code's locator, so whoever asks has been told the locator and knows the
    pepper; several, because a code may be of an older pepper, or be replaced by a new one.
    """
    with _named(CODE, ",".join(sorted(tags))):
        yield


@contextmanager
def _named(setting: str, value: str) -> Iterator[None]:
    with transaction.atomic():
        before = _name(setting, value)
        yield
        _name(setting, before)


def _name(setting: str, value: str) -> str:
    """Set it; what stood there before."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [setting])
        before = str(cursor.fetchone()[0])
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
    return before

"""Which client rows PostgreSQL shows: those of the teams that a transaction names, else none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import connection, transaction

SETTING: Final = "klarsyn.teams"
ALL: Final = "*"  # for a backup; heard from the owner of the tables alone


@contextmanager
def of_teams(teams: Iterable[UUID]) -> Iterator[None]:
    """A transaction in which the rows of these teams exist, and no others. SQLite has nothing of the kind.

    The setting is the transaction's own (SET LOCAL): a pooled connection carries it to nobody else. Inside
    another such block it is put back at the end, or by the rollback.
    """
    with transaction.atomic():
        before = _name(",".join(sorted(str(team) for team in teams)))
        yield
        _name(before)


def _name(teams: str) -> str:
    """Set the teams; what stood there before."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SETTING])
        before = str(cursor.fetchone()[0])
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, teams])
    return before

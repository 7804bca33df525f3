"""Which client rows PostgreSQL shows: those of the teams, or of the one code, that a transaction names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

SETTING: Final = "klarsyn.teams"
ALL: Final = "*"  # for a backup; heard from the owner of the tables alone
CODE: Final = "klarsyn.code"
_WRITING: Final = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")


@contextmanager
def of_teams(teams: Iterable[UUID], *, is_reading: bool = False) -> Iterator[None]:
    """A transaction in which the rows of these teams exist, and no others. SQLite has nothing of the kind.

    The setting is the transaction's own (SET LOCAL): a pooled connection carries it to nobody else. Inside
    another such block it is put back at the end, or by the rollback.

    `is_reading`: nothing is written in it, so on SQLite it does not stand in the queue of those who write;
    a statement that would write is refused.
    """
    with _named(SETTING, ",".join(sorted(str(team) for team in teams)), is_reading):
        yield


@contextmanager
def of_code(tags: Iterable[str], *, is_reading: bool = False) -> Iterator[None]:
    """A transaction in which the rows that hang on a visitor's code exist, and no others.

    A tag is the keyed hash of the code's locator, so whoever asks has been told the locator and knows the
    pepper; several, because a code may be of an older pepper, or be replaced by a new one.
    """
    with _named(CODE, ",".join(sorted(tags)), is_reading):
        yield


class Writes(RuntimeError):
    """A statement that writes, in a block that only reads."""


@contextmanager
def _named(setting: str, value: str, is_reading: bool) -> Iterator[None]:
    with ExitStack() as stack:
        if is_reading:
            stack.enter_context(connection.execute_wrapper(_refuse_to_write))
            _begin_without_waiting(stack)
        else:
            stack.enter_context(transaction.atomic())
        before = _name(setting, value)
        yield
        _name(setting, before)


def _begin_without_waiting(stack: ExitStack) -> None:
    """SQLite takes the one writer's lock when a transaction begins IMMEDIATE; who only reads needs none."""
    held: Any = connection  # how a transaction begins is the connection's own, and each thread has one
    mode = getattr(held, "transaction_mode", None)
    if mode is None:
        stack.enter_context(transaction.atomic())
        return
    held.transaction_mode = "DEFERRED"
    try:
        stack.enter_context(transaction.atomic())
    finally:
        held.transaction_mode = mode


def _refuse_to_write(go_on: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith(_WRITING):
        raise Writes(sql.split(" SET ")[0][:80])
    return go_on(sql, params, many, context)


def _name(setting: str, value: str) -> str:
    """Set it; what stood there before."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [setting])
        before = str(cursor.fetchone()[0])
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
    return before

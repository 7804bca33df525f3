"""Every table before and after, and what differs."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any

from django.apps import apps
from django.db import connection, models

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z]+-\d+")
Rows = dict[str, dict[Any, dict[str, Any]]]
# Differs from one time to the next whatever was sent: times, what is random, what is sealed or hashed.
_BY_CHANCE = (models.DateTimeField, models.BinaryField, models.UUIDField, models.AutoField)
_BY_CHANCE_NAMES = {"link", "mac", "at", "frontier", "detail", "wraps", "id_hash", "verifier", "sequence"}
_BY_CHANCE_NAMES |= {
    "tag",
    "access_id",
    "booking_id",
    "tally_id",
}  # a keyed hash of a code, and what hangs on it
_BY_CHANCE_NAMES |= {"mark"}  # of who logged a sign, keyed with the row's random id
_BY_CHANCE_NAMES |= {"password"}  # Django's mark that it keeps none, drawn anew each time

_BY_CHANCE_PLACES = {"training_certificate.number", "training_learner.code_hash", "training_unit.link_hash"}
_BY_CHANCE_PLACES |= {"base_auditcheckpoint.root", "base_auditcheckpoint.text"}  # hold the time of the lines
_BY_CHANCE_PLACES |= {"concerns_reportact.reference"}  # the id of a message, drawn when it is made


def tables() -> Rows:
    """All rows of all tables."""
    return {model._meta.db_table: _rows(model) for model in apps.get_models(include_auto_created=True)}


def writes() -> int | None:
    """How many rows this connection has written since it was made, undone ones too. PostgreSQL does not tell: None."""
    return connection.connection.total_changes if connection.vendor == "sqlite" else None


def _rows(model: type[models.Model]) -> dict[Any, dict[str, Any]]:
    key = model._meta.pk.attname
    return {row[key]: row for row in model._base_manager.values()}


def places(before: Rows, after: Rows) -> set[str]:
    """Where something changed: "table +" for a new row, "table -" for one that is gone, "table.column"."""
    found = set()
    for table, rows in after.items():
        was = before[table]
        found |= {f"{table} +"} if rows.keys() - was.keys() else set()
        found |= {f"{table} -"} if was.keys() - rows.keys() else set()
        for key in rows.keys() & was.keys():
            found |= {f"{table}.{c}" for c, value in rows[key].items() if value != was[key][c]}
    return found


def settled(before: Rows, after: Rows, always: Set[str] = frozenset()) -> list[tuple[str, Any, ...]]:
    """What the new and the changed rows now say, but for what differs by chance.

    A row in which only places in `always` changed is left out: a session is marked as seen once a minute, so
    whether this post was the one that did it depends on the clock alone.
    """
    said = []
    for model in apps.get_models(include_auto_created=True):
        table, chance = model._meta.db_table, _by_chance(model)
        for key, row in after[table].items():
            hung = {c for c, to in _hung(model).items() if row[c] in after[to] and row[c] not in before[to]}
            was = before[table].get(key)
            changed = {f"{table}.{c}" for c, value in row.items() if was is None or value != was[c]}
            if changed and (was is None or not changed <= always):
                said.append(
                    (table, *((c, _told(c, v)) for c, v in sorted(row.items()) if c not in chance | hung))
                )
    return sorted(said)


def _told(column: str, value: Any) -> str:
    """A line of the log names what was made by its random id, or by a number that PostgreSQL gives out once."""
    return "an id" if column == "object" and _ID.fullmatch(str(value)) else str(value)


def _hung(model: type[models.Model]) -> dict[str, str]:
    """Columns that name another row, and its table. PostgreSQL numbers a new row anew each time."""
    fields = (f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey))
    return {f.attname: f.related_model._meta.db_table for f in fields}


def _by_chance(model: type[models.Model]) -> set[str]:
    fields = model._meta.concrete_fields
    drawn = {f.attname for f in fields if f"{model._meta.db_table}.{f.attname}" in _BY_CHANCE_PLACES}
    return {f.attname for f in fields if isinstance(f, _BY_CHANCE)} | _BY_CHANCE_NAMES | drawn

"""PostgreSQL with two roles: one owns the tables and changes them, the site's own reads and writes rows."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from klarsyn.base.errors import Refused

ALIAS: Final = "owner"
# What the site reads and never writes; of the log it only adds lines.
_READ_ONLY: Final = ("django_migrations",)
_ADD_ONLY: Final = ("base_auditevent", "base_auditcheckpoint")
_GRANTS: Final = (
    "GRANT USAGE ON SCHEMA public TO {site}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {site}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {site}",
    *(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {{site}}" for table in _READ_ONLY),
    *(f"REVOKE UPDATE, DELETE ON {table} FROM {{site}}" for table in _ADD_ONLY),
)
_TOO_MUCH: Final = """
    SELECT rolsuper OR rolbypassrls OR pg_has_role(rolname, current_user, 'MEMBER')
        OR EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = 'public' AND c.relowner = r.oid)
        OR has_schema_privilege(rolname, 'public', 'CREATE')
    FROM pg_roles r WHERE rolname = %s"""


def alias() -> str:
    """The database alias for what only an owner does: migrations, backups."""
    return ALIAS if ALIAS in settings.DATABASES else "default"


def connection() -> BaseDatabaseWrapper:
    return connections[alias()]


def make_site() -> None:
    """Before a migration: see to it that the site's role is there, and may no more than it should.

    Nothing to do on SQLite, or without an owner of its own. Raises Refused, with what to type, when the role
    cannot be made, or may too much.
    """
    if alias() != ALIAS:
        return
    name, password = _site(), str(connections["default"].settings_dict["PASSWORD"] or "")
    with connection().cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone() is None:
            _make(cursor, name, password)
        cursor.execute(_TOO_MUCH, [name])
        if cursor.fetchone() != (False,):
            raise Refused(
                f"Databasrollen {name} i DATABASE_URL får mer än den ska: den äger tabeller, är superuser, "
                "går förbi radskyddet, får skapa i schemat public eller är medlem i ägarens roll. "
                "Inget är ändrat. Ge webbplatsen en egen roll: docs/how-to/postgresql.md."
            )


def grant_site() -> None:
    """After a migration: the site's role gets what it needs and nothing more."""
    if alias() != ALIAS:
        return
    with connection().cursor() as cursor:
        for grant in _GRANTS:
            cursor.execute(sql.SQL(grant).format(site=sql.Identifier(_site())))


def told() -> tuple[str, ...]:
    """What an operator should know about a PostgreSQL without an owner of its own."""
    if alias() == ALIAS or connection().vendor != "postgresql":
        return ()
    return (
        "DATABASE_URL är både ägare och webbplatsens roll. Sätt KLARSYN_DATABASE_OWNER_URL till ägaren och "
        "ge webbplatsen en egen roll: docs/how-to/postgresql.md.",
    )


def _make(cursor: Any, name: str, password: str) -> None:
    cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchone() != (True,):
        raise Refused(
            f"Databasrollen {name} i DATABASE_URL finns inte och ägaren får inte skapa roller. Be den "
            f"som sköter databasen skriva: CREATE ROLE {name} LOGIN PASSWORD '…'; kör sedan om kommandot."
        )
    made = sql.SQL("CREATE ROLE {} LOGIN NOCREATEDB NOCREATEROLE NOINHERIT").format(sql.Identifier(name))
    if password:
        made += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
    cursor.execute(made)


def _site() -> str:
    return str(connections["default"].settings_dict["USER"])

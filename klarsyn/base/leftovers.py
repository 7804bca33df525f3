"""What an erased row leaves in the database's own files, and what is done about it."""

from __future__ import annotations

from django.db import connection

ON_POSTGRESQL = (
    "PostgreSQL: the bytes of erased rows stay in the tables until VACUUM FULL has run, in the write-ahead "
    "archive until it expires, and in snapshots of the disk until those do. See docs/how-to/sweep.md."
)


def clear(*, vacuum: bool = False) -> bool:
    """Empty SQLite's write-ahead log, so that what it held before is nowhere; `vacuum` rewrites the file too.

    Outside a transaction. Erased pages are overwritten as they are freed (secure_delete). False: somebody
    was reading, so that the log was not emptied; it is at the next run. On another database nothing: True.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        if vacuum:
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    return not busy


def needs_vacuum_elsewhere() -> bool:
    """Whether the database is one that Klarsyn does not clear up after: see ON_POSTGRESQL."""
    return connection.vendor != "sqlite"

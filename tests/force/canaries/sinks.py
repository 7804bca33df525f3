"""Every place where bytes come to rest, and a control planted in each: a text that must be found there."""

from __future__ import annotations

import gzip
import logging
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.utils import timezone

from klarsyn.base.audit import exporting
from klarsyn.config import backup
from klarsyn.people.models import StaffSession

IS_FILE = connection.vendor == "sqlite"


def log_every_statement() -> None:
    """PostgreSQL writes down each statement with its values and keeps its whole log, as an unlucky server might."""
    if not IS_FILE:
        with connection.cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET log_statement = 'all'")
            # a checkpoint throws old log away, and with it what was planted there
            cursor.execute("ALTER SYSTEM SET wal_keep_size = '8GB'")
            cursor.execute("SELECT pg_reload_conf()")


def plant(control: dict[str, str]) -> None:
    """One control for each sink, written in the way that sink writes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted (t text)")
        cursor.execute("INSERT INTO planted VALUES (%s)", [control["database"]])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if IS_FILE else "CHECKPOINT")
        cursor.execute("INSERT INTO planted VALUES (%s)", [control["wal"]])
        long = f"{control['compressed by the database']} " + "en lång rad som går att packa " * 400
        cursor.execute("INSERT INTO planted VALUES (%s)", [long])
    if not IS_FILE:
        connection.cursor().execute("SELECT %s", [control["log of the database"]])
    now = timezone.now()
    StaffSession.objects.create(
        id_hash="planted", sealed=control["sessions"].encode(), began_at=now, seen_at=now, expires_at=now
    )
    logging.getLogger("klarsyn").error("planted %s", control["log of the site"])
    send_mail("planted", control["mail"], "a@example.org", ["b@example.org"])
    media = Path(settings.HOME) / "media"
    with zipfile.ZipFile(media / "planted.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", control["media"])
    (media / "planted.json").write_text(f'{{"a": "{control["media"]}"}}')
    (Path(tempfile.gettempdir()) / "planted.gz").write_bytes(
        gzip.compress(control["temporary files"].encode() * 3)
    )
    (Path(settings.HOME) / "planted.txt").write_text(control["backup, opened"])


def sinks(folder: Path, data: Path | None) -> Iterator[tuple[str, str, bytes]]:
    """(sink, where in it, the bytes). `folder` holds logs, mail and temporary files; `data` is PostgreSQL's."""
    yield from _database(data)
    for row in StaffSession.objects.all():
        yield "sessions", row.id_hash[:8], bytes(row.sealed) + row.id_hash.encode()
    yield "export of the log", "", "\n".join(exporting.export_lines()).encode()
    for name, place in (
        ("log of the site", folder / "log"),
        ("mail", folder / "mail"),
        ("temporary files", folder / "tmp"),
        ("media", Path(settings.HOME) / "media"),
        ("data folder", Path(settings.HOME)),
    ):
        for path in sorted(place.rglob("*")):
            is_ours = path.is_file() and not path.name.startswith("klarsyn.sqlite3")
            if is_ours and not (name == "data folder" and path.is_relative_to(Path(settings.HOME) / "media")):
                yield name, str(path.relative_to(place)), path.read_bytes()
    yield from _backup(folder)


def _database(data: Path | None) -> Iterator[tuple[str, str, bytes]]:
    if data is None:
        for path in sorted(Path(settings.HOME).glob("klarsyn.sqlite3*")):
            yield "wal" if path.name.endswith("-wal") else "database", path.name, path.read_bytes()
        return
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    for path in sorted(data.rglob("*")):
        if path.is_file():
            within = str(path.relative_to(data))
            name = (
                "wal"
                if within.startswith("pg_wal")
                else "log of the database"
                if within == "log"
                else "database"
            )
            yield name, within, path.read_bytes()


def _backup(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """As it lies there, and as whoever holds its key sees it."""
    identity, recipient = backup.new_identity()
    sealed, opened = folder / "copy.age", folder / "opened.tar"
    backup.make(sealed, [recipient])
    yield "backup", "copy.age", sealed.read_bytes()
    backup._decrypt(sealed, identity, opened)
    with tarfile.open(opened) as tar:
        for member in tar.getmembers():
            inside = tar.extractfile(member)
            if inside:
                yield "backup, opened", member.name, inside.read()

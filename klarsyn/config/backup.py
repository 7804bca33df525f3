"""One sealed file of everything that cannot be made again, and the way back from it.

The database and the data folder go into a tar, sealed with age to recipients whose keys lie elsewhere. The
keys folder (pepper, log keys, erasures) never goes with it: a stolen backup opens nothing. A restore puts all
in its place, and then erases again what was erased since, and shuts out who was shut out; killed in between,
it is finished before the site starts again.
"""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyrage  # type: ignore[import-untyped]  # ships no types
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from klarsyn.base import durable, erasures
from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.cases import rows
from klarsyn.cases.actions import erase_again, is_gone
from klarsyn.concerns.report import endings as reports
from klarsyn.config import owner
from klarsyn.contact import endings, sweeping
from klarsyn.contact.models import Visit
from klarsyn.people.keys.teams import is_shut_out, shut_out_again
from klarsyn.people.models import StaffSession
from klarsyn.receptions.statistics import destroying

SQLITE, POSTGRES = "database.sqlite3", "database.pgdump"
# What a backup never holds: what opens it, what is made anew, what lies elsewhere.
_FILE: Final = "klarsyn.sqlite3"
_UNFINISHED: Final = "restore-unfinished"  # in the keys folder, from before the old rows come back
_WORKPLACE: Final = ".backup-"
LEFT_OUT: Final = ("keys", "static", _FILE, f"{_FILE}-wal", f"{_FILE}-shm", "secret-key")
_ASKED: Final = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
}
_IS_GONE: Final = {
    "case": is_gone, "member": is_shut_out, "contact": endings.is_gone, "call": sweeping.is_call_gone,
    "statistics": destroying.is_gone, "concern": reports.is_gone,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what did not."""

    files: int
    erased_again: int
    shut_out_again: int


def make(target: Path, recipients: Sequence[str]) -> int:
    """Write a backup for age recipients ("age1…"); how many bytes. The file is whole or it is not there.

    Raises Refused for a recipient that is none, or a place that cannot be written.
    """
    sealed_to = _recipients(recipients)
    with _workplace(target.parent) as folder:
        plain, sealed = folder / "plain.tar", folder / "sealed.age"
        with tarfile.open(plain, "w") as tar:
            tar.add(_database(folder), _database_name())
            for path in _files():
                tar.add(path, f"home/{path.relative_to(settings.HOME)}")
        with plain.open("rb") as reader, sealed.open("wb") as writer:
            pyrage.encrypt_io(reader, writer, sealed_to)
            writer.flush()
            os.fsync(writer.fileno())
        sealed.replace(target)
        durable.settle(target.parent)
        return target.stat().st_size


def restore(source: Path, identity: str) -> Restored:
    """Put a backup in place of what is here. Raises Refused, and changes nothing, when it does not open.

    Afterwards cases erased since are erased again and members removed since are shut out again, from the
    ledger that lies with the keys; every session is ended.
    """
    with _workplace(Path(settings.HOME)) as folder:
        plain = folder / "plain.tar"
        _decrypt(source, identity, plain)
        with tarfile.open(plain) as tar:
            names = tar.getnames()
            if _database_name() not in names:
                raise Refused("Säkerhetskopian är av ett annat slags databas. Inget är ändrat.")
            tar.extractall(folder / "out", filter="data")
        _settle_while_the_database_is_here()
        durable.write_over(_unfinished(), b"")
        _put_database(folder / "out" / _database_name())
        files = _put_files(folder / "out" / "home")
    gone, out = finish()
    return Restored(files, gone, out)


def finish_if_broken_off() -> bool:
    """Before the site is prepared or served: a restore that was killed, its folder and what it owes."""
    _sweep(Path(settings.HOME))
    if not _unfinished().exists():
        settle()
        return False
    finish()
    return True


def settle() -> tuple[int, int]:
    """What `erasures.settle` says: an erasure that a crash broke off is noted as done, or was none."""
    with transaction.atomic():
        return erasures.settle(lambda kind, id: _IS_GONE[kind](id))


def _settle_while_the_database_is_here() -> None:
    """On a new machine there is none: what was not told as done is then not done."""
    with suppress(DatabaseError):
        settle()


def finish() -> tuple[int, int]:
    """What `replay` says; until it has said so, the site does not start."""
    call_command("migrate", database=owner.alias(), verbosity=0, interactive=False)
    owner.grant_site()
    done = replay()
    _unfinished().unlink(missing_ok=True)
    return done


def _unfinished() -> Path:
    return Path(settings.KEYS) / _UNFINISHED


def replay() -> tuple[int, int]:
    """(cases, contacts and years erased again, members shut out again), as the ledger outside says."""
    StaffSession.objects.all().delete()
    Visit.objects.all().delete()
    with transaction.atomic():
        record(action="backup.restore", by="klarsyn")
    settle()
    noted = list(erasures.noted())
    gone = sum(erase_again(id) for kind, id in noted if kind == "case")
    gone += sum(endings.erase_again(id) for kind, id in noted if kind == "contact")
    gone += sum(sweeping.erase_call_again(id) for kind, id in noted if kind == "call")
    gone += sum(destroying.destroy_again(id) for kind, id in noted if kind == "statistics")
    gone += sum(reports.erase_again(id) for kind, id in noted if kind == "concern")
    return gone, sum(shut_out_again(id) for kind, id in noted if kind == "member")


def _recipients(texts: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    if not texts:
        raise Refused("Ange minst en mottagare (age1…). Inget är skrivet.")
    try:
        return [pyrage.x25519.Recipient.from_str(text) for text in texts]
    except pyrage.RecipientError:
        raise Refused("En mottagare är inte en age-nyckel (age1…). Inget är skrivet.") from None


def _decrypt(source: Path, identity: str, plain: Path) -> None:
    try:
        opener = pyrage.x25519.Identity.from_str(identity.strip())
        with source.open("rb") as reader, plain.open("wb") as writer:
            pyrage.decrypt_io(reader, writer, [opener])
    except (pyrage.IdentityError, pyrage.DecryptError, OSError):
        raise Refused(
            "Säkerhetskopian går inte att öppna med den nyckeln, eller är skadad. Inget är ändrat."
        ) from None


@contextmanager
def _workplace(parent: Path) -> Iterator[Path]:
    """A folder of our own beside the target. What a killed process left in the clear there goes first."""
    parent.mkdir(parents=True, exist_ok=True)
    _sweep(parent)
    mine = f"{_WORKPLACE}{os.getpid()}-"
    folder = Path(tempfile.mkdtemp(prefix=mine, dir=parent))  # 700: nobody else looks in meanwhile
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path) -> None:
    for left in parent.glob(f"{_WORKPLACE}*"):
        if not _lives(left.name.split("-")[1]):
            shutil.rmtree(left, ignore_errors=True)


def _lives(process: str) -> bool:
    """Whether the process of that number is still at work on its backup."""
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _files() -> list[Path]:
    home = Path(settings.HOME)
    inside = [p for p in sorted(home.rglob("*")) if p.is_file() and not p.is_symlink()]
    keys = Path(settings.KEYS)
    return [p for p in inside if p.relative_to(home).parts[0] not in LEFT_OUT and not _hidden(p, home, keys)]


def _hidden(path: Path, home: Path, keys: Path) -> bool:
    """Keys, and what begins with a dot at any depth: the workplace of a backup is never packed into one."""
    return path.is_relative_to(keys) or any(part.startswith(".") for part in path.relative_to(home).parts)


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _database_name() -> str:
    return SQLITE if _is_sqlite() else POSTGRES


def _database(folder: Path) -> Path:
    """A consistent copy of the database while the site runs."""
    copy = folder / _database_name()
    connection.ensure_connection()
    if _is_sqlite():
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
        return copy
    _pg("pg_dump", "--format=custom", "--enable-row-security", f"--file={copy}")
    return copy


def _put_database(copy: Path) -> None:
    connection.ensure_connection()
    if _is_sqlite():
        with closing(sqlite3.connect(copy)) as source:
            source.backup(connection.connection)
        return
    owned_by_us = ("--no-owner", "--no-privileges")  # roles of the machine it came from may not be here
    _pg(
        "pg_restore",
        "--clean",
        "--if-exists",
        "--single-transaction",
        "--exit-on-error",
        *owned_by_us,
        str(copy),
    )


def _pg(tool: str, *words: str) -> None:
    """A PostgreSQL tool on this site's database. Raises Refused with its first line when it fails."""
    at = owner.connection().get_connection_params()
    env = {**os.environ, **{name: str(at[key]) for key, name in _ASKED.items() if at.get(key)}}
    env["PGOPTIONS"] = f"-c {rows.SETTING}={rows.ALL}"  # the owner's word for every team's rows
    dbname = [f"--dbname={at['dbname']}"] if tool == "pg_restore" else []
    program = str(Path(settings.PG_BIN) / tool) if settings.PG_BIN else tool
    done = subprocess.run([program, *dbname, *words], env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        first = (done.stderr.strip().splitlines() or ["?"])[0]
        raise Refused(f"{tool} misslyckades: {first}")


def _put_files(source: Path) -> int:
    if not source.exists():
        return 0
    paths = [p for p in source.rglob("*") if p.is_file()]
    for path in paths:
        target = Path(settings.HOME) / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    return len(paths)


def new_identity() -> tuple[str, str]:
    """(secret, recipient) for somebody who keeps backups: the secret is written down and kept offline."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def opens(body: bytes, identity: str) -> bool:
    """Whether a backup opens with this secret: the drill before it is needed."""
    try:
        pyrage.decrypt_io(io.BytesIO(body), io.BytesIO(), [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, pyrage.IdentityError):
        return False
    return True

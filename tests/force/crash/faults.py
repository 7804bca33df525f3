"""What goes wrong at the N-th step of a deed: the process dies, the disk is full, nothing may be written, nobody answers."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import connection, connections

from tests.force.crash.sqlite_steps import Watched


class Fault(StrEnum):
    KILL = "kill -9"
    READ_ONLY = "read-only"
    LOST = "lost connection"
    FULL = "disk full"
    INSIDE = "kill -9 inside SQLite"
    POWER = "power cut"


IN_SQLITE = (Fault.INSIDE, Fault.POWER)  # at each write, cut, sync and deletion that SQLite itself does
POSSIBLE = [fault for fault in Fault if "DATABASE_URL" not in os.environ or fault not in IN_SQLITE]


def log_of(home: Path) -> Path:
    """Where SQLite's writes are noted while a deed goes wrong: beside the site."""
    return home.parent / "writes"


FILES = ("os.rename", "os.link", "os.remove", "os.mkdir", "shutil.rmtree")
PAGE = 4096
FEW = (0, 1, 20, 60, 150, 400, 1000)  # bytes that a small file may still take before the disk is full


class Steps:
    """Counts what is about to happen: each statement, each commit before and after, each fsync, each change of a file."""

    def __init__(self, home: Path, at: int, fault: Fault) -> None:
        self.home, self.left, self.fault = str(home), at, fault

    def step(self) -> None:
        self.left -= 1
        if self.left != -1:
            return
        if self.fault in (Fault.KILL, *IN_SQLITE):
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.fault is Fault.READ_ONLY:
            _only_read()
        elif self.fault is Fault.LOST:
            _lose()

    def begin(self) -> None:
        if self.fault in IN_SQLITE:
            Watched(log_of(Path(self.home)), self.step)
            return
        connection.ensure_connection()
        if self.fault is Fault.FULL:
            allowed = FEW[self.left] if self.left < len(FEW) else (self.left - len(FEW) + 1) * PAGE
            resource.setrlimit(resource.RLIMIT_FSIZE, (allowed, resource.RLIM_INFINITY))
            return
        connection.execute_wrappers.append(self._statement)
        kind = type(connections["default"])
        commit, fsync = kind._commit, os.fsync
        kind._commit = lambda that: self._around(lambda: commit(that))
        os.fsync = lambda handle: self._around(lambda: fsync(handle))
        sys.addaudithook(self._file)

    def _statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.step()
        return execute(sql, params, many, context)

    def _around(self, work: Callable[[], Any]) -> Any:
        self.step()
        found = work()
        self.step()
        return found

    def _file(self, event: str, args: tuple[Any, ...]) -> None:
        is_written = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in FILES or is_written) and self.home in str(args[0]):
            self.step()


def _only_read() -> None:
    if connection.vendor == "sqlite":
        connection.connection.execute("PRAGMA query_only=ON")
    elif connection.in_atomic_block:
        connection.connection.execute("SET TRANSACTION READ ONLY")
    else:
        connection.connection.execute("SET default_transaction_read_only = on")


def _lose() -> None:
    """The line is cut from the other end, or the file's handle is gone."""
    connection.connection.close()

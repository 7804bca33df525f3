"""Answers kept on disk until the whole fetch is done, so that an interrupted one goes on where it stopped."""

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from klarsyn.sources.clients.errors import Scattered
from klarsyn.sources.clients.results import Part, checksum_of

_JOB = re.compile(r"^[0-9a-f]{24}$")
_FRESH = timedelta(hours=24)  # an older part may belong to figures that have been revised


class Kept:
    """The parts of one job, in a folder named after what was asked.

    Bodies lie under their checksum, one note per question points at its body. Both are written to a
    temporary file and renamed: a crash leaves a whole file or none. A body that no longer has its
    checksum counts as not kept. Leaving the `with` block forgets the job when it is whole, or when its
    parts do not belong together; any other error leaves them for the next try.
    """

    def __init__(self, folder: Path, job: Sequence[str], now: datetime) -> None:
        self._now = now
        self._folder = folder / checksum_of(json.dumps(list(job)).encode())[:24]
        _sweep(folder, now)

    def __enter__(self) -> "Kept":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, Scattered):
            self.clear()

    def get(self, address: str, question: str) -> Part | None:
        """The kept answer to a question, None when there is none that can be trusted."""
        note = self._note(address, question)
        try:
            about = json.loads(note.read_text(encoding="utf-8"))
            body = (self._folder / about["checksum"]).read_bytes()
            when = datetime.fromisoformat(about["retrieved_at"])
            charset, checksum = str(about["charset"]), str(about["checksum"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if checksum_of(body) != checksum or not timedelta(0) <= self._now - when <= _FRESH:
            return None
        return Part(address, question, charset, checksum, when, body, was_kept=True)

    def put(self, part: Part) -> Part:
        """Keeps an answer; returns it as kept by this run."""
        self._folder.mkdir(parents=True, exist_ok=True)
        about = {
            "address": part.address,
            "question": part.question,
            "charset": part.charset,
            "checksum": part.checksum,
            "retrieved_at": part.retrieved_at.isoformat(),
        }
        _write(self._folder / part.checksum, part.body)
        _write(self._note(part.address, part.question), json.dumps(about, indent=1).encode())
        return replace(part, was_kept=False)

    def drop(self, part: Part) -> None:
        """Forgets one answer."""
        self._note(part.address, part.question).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forgets the job: it is done, or its parts no longer belong together."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _note(self, address: str, question: str) -> Path:
        asked = checksum_of(json.dumps([address, question]).encode())
        return self._folder / f"{asked}.json"


def _sweep(folder: Path, now: datetime) -> None:
    """Forgets jobs nobody went on with."""
    for job in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(OSError):
            if _JOB.match(job.name) and now.timestamp() - job.stat().st_mtime > 2 * _FRESH.total_seconds():
                shutil.rmtree(job, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".half-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise

"""An upload on its way through the steps: kept on disk, remembered in the session."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date

from django.contrib.sessions.backends.base import SessionBase

from klarsyn.sources.importers import Schema, preset
from klarsyn.sources.originals import drop_upload, keep_upload, read_upload

_KEY = "sources_upload"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits for a yes, and what has been said of it."""

    checksum: str
    file_name: str
    preset: str
    period: str = ""
    address: str = ""
    retrieved_on: str = ""  # ISO date, "" = not known
    title: str = ""
    publisher: str = ""
    measure: str = ""
    licence: str = ""

    def schema(self) -> Schema:
        return preset(self.preset).described(
            title=self.title, publisher=self.publisher, measure=self.measure, licence=self.licence
        )

    def day(self) -> date | None:
        return date.fromisoformat(self.retrieved_on) if self.retrieved_on else None


def remember(session: SessionBase, key: str, body: bytes, file_name: str, said: dict[str, object]) -> Upload:
    """Keep an upload for the next step; an earlier one that waited is dropped."""
    forget(session)
    checksum = hashlib.sha256(body).hexdigest()
    texts = {name: str(value or "") for name, value in said.items() if name != "file"}
    upload = Upload(checksum, file_name, key, **texts)
    keep_upload(body, checksum)
    session[_KEY] = asdict(upload)
    return upload


def waiting(session: SessionBase) -> tuple[Upload, bytes] | None:
    """The upload that waits for a yes, with its bytes; None when there is none any more."""
    kept = session.get(_KEY)
    if not kept:
        return None
    upload = Upload(**kept)
    body = read_upload(upload.checksum)
    return (upload, body) if body is not None else None


def forget(session: SessionBase) -> None:
    """Drop the waiting upload."""
    kept = session.pop(_KEY, None)
    if kept:
        drop_upload(kept["checksum"])

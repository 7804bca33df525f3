"""Files as they came: uploads that wait for a yes, and those whose figures are in use."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

WAITING = timedelta(hours=24)


def keep_upload(body: bytes, checksum: str) -> None:
    """Keep an upload until its figures are confirmed; older forgotten ones are removed."""
    folder = _folder("uploads")
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        changed = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
        if timezone.now() - changed > WAITING:
            path.unlink(missing_ok=True)
    _write(folder / checksum, body)


def read_upload(checksum: str) -> bytes | None:
    """The waiting upload, None when it has been confirmed, dropped or forgotten."""
    path = _folder("uploads") / Path(checksum).name
    return path.read_bytes() if path.is_file() else None


def drop_upload(checksum: str) -> None:
    (_folder("uploads") / Path(checksum).name).unlink(missing_ok=True)


def keep_original(body: bytes, checksum: str) -> Path:
    """Keep the bytes that figures came from, under their checksum, so that anyone can look again."""
    folder = _folder("originals")
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / checksum, body)
    return folder / checksum


def _folder(name: str) -> Path:
    return Path(settings.HOME) / "sources" / name


def _write(path: Path, body: bytes) -> None:
    beside = path.with_suffix(".part")
    beside.write_bytes(body)
    beside.replace(path)

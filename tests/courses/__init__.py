"""A small invented course that the tests read, and what they change in it."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from klarsyn.training.reading.faults import CourseError, Files
from klarsyn.training.reading.folders import folder_files
from klarsyn.training.reading.whole import read_course

KIOSK = Path(__file__).with_name("kiosk")


def kiosk(**changed: tuple[str, str]) -> Files:
    """The course's files; `kiosk(sv_alex=("talk", "tallk"))` changes the first such text of sv/alex.*."""
    files = dict(folder_files(KIOSK))
    for name, (old, new) in changed.items():
        folder, _, stem = name.rpartition("_")
        whole = next(n for n in files if n.rpartition(".")[0] == (f"{folder}/{stem}" if folder else stem))
        text = files[whole].decode()
        assert old in text, f"{old!r} does not stand in {whole}"
        files[whole] = text.replace(old, new, 1).encode()
    return files


def faults_of(files: Files, key: str = "kiosk", *, is_shipped: bool = False) -> list[str]:
    """What is said of the course's files, line by line."""
    try:
        read_course(key, files, is_shipped=is_shipped)
    except CourseError as error:
        return [str(fault) for fault in error.faults]
    return []


def placed(home: Path, key: str = "kiosk") -> Path:
    """The course among the municipality's own in a data folder."""
    return Path(shutil.copytree(KIOSK, home / "courses" / key))


def packed(files: Mapping[str, bytes], folder: str = "kiosk/") -> bytes:
    """The files as a zip."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as out:
        for name, raw in files.items():
            out.writestr(folder + name, raw)
    return body.getvalue()

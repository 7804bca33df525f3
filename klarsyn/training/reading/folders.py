"""A course's files: from a folder, or from a zip that somebody sends. Nothing is unpacked to disk."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from django.utils.translation import gettext_lazy as _

from klarsyn.training.reading.faults import MOST_OF_A_FILE, CourseError, Fault, Files
from klarsyn.training.reading.heads import FILE

ENDINGS: Final = (".md", ".toml")
MOST_FILES: Final = 400
MOST_BYTES: Final = 8 * 1024 * 1024  # together, unpacked
MOST_OF_A_ZIP: Final = 4 * 1024 * 1024
# What the library says of a zip that is none, is locked, packed in another way, or damaged on the way here.
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError,
    ValueError,
)  # fmt: skip
_SKIPPED: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", "README.md", "LICENSE")


def folder_files(folder: Path) -> Files:
    """The files of a folder. Raises CourseError for what is no text of a course; links are not followed."""
    found, faults = dict[str, bytes](), list[Fault]()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            faults.append(Fault(name, 1, _("en länk i filsystemet läses inte; lägg dit själva filen")))
        elif path.is_file() and not _is_skipped(name):
            if (fault := _refused(name, path.stat().st_size, len(found))) is not None:
                faults.append(fault)
            else:
                found[name] = path.read_bytes()
    if faults:
        raise CourseError(tuple(faults))
    return found


def zip_files(body: bytes) -> tuple[str, Files]:
    """The name of the folder in a zip ("" where the files stand outermost), its files. Raises CourseError."""
    if len(body) > MOST_OF_A_ZIP:
        raise CourseError((Fault("zip", 1, _("zip-filen är större än 4 MB")),))
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            found = _unpacked(packed)
    except _UNREADABLE as error:
        raise CourseError((Fault("zip", 1, _("filen är ingen zip-fil som går att öppna")),)) from error
    outer = next((str(PurePosixPath(name).parent) for name in found if name.endswith("/" + FILE)), "")
    if FILE in found or outer.count("/"):
        return "", found
    inside = {name.removeprefix(f"{outer}/"): raw for name, raw in found.items()}
    return outer, inside


def _unpacked(packed: zipfile.ZipFile) -> dict[str, bytes]:
    """Every file, read no further than it may be long, whatever the zip says of its size."""
    found, faults, total = dict[str, bytes](), list[Fault](), 0
    for info in packed.infolist()[: MOST_FILES + 1]:
        if info.is_dir() or _is_skipped(info.filename):
            continue
        fault = _refused(info.filename, info.file_size, len(found))
        if fault is None and stat.S_ISLNK(info.external_attr >> 16):
            fault = Fault(info.filename, 1, _("en länk i filsystemet läses inte; lägg dit själva filen"))
        if fault is None:
            with packed.open(info) as stream:
                raw = stream.read(MOST_OF_A_FILE + 1)
            total += len(raw)
            fault = _refused(info.filename, len(raw), len(found), total)
        if fault is not None:
            faults.append(fault)
            if total > MOST_BYTES:
                break
        else:
            found[info.filename] = raw
    if faults:
        raise CourseError(tuple(faults))
    return found


def _is_skipped(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part in _SKIPPED or (part.startswith(".") and part not in (".", "..")) for part in parts)


def _refused(name: str, size: int, count: int, total: int = 0) -> Fault | None:
    """Why a file is not taken: outside the folder, of another kind, too large, one too many."""
    path = PurePosixPath(name)
    shown = name.encode("ascii", "backslashreplace").decode()[:120]
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\x00" in name:
        return Fault(shown, 1, _("filens namn leder ut ur mappen; den läses inte"))
    if path.suffix not in ENDINGS:
        return Fault(shown, 1, _("bara filer som slutar på .md och .toml läses; ta bort den"))
    if size > MOST_OF_A_FILE:
        return Fault(shown, 1, _("filen är större än 256 kB; dela upp den"))
    if count >= MOST_FILES or total > MOST_BYTES:
        return Fault(shown, 1, _("kursen är för stor: högst 400 filer och 8 MB"))
    return None

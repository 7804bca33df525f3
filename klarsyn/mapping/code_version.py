"""Which code made a mapping: the version and a hash of the source, so that it works without git."""

from functools import cache
from pathlib import Path
from typing import Final

import klarsyn.mapping
import smallcounts
from klarsyn.mapping.canonical import sha256

VERSION: Final = (
    "0.1.0"  # as in pyproject.toml; written here so that a checkout that is not installed knows it
)


def source_files(folder: Path) -> list[Path]:
    """The Python files that decide a result, in a fixed order."""
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def source_hash(folders: tuple[Path, ...]) -> str:
    """A hash over names and contents; the same on every machine, whatever its line ends."""
    parts: list[bytes] = []
    for folder in folders:
        for path in source_files(folder):
            parts.append(f"{folder.name}/{path.relative_to(folder).as_posix()}".encode())
            parts.append(path.read_bytes().replace(b"\r\n", b"\n"))
    return sha256(*parts)


@cache
def code_version() -> str:
    """Like "0.1.0+3f2a9c01d4e7b856": the version, and 16 digits of the hash of the source."""
    folders = tuple(Path(str(module.__file__)).parent for module in (smallcounts, klarsyn.mapping))
    return f"{VERSION}+{source_hash(folders)[:16]}"

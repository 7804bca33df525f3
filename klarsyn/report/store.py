"""An edition on disk: its files, their hashes, and how they come to lie there whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import brotli  # type: ignore[import-untyped]  # ships no types
from django.conf import settings

INDEX: Final = "index.json"
SUPERSEDED: Final = "superseded"  # folder of pages that carry the notice; the released ones stay as they were
_PACKED: Final = (".html", ".json", ".csv", ".rdf", ".svg", ".css", ".js", ".txt")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the edition. `sha256` is of its bytes, before any packing."""

    sha256: str
    bytes: int
    is_packed: bool  # a .gz and a .br lie beside it


@dataclass(frozen=True, slots=True)
class Index:
    """Every file that may be served, by name, and what the edition says in each language."""

    slug: str
    content_hash: str
    files: Mapping[str, File]
    said: Mapping[str, Mapping[str, Any]]


def home(slug: str) -> Path:
    return Path(settings.HOME) / "editions" / slug


@contextmanager
def workplace(slug: str) -> Iterator[Path]:
    """A folder beside the edition's place; whatever is left of it afterwards is thrown away."""
    place = home(slug)
    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{slug}-", dir=place.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def write(folder: Path, name: str, body: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


def seal(folder: Path, slug: str, content_hash: str, said: Mapping[str, Mapping[str, Any]]) -> Index:
    """Pack what is worth packing, hash everything, write the index last."""
    files = {
        str(path.relative_to(folder)): _sealed(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != INDEX and path.suffix not in (".gz", ".br")
    }
    index = Index(slug, content_hash, files, said)
    (folder / INDEX).write_text(json.dumps(asdict(index), ensure_ascii=False, indent=1), encoding="utf-8")
    return index


def _sealed(path: Path) -> File:
    body = path.read_bytes()
    is_packed = path.suffix in _PACKED
    if is_packed:
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(body, 9, mtime=0))
        path.with_name(path.name + ".br").write_bytes(brotli.compress(body, quality=10))
    return File(hashlib.sha256(body).hexdigest(), len(body), is_packed)


def publish(made: Path, slug: str) -> Path:
    """Put the finished folder in its place in one step. What lay there is set aside, then removed."""
    place = home(slug)
    made.chmod(0o755)
    for path in made.rglob("*"):
        _sync(path)
    aside = place.with_name(f".{slug}-before-{os.getpid()}")
    if place.exists():
        place.rename(aside)
    made.rename(place)
    _sync(place.parent)
    shutil.rmtree(aside, ignore_errors=True)
    return place


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(slug: str) -> Index | None:
    """The index of a rendered edition, or None. Read again only when the file has changed."""
    path = home(slug) / INDEX
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Index:
    raw = json.loads(path.read_text(encoding="utf-8"))
    files = {name: File(**file) for name, file in raw["files"].items()}
    return Index(raw["slug"], raw["content_hash"], files, raw["said"])

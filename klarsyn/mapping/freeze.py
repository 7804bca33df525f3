"""Write a mapping's files whole or not at all, and read them back only if nothing in them has changed."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy
import scipy
from django.utils.translation import gettext as _

from klarsyn.mapping import canonical, codec
from klarsyn.mapping.audit import Audit
from klarsyn.mapping.inputs import Inputs
from klarsyn.mapping.results import FigureResult, FrozenMapping

INPUTS: Final = "inputs.json"
RESULTS: Final = "results.json"
MANIFEST: Final = "manifest.json"
AUDIT: Final = "audit.json"  # only where a figure is protected; holds the counts before protection
_CLOSED: Final = 0o600  # of what holds unprotected counts; never served, read by the site alone
_OPEN: Final = 0o644
_PREFIX: Final = ".writing-"


class Tampered(Exception):
    """A frozen file is missing or no longer what was frozen; the message names the file."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What binds the files: the hash of each, the code that made them, and when."""

    municipality: str
    municipality_name: str
    year: int
    is_invented: bool
    content_hash: str
    inputs_hash: str
    result_hash: str
    code_version: str
    frozen_at: str
    by: str
    libraries: tuple[tuple[str, str], ...]  # versions that may move the last digits; part of no hash
    audit_hash: str = ""  # "" where nothing is protected
    key_fingerprint: str = ""  # of the release key, never the key


def inputs_bytes(inputs: Inputs) -> bytes:
    """The inputs as they are frozen, the definitions of the figures among them."""
    return canonical.to_bytes(codec.encode(inputs))


def results_bytes(figures: tuple[FigureResult, ...]) -> bytes:
    """The figures as they are frozen."""
    return canonical.to_bytes(codec.encode(figures))


def content_hash(inputs: bytes, code_version: str) -> str:
    """What names a mapping: its inputs, definitions included, and the code that read them."""
    return canonical.sha256(inputs, code_version.encode())


def folder_name(municipality: str, year: int, invented: bool, content: str) -> str:
    """The folder under the data folder: mappings/0680/2019/0123456789abcdef, relative."""
    kind = "-example" if invented else ""
    return f"mappings/{municipality}/{year}{kind}/{content[:16]}"


def libraries() -> tuple[tuple[str, str], ...]:
    return (("numpy", numpy.__version__), ("scipy", scipy.__version__))


def write(folder: Path, manifest: Manifest, inputs: bytes, results: bytes, audit: bytes = b"") -> None:
    """Write the files beside their place, press them to disk, and rename the folder into it.

    Where something is protected there is an audit, and what holds unprotected counts is closed to others.

    A crash at any moment leaves either no folder or a whole one; what was there before is untouched.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder.parent))
    try:
        _write_file(work / INPUTS, inputs, _CLOSED if audit else _OPEN)
        if audit:
            _write_file(work / AUDIT, audit, _CLOSED)
        _write_file(work / RESULTS, results)
        _write_file(work / MANIFEST, canonical.to_bytes(codec.encode(manifest)))
        work.chmod(0o755)
        _sync(work)
        work.rename(folder)
        _sync(folder.parent)
    except OSError:
        if not (folder / MANIFEST).exists():  # else somebody froze the same mapping meanwhile: theirs stands
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def sweep(folder: Path, *, before: float) -> None:
    """Remove what killed processes left beside `folder` before a time (seconds since 1970)."""
    for left in folder.parent.glob(f"{_PREFIX}*"):
        if left.stat().st_mtime < before:
            shutil.rmtree(left, ignore_errors=True)


def _write_file(path: Path, data: bytes, mode: int = _OPEN) -> None:
    with path.open("wb") as file:
        if mode == _CLOSED:
            path.chmod(mode)  # before the first byte
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a frozen folder. Raises Tampered when it cannot be read."""
    try:
        found: Manifest = codec.decode(Manifest, _json(_read(folder / MANIFEST), folder / MANIFEST))
    except codec.Unreadable as error:
        where = {"path": folder / MANIFEST, "why": error}
        raise Tampered(_("%(path)s är inget manifest (%(why)s)") % where) from error
    return found


def read_inputs(folder: Path, manifest: Manifest) -> Inputs:
    """The frozen inputs, after their hash was checked; what a later version knows besides has its default."""
    found: Inputs = codec.decode(Inputs, json.loads(checked_inputs(folder, manifest)))
    return found


def checked_inputs(folder: Path, manifest: Manifest) -> bytes:
    """The bytes of the frozen inputs, after their hash was checked."""
    return _checked(folder / INPUTS, manifest.inputs_hash)


def audit_bytes(audit: Audit) -> bytes:
    """The audit as it is frozen."""
    return canonical.to_bytes(codec.encode(audit))


def read_audit(folder: Path, manifest: Manifest) -> Audit | None:
    """The audit of a frozen mapping, after its hash was checked; None where nothing is protected."""
    if not manifest.audit_hash:
        return None
    found: Audit = codec.decode(Audit, json.loads(_checked(folder / AUDIT, manifest.audit_hash)))
    return found


def read_results(folder: Path, manifest: Manifest) -> FrozenMapping:
    """The frozen mapping, after the hash of its results was checked."""
    return FrozenMapping(
        municipality=manifest.municipality,
        municipality_name=manifest.municipality_name,
        year=manifest.year,
        is_invented=manifest.is_invented,
        content_hash=manifest.content_hash,
        result_hash=manifest.result_hash,
        code_version=manifest.code_version,
        frozen_at=manifest.frozen_at,
        figures=read_figures(_checked(folder / RESULTS, manifest.result_hash)),
        home=str(folder),
    )


def read_figures(results: bytes) -> tuple[FigureResult, ...]:
    """The figures in `results_bytes`. The caller has made the bytes or checked their hash."""
    found: tuple[FigureResult, ...] = codec.decode(tuple[FigureResult, ...], json.loads(results))
    return found


def changed(path: Path, what: str) -> Tampered:
    """The error that says that `what` in a file is not what was frozen."""
    where = {"path": path, "what": what}
    return Tampered(_("%(path)s är inte den fil som frystes: %(what)s har ändrats efteråt") % where)


def _checked(path: Path, expected: str) -> bytes:
    data = _read(path)
    if canonical.sha256(data) != expected:
        raise changed(path, _("innehållet"))
    return data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Tampered(
            _("%(path)s går inte att läsa (%(why)s)") % {"path": path, "why": error.strerror}
        ) from error


def _json(data: bytes, path: Path) -> object:
    try:
        found: Mapping[str, object] | list[object] = json.loads(data)
    except ValueError as error:
        raise Tampered(_("%(path)s är inte läsbar JSON") % {"path": path}) from error
    return found

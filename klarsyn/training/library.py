"""Every course there is: those that come with Klarsyn, and the municipality's own from the data folder."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from klarsyn.training.reading.course import Course
from klarsyn.training.reading.faults import CourseError, Fault, Files
from klarsyn.training.reading.folders import folder_files
from klarsyn.training.reading.whole import adds_to, read_course, with_languages

SHIPPED: Final = Path(__file__).with_name("courses")
OWN: Final = "courses"  # in the data folder
LOOKED_AT: Final = 1.0  # seconds until the folders are looked at again
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Library:
    """`broken`: the faults of a folder that cannot be used; a shipped course of its name stands meanwhile."""

    courses: Mapping[str, Course]
    broken: Mapping[str, tuple[Fault, ...]]


@dataclass(slots=True)
class _Kept:
    seen: float
    signs: tuple[tuple[str, int, int], ...]
    whole: Library


_kept: dict[tuple[Path, Path], _Kept] = {}


def library() -> Mapping[str, Course]:
    """The courses by key, in order of key; read again when a file has changed."""
    return shelves().courses


def shelves() -> Library:
    """The courses and the folders that could not be used."""
    own = Path(settings.HOME) / OWN
    kept, now = _kept.get((SHIPPED, own)), time.monotonic()
    if kept is not None and now - kept.seen < LOOKED_AT:
        return kept.whole
    signs = _signs(SHIPPED) + _signs(own)
    if kept is None or kept.signs != signs:
        kept = _Kept(now, signs, read_all(SHIPPED, own))
        _kept[SHIPPED, own] = kept
    kept.seen = now
    return kept.whole


def files_of(key: str) -> Files:
    """The files of a course that can be used, to add languages to; KeyError for any other."""
    shelves().courses[key]
    own = Path(settings.HOME) / OWN / key
    try:
        return folder_files(own if (own / "course.toml").is_file() else SHIPPED / key)
    except CourseError:
        raise KeyError(key) from None


def read_all(shipped: Path, own: Path) -> Library:
    """Both folders. An own course replaces a shipped one of its key, or adds languages to it."""
    courses, files, broken = dict[str, Course](), dict[str, Files](), dict[str, tuple[Fault, ...]]()
    for folder in _folders(shipped):
        _put(folder, courses, files, broken, is_own=False)
    mine = _folders(own)
    for folder in [f for f in mine if not _adds(f)] + [f for f in mine if _adds(f)]:
        _put(folder, courses, files, broken, is_own=True)
    for name, faults in broken.items():
        log.warning("the course %s cannot be used: %d faults", name, len(faults))
    return Library(MappingProxyType(dict(sorted(courses.items()))), MappingProxyType(broken))


def _put(
    folder: Path,
    courses: dict[str, Course],
    files: dict[str, Files],
    broken: dict[str, tuple[Fault, ...]],
    *,
    is_own: bool,
) -> None:
    try:
        read = folder_files(folder)
        if is_own and (key := adds_to(read)):
            if key not in courses:
                raise CourseError((Fault("course.toml", 1, _('kursen "%(key)s" finns inte'), {"key": key}),))
            courses[key] = with_languages(courses[key], files[key], read)
            files[key] = {**read, **files[key]}
            return
        courses[folder.name] = replace(read_course(folder.name, read, is_shipped=not is_own), is_own=is_own)
        files[folder.name] = read
    except CourseError as error:
        broken[folder.name] = error.faults


def _adds(folder: Path) -> bool:
    try:
        return bool(adds_to(folder_files(folder)))
    except CourseError:
        return False


def _folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return sorted(
        p for p in root.iterdir() if p.is_dir() and not p.is_symlink() and not p.name.startswith((".", "_"))
    )


def _signs(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of every file: what changes when somebody writes in one."""
    found = []
    for here, _inner, names in os.walk(root):
        for name in names:
            at = Path(here) / name
            try:
                told = at.stat()
            except OSError:
                continue  # gone between the two looks
            found.append((str(at), told.st_size, told.st_mtime_ns))
    return tuple(sorted(found))

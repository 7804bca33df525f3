"""`klarsyn courses`: check the files of courses, and list those there are."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from klarsyn.training.library import SHIPPED, shelves
from klarsyn.training.reading.course import Course
from klarsyn.training.reading.faults import CourseError
from klarsyn.training.reading.folders import folder_files
from klarsyn.training.reading.whole import adds_to, read_course, with_languages

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The words `courses check` and `courses list`."""
    parser = subparsers.add_parser("courses", help="check and list the training courses")
    words = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    check = words.add_parser("check", help="read courses and say file, line and remedy of every fault")
    check.add_argument("folders", nargs="*", type=Path, help="course folders; none = every course there is")
    check.set_defaults(run=run_check)
    words.add_parser("list", help="key, version, languages, minutes, review date").set_defaults(run=run_list)


def run_check(args: argparse.Namespace) -> int:
    """1 when a course cannot be used; every fault on its own line."""
    broken = {folder: _faults(folder) for folder in args.folders} if args.folders else shelves().broken
    for name, faults in broken.items():
        for fault in faults:
            print(f"{name}/{fault}", file=sys.stderr)
    bad = sum(bool(faults) for faults in broken.values())
    good = len(args.folders) - bad if args.folders else len(shelves().courses)
    print(f"{good} courses can be used, {bad} cannot")
    return 1 if bad else 0


def run_list(_args: argparse.Namespace) -> int:
    """One line a course; a review that is due says so."""
    for course in shelves().courses.values():
        print(_line(course))
    return 0


def _line(course: Course) -> str:
    head = course.head
    told = course.in_language("sv")
    due = "  REVIEW IS DUE" if head.next_review < timezone.localdate() else ""
    own = "  own" if course.is_own else ""
    said = f"{head.key} {head.version}  {' '.join(head.languages)}  {told.minutes} min"
    return f"{said}  {head.next_review}{own}{due}"


def _faults(folder: Path) -> tuple[object, ...]:
    folder = folder.resolve()
    if not folder.is_dir():
        return ("course.toml: there is no such folder",)
    try:
        files = folder_files(folder)
        if key := adds_to(files):
            with_languages(shelves().courses[key], folder_files(SHIPPED / key), files)
        else:
            read_course(folder.name, files, is_shipped=folder.parent == SHIPPED.resolve())
    except CourseError as error:
        return error.faults
    except KeyError as error:
        return (f"course.toml: there is no course {error} to add languages to",)
    return ()

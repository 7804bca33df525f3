"""`klarsyn mapping`: build a mapping and its pages, check that it can be made again, list what is frozen."""

import argparse
import getpass
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.utils import OperationalError, ProgrammingError

from klarsyn.base.errors import Refused
from klarsyn.base.progress import on_terminal
from klarsyn.mapping import actions, freeze, queries
from klarsyn.mapping.results import FrozenMapping
from klarsyn.mapping.verification import Verification
from klarsyn.report import render, store
from klarsyn.report.models import Edition
from klarsyn.report.queries import ONLINE

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]
_PACKED = (".gz", ".br")
_NOT_READY = (
    "Databasen är inte förberedd. Inget har ändrats. "
    "Kör `klarsyn site prepare` en gång, det läser också in källorna, och försök igen."
)


def add(subparsers: "Words") -> None:
    """The words `mapping build`, `mapping verify` and `mapping list`."""
    mapping = subparsers.add_parser("mapping", help="build, verify and list the yearly mapping")
    words = mapping.add_subparsers(title="commands", required=True, metavar="COMMAND")
    build = words.add_parser("build", help="collect, compute and freeze a mapping; repeatable")
    _which(build)
    build.add_argument(
        "--by", default=getpass.getuser(), help="name of whoever builds (default: who is logged in)"
    )
    build.add_argument("--no-preview", action="store_true", help="freeze only, write no pages")
    build.set_defaults(run=_guarded(run_build))
    verify = words.add_parser("verify", help="compute the frozen inputs again and compare hashes")
    _which(verify)
    verify.add_argument("--hash", default="", help="content hash, or its beginning (default: the newest)")
    verify.set_defaults(run=_guarded(run_verify))
    listing = words.add_parser("list", help="what is frozen")
    listing.add_argument("--json", action="store_true", help="a list of objects, for programs")
    listing.set_defaults(run=_guarded(run_list))


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--municipality", default=settings.MUNICIPALITY, help="four digits, such as 0680")
    parser.add_argument("--year", type=int, required=True, help="the year of the mapping, such as 2019")
    parser.add_argument("--example", action="store_true", help="the mapping of invented figures")


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def guarded(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except Refused as refusal:
            print(refusal, file=sys.stderr)
        except (OperationalError, ProgrammingError) as error:
            if "no such table" not in str(error) and "does not exist" not in str(error):
                raise
            print(_NOT_READY, file=sys.stderr)
        return 1

    return guarded


def run_build(args: argparse.Namespace) -> int:
    """Freeze a mapping and print the path of each file."""
    for warning in actions.definitions().warnings:
        print(warning, file=sys.stderr)
    frozen = actions.build(
        municipality=args.municipality,
        year=args.year,
        by=args.by,
        invented=args.example,
        progress=on_terminal,
    )
    for name in (freeze.INPUTS, freeze.RESULTS, freeze.MANIFEST):
        print(f"{frozen.home}/{name}")
    if not args.no_preview:
        on_terminal("skriver rapporten", 0, 1)
        folder = _report(frozen)
        on_terminal("skriver rapporten", 1, 1)
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in _PACKED:
                print(path)
    return 0


def _report(frozen: FrozenMapping) -> Path:
    """The folder of the released edition of this very mapping; before release, a preview."""
    same = Edition.objects.filter(
        municipality=frozen.municipality, year=frozen.year, is_invented=frozen.is_invented
    )
    released = same.filter(content_hash=frozen.content_hash, state__in=ONLINE).first()
    if released is not None:
        render.repair(released)
        return store.home(released.slug)
    number = same.count() + 1
    kind = "exempel" if frozen.is_invented else frozen.year
    draft = Edition(
        municipality=frozen.municipality,
        year=frozen.year,
        is_invented=frozen.is_invented,
        number=number,
        slug=f"{frozen.municipality}-{kind}-{number}",
        content_hash=frozen.content_hash,
    )
    place = Path(settings.HOME) / "previews" / draft.slug
    with render.prepared(draft) as made:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(made, place)
    return place


def run_verify(args: argparse.Namespace) -> int:
    """0 when today's code makes the same results bit for bit, else 1 with every difference named."""
    found = actions.verify(
        municipality=args.municipality,
        year=args.year,
        content_hash=args.hash,
        invented=args.example,
        progress=on_terminal,
    )
    print(_told(found))
    return 0 if found.is_same else 1


def _told(found: Verification) -> str:
    name = f"{found.municipality} {found.year}{' (påhittade tal)' if found.is_invented else ''}"
    if found.is_same:
        return f"{name} {found.content_hash[:16]}: räknas fram på nytt bit för bit. Kod {found.code_now}."
    lines = [f"{name} {found.content_hash[:16]}: stämmer INTE med det som frystes.", *found.differences]
    if found.code_then != found.code_now:
        lines.append(f"Koden har ändrats: fryst med {found.code_then}, nu {found.code_now}.")
    if found.libraries_then and found.libraries_then != found.libraries_now:
        then, now = (
            ", ".join(f"{n} {v}" for n, v in pairs) for pairs in (found.libraries_then, found.libraries_now)
        )
        lines.append(f"Biblioteken har ändrats: fryst med {then}, nu {now}.")
    lines.append("De frysta filerna är orörda.")
    return "\n".join(lines)


def run_list(args: argparse.Namespace) -> int:
    """One line for each frozen mapping, newest first for each municipality and year."""
    rows = [
        {
            "municipality": m.municipality,
            "year": m.year,
            "is_invented": m.is_invented,
            "content_hash": m.content_hash,
            "result_hash": m.result_hash,
            "code_version": m.code_version,
            "frozen_at": m.frozen_at.isoformat(timespec="seconds"),
            "by": m.by,
            "folder": str(queries.folder_of(m)),
        }
        for m in queries.mappings()
    ]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        kind = "påhittade tal" if row["is_invented"] else "verkliga tal"
        hashed = str(row["content_hash"])[:16]
        print(
            row["municipality"], row["year"], f"{kind:13}", hashed, row["frozen_at"], row["folder"], sep="  "
        )
    if not rows:
        print(
            "Ingen kartläggning är fryst än. Bygg en med `klarsyn mapping build --year …`.", file=sys.stderr
        )
    return 0

"""`klarsyn sources`: list, import, refresh, snapshot."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.db.utils import OperationalError, ProgrammingError

from klarsyn.base.errors import Refused
from klarsyn.base.progress import on_terminal
from klarsyn.sources import actions, queries
from klarsyn.sources.fetching import ORIGINS
from klarsyn.sources.importers import BadFile, from_file, preset
from klarsyn.sources.importers.grid import MAX_BYTES
from klarsyn.sources.importers.problems import SHOWN


def add(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The words after `klarsyn sources`."""
    parser = words.add_parser("sources", help="official statistics: list, import, refresh")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    listing = verbs.add_parser("list", help="every dataset with its provenance")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=_told(_list))

    load = verbs.add_parser("import", help="take in a CSV or XLSX file against a declared schema")
    load.add_argument("file", type=Path)
    load.add_argument("--schema", required=True, help="key of a preset, or a TOML file")
    load.add_argument("--period", default="", help="year or month, where the file does not say")
    load.add_argument("--retrieved", type=date.fromisoformat, help="the day the file was fetched, 2024-03-31")
    load.add_argument("--address", default="", help="where the file was fetched from")
    load.add_argument("--dry-run", action="store_true", help="show what would happen, change nothing")
    load.set_defaults(run=_told(_import))

    refresh = verbs.add_parser("refresh", help="fetch the population of all municipalities")
    source = refresh.add_mutually_exclusive_group()
    for origin in ORIGINS:
        source.add_argument(f"--from-{origin}", dest="origin", action="store_const", const=origin)
    refresh.add_argument("--year", type=int, action="append", help="again for more; default: last year")
    refresh.add_argument("--base-url", default="", help="another server that speaks the same protocol")
    refresh.set_defaults(run=_told(_refresh), origin="scb")

    snapshot = verbs.add_parser("snapshot", help="load the figures that ship with the product")
    snapshot.set_defaults(run=_told(_snapshot))


def _told(run: Callable[[argparse.Namespace], None]) -> Callable[[argparse.Namespace], int]:
    def told(args: argparse.Namespace) -> int:
        try:
            run(args)
        except Refused as refusal:
            print(refusal, file=sys.stderr)
            return 1
        except (OperationalError, ProgrammingError) as error:
            if "no such table" not in str(error) and "does not exist" not in str(error):
                raise
            print("Databasen är inte förberedd. Kör `klarsyn site prepare` en gång.", file=sys.stderr)
            return 1
        return 0

    return told


def _list(args: argparse.Namespace) -> None:
    listed = queries.list_datasets()
    if args.json:
        print(json.dumps([_as_json(one) for one in listed], ensure_ascii=False, indent=1))
        return
    for one in listed:
        p = one.provenance
        print(f"{p.key:<38} {p.measure:<22} {one.values:>6}  {p.publisher}: {p.title}")


def _as_json(one: queries.Listed) -> dict[str, object]:
    row = asdict(one.provenance)
    retrieved = one.provenance.retrieved_at
    row["retrieved_at"] = retrieved.isoformat() if retrieved else None
    return {**row, "values": one.values, "is_public": one.is_public}


def _import(args: argparse.Namespace) -> None:
    path = Path(args.schema)
    schema = from_file(path) if path.suffix == ".toml" else preset(args.schema)
    body, name = _body(args.file), args.file.name
    if args.dry_run:
        preview = queries.preview(body, file_name=name, schema=schema, period=args.period)
        _show(preview)
        if preview.reading.problem_count:
            raise BadFile(preview.reading.problems, preview.reading.problem_count)
        return
    who = getpass.getuser()
    batch = actions.import_file(
        body=body,
        file_name=name,
        schema=schema,
        period=args.period,
        by=who,
        retrieved_at=actions.midday(args.retrieved),
        address=args.address,
    )
    print(f"{batch.dataset.key}: {batch.row_count} values, sha256 {batch.checksum}")


def _body(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # one too many is enough to be told that it is too big
    except OSError as problem:
        raise Refused(f"Filen {path} går inte att öppna ({problem.strerror}). Inget är ändrat.") from None


def _show(preview: queries.Preview) -> None:
    reading, change = preview.reading, preview.difference
    print(f"{reading.file_name}: sha256 {reading.checksum}")
    print(f"periods {', '.join(reading.periods())}; areas {len(reading.names)}; sum {reading.total()}")
    print("; ".join(f"{status} {count}" for status, count in sorted(reading.statuses().items())))
    print(f"{len(change.changed)} change, {change.new} new, {change.same} same, {len(change.gone)} gone")
    for one in change.changed[:SHOWN]:
        print(f"  {one.area} {one.period} {one.category}: {one.before} -> {one.after}")
    if preview.is_in_use:
        print("this very file is already in use")
    for note in reading.notes:
        print(note)
    for line, text in reading.left_out[:SHOWN]:
        print(f"left out: line {line} {text}")


def _refresh(args: argparse.Namespace) -> None:
    years = args.year or [date.today().year - 1]  # noqa: DTZ011  the year on the user's own calendar
    batch = actions.refresh_population(
        origin=args.origin, years=years, by=getpass.getuser(), base_url=args.base_url, progress=on_terminal
    )
    if batch is None:
        print("nothing new: the same answer is already in use")
    else:
        print(f"{batch.dataset.key}: {batch.row_count} values, sha256 {batch.checksum}")


def _snapshot(args: argparse.Namespace) -> None:
    loaded = actions.load_snapshot(by=getpass.getuser())
    print(f"{loaded.datasets} datasets, {loaded.batches} new batches, {loaded.observations} new values")

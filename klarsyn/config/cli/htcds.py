"""`klarsyn htcds`: look at a file of the trafficking case standard, or make a statistical one of it."""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from klarsyn.base.errors import Refused
from klarsyn.cases.htcds.heading import FilledBy
from klarsyn.cases.htcds.profiles import statistical
from klarsyn.cases.htcds.reading import Preview, preview
from klarsyn.cases.htcds.writing import to_csv, to_xlsx

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The words `htcds check` and `htcds statistical`."""
    htcds = subparsers.add_parser("htcds", help="HTCDS 2.0: check a file, make a statistical one of it")
    words = htcds.add_subparsers(title="commands", required=True, metavar="COMMAND")
    check = words.add_parser("check", help="row, field, rule and kind of value; never a value")
    _file(check)
    check.add_argument("--json", action="store_true", help="for programs")
    check.set_defaults(run=run_check)
    made = words.add_parser("statistical", help="codes and bands alone, never free text")
    _file(made)
    made.add_argument("out", type=Path, help="a new .csv or .xlsx")
    made.add_argument("--strict", action="store_true", help="only the standard's own fields and codes")
    made.set_defaults(run=run_statistical)


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .csv or .xlsx")
    rows = [f.value for f in FilledBy]
    parser.add_argument("--filled-by", choices=rows, help="which of two header rows that disagree is right")


def run_check(args: argparse.Namespace) -> int:
    """0 when the file may be used, else 1 with what stands in the way."""
    try:
        found = _preview(args)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    if args.json:
        heading = asdict(found.heading) | {"fields": list(found.heading.fields.values())}
        faults, mended = ([asdict(f) for f in part] for part in (found.faults, found.mended))
        print(json.dumps({"heading": heading, "faults": faults, "mended": mended}, ensure_ascii=False))
    else:
        _tell(found)
    return 0 if found.may_be_used else 1


def run_statistical(args: argparse.Namespace) -> int:
    """A new file of codes and bands; 1 and no file when the first one is not sound."""
    try:
        found = _preview(args)
        if not found.may_be_used:
            _tell(found)
            return 1
        cut = statistical(found.records, is_strict=args.strict)
        body = to_xlsx(cut) if args.out.suffix == ".xlsx" else to_csv(cut)
        with args.out.open("xb") as out:
            out.write(body)
    except FileExistsError:
        print(f"{args.out} finns redan. Inget är skrivet. Välj ett annat namn.", file=sys.stderr)
        return 1
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"{len(cut.records)} rader, {len(cut.columns)} kolumner: {args.out}")
    for (field, reason), count in sorted(Counter((x.field, x.reason) for x in cut.losses).items()):
        print(f"  {field}: {reason}, {count}")
    return 0


def _preview(args: argparse.Namespace) -> Preview:
    try:
        body = args.file.read_bytes()
    except OSError as problem:
        raise Refused(f"{args.file} går inte att läsa: {problem.strerror}. Kontrollera namnet.") from None
    return preview(body, filled_by=FilledBy(args.filled_by) if args.filled_by else None)


def _tell(found: Preview) -> None:
    heading = found.heading
    read = f"{len(found.records)} rader, {len(heading.fields)} fält"
    print(f"{read}, {len(found.mended)} celler rättade vid läsningen")
    if heading.needs_answer:
        print("Rubrikraderna säger emot varandra. Säg vilken som gäller: --filled-by names eller labels.")
    for column in heading.unknown:
        print(f"Kolumn {column} har ett namn som inte finns i standarden och läses inte.")
    for name in heading.twice:
        print(f"Fältet {name} står i två kolumner. Ta bort den ena.")
    for fault in found.faults:
        print(f"rad {fault.row}\t{fault.field}\t{fault.rule}\t{fault.value_class}")

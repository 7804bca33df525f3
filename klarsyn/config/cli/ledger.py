"""`klarsyn ledger`: what has ever been published, whether its chain holds, and an answer to the press."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from klarsyn.base.errors import Refused
from klarsyn.mapping import queries

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The words `ledger list` and `ledger verify`."""
    ledger = subparsers.add_parser("ledger", help="every figure ever published: list, verify")
    words = ledger.add_subparsers(title="commands", required=True, metavar="COMMAND")
    listing = words.add_parser("list", help="every line, newest first")
    listing.add_argument("--json", action="store_true", help="a list of objects, for programs")
    listing.set_defaults(run=_guarded(run_list))
    verify = words.add_parser("verify", help="check that no line was changed, cut or taken away")
    verify.set_defaults(run=_guarded(run_verify))


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def guarded(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except Refused as refusal:
            print(refusal, file=sys.stderr)
        return 1

    return guarded


def run_list(args: argparse.Namespace) -> int:
    """One line for each line of the ledger, or JSON with every cell."""
    found = queries.published()
    if args.json:
        print(json.dumps([asdict(line) for line in found], ensure_ascii=False, indent=1))
        return 0
    for line in found:
        cells = f"{len(line.cells)} celler" if line.cells else line.rule
        where = f"{line.number:>4}  {line.day}  {line.hash[:12]}  {line.kind:<12}"
        print(f"{where}  {line.release:<18}  {line.what}  {cells}")
    if not found:
        print("Inget har publicerats än.")
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """0 when the whole chain holds, else 1 with the line that does not."""
    found = queries.published()
    last = found[0].hash if found else "–"
    print(f"Liggaren är hel: {len(found)} rader, den sista {last}")
    return 0

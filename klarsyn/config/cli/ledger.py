"""`klarsyn ledger`: what has ever been published, whether its chain holds, and an answer to the press."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from klarsyn.base.errors import Refused
from klarsyn.mapping import answering, queries

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The words `ledger list`, `ledger verify` and `ledger answer`."""
    ledger = subparsers.add_parser("ledger", help="every figure ever published: list, verify, answer")
    words = ledger.add_subparsers(title="commands", required=True, metavar="COMMAND")
    listing = words.add_parser("list", help="every line, newest first")
    listing.add_argument("--json", action="store_true", help="a list of objects, for programs")
    listing.set_defaults(run=_guarded(run_list))
    verify = words.add_parser("verify", help="check that no line was changed, cut or taken away")
    verify.set_defaults(run=_guarded(run_verify))
    answer = words.add_parser("answer", help="give out one figure; without --cell: what may be asked")
    answer.add_argument("--municipality", default=settings.MUNICIPALITY, help="four digits, such as 0680")
    answer.add_argument("--figure", default="", help="id of a protected figure")
    answer.add_argument(
        "--cell", default="", help='as the ledger writes it: "2024|age_group=0-24|gender=women"'
    )
    answer.add_argument(
        "--reason", default="", help="who asks, and why it is given out; at least three words"
    )
    answer.add_argument("--by", default=getpass.getuser(), help="name of whoever gives it out")
    answer.set_defaults(run=_guarded(run_answer))


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def guarded(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except BrokenPipeError:  # the reader has seen enough, as in `… | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
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
        many = f"{len(line.cells)} celler" if len(line.cells) > 1 else "1 cell"
        cells = many if line.cells else line.rule
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


def run_answer(args: argparse.Namespace) -> int:
    """The value of a cell, recorded; without a cell, the figures and variables that may be asked of."""
    found = answering.answerable(args.municipality)
    if not args.cell:
        for one in found:
            print(f"{one.figure} {one.year}: {', '.join(one.periods)}")
            for variable in one.variables:
                print(f"  {variable.name}: {', '.join(variable.categories)}")
        return 0
    asked = next((one for one in found if one.figure == args.figure), None)
    if asked is None:
        known = ", ".join(dict.fromkeys(one.figure for one in found)) or "–"
        raise Refused(f"Det finns inget skyddat nyckeltal {args.figure!r}. Välj bland: {known}.")
    period, *parts = args.cell.split("|")
    given = answering.answer(
        asked=asked,
        period=period,
        parts=dict(part.partition("=")[::2] for part in parts),
        by=args.by,
        reason=args.reason,
        on=timezone.localdate(),
    )
    was = "redan publicerad" if given.was_published else "ny"
    print(f"{given.cell}: {given.value} (högst {given.error} ifrån, {was}, rad {given.number} i liggaren)")
    return 0

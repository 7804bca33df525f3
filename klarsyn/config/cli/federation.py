"""`klarsyn federation`: our publishing key, the signature on what we release, and others' packages."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from klarsyn.base.audit.recording import NotLogged
from klarsyn.base.errors import Refused
from klarsyn.people.actions import named
from klarsyn.report.others import heard
from klarsyn.report.others.unpacking import MAX_BYTES
from klarsyn.report.signing import keys
from klarsyn.report.signing_later import sign_what_is_not

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The words `federation key`, `federation sign` and `federation take-in`."""
    federation = subparsers.add_parser("federation", help="signed open data between municipalities")
    words = federation.add_subparsers(title="commands", required=True, metavar="COMMAND")
    key = words.add_parser("key", help="show our publishing key; make one when there is none")
    how = key.add_mutually_exclusive_group()
    how.add_argument("--change", action="store_true", help="a new key that the old one vouches for")
    how.add_argument("--revoke", metavar="WHY", help="the key is lost or known to others; WHY is published")
    key.set_defaults(run=run_key)
    sign = words.add_parser("sign", help="sign what was released before there was a key; repeatable")
    sign.set_defaults(run=run_sign)
    taken = words.add_parser("take-in", help="check another municipality's signed package and take it in")
    taken.add_argument("file", type=Path, help="the package (ZIP), as it lies on their page of open data")
    taken.add_argument("--by", required=True, metavar="USER", help="account of the analyst who decides")
    taken.add_argument("--words", required=True, help="the twelve words, as they were read out to you")
    taken.add_argument(
        "--trust", default="", metavar="WHY", help="the key is new here: trust it, and say who read the words"
    )
    taken.set_defaults(run=run_take_in)


def run_key(args: argparse.Namespace) -> int:
    """Every public key with its words, oldest first."""
    today = timezone.localdate()
    try:
        if args.change:
            ring = keys.change(on=today)
        elif args.revoke is not None:
            ring = keys.revoke(on=today, why=args.revoke)
        else:
            ring = keys.ensure(on=today)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    for one in ring.keys:
        ended = f"–{one.valid_to}" if one.valid_to else "–"
        revoked = f"  spärrad {one.revoked_on}: {one.revoked_why}" if one.revoked_on else ""
        print(f"{one.public}  {one.valid_from}{ended}{revoked}\n  {one.words}")
    return 0


def run_sign(args: argparse.Namespace) -> int:
    """The slugs that got a signature now."""
    try:
        signed = sign_what_is_not(on=timezone.localdate())
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print("\n".join(signed) if signed else "Allt som är publicerat är redan signerat.")
    return 0


def run_take_in(args: argparse.Namespace) -> int:
    """The same checks and refusals as on the desk; who takes it in is a person with an account here."""
    try:
        if args.file.stat().st_size > MAX_BYTES:
            raise Refused(f"{args.file} är större än 8 MB. Ingenting har ändrats. Be kommunen om rätt fil.")
        made = heard.take_in(
            body=args.file.read_bytes(), words=args.words, reason=args.trust, by=named(args.by),
            today=timezone.localdate(),
        )  # fmt: skip
    except OSError as error:
        print(f"{args.file} kan inte läsas: {error.strerror}. Ingenting har ändrats.", file=sys.stderr)
        return 1
    except (Refused, NotLogged) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"{made.name}, {made.year}, utgåva {made.number} är mottagen.")
    return 0

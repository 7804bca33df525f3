"""`klarsyn backup`: make a sealed copy, bring one back, try that one opens."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from klarsyn.base.errors import Refused
from klarsyn.config import backup

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The words `backup make`, `backup restore`, `backup try` and `backup key`."""
    parser = subparsers.add_parser("backup", help="a sealed copy of everything, and the way back")
    words = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    make = words.add_parser("make", help="write a backup that only the recipients open")
    make.add_argument("file", type=Path)
    make.add_argument("--recipient", action="append", default=[], help="age1…; several times for several")
    make.set_defaults(run=_guarded(run_make))
    for name, run, text in (
        ("restore", run_restore, "put a backup in place of what is here"),
        ("try", run_try, "whether a backup opens with a key; changes nothing"),
    ):
        word = words.add_parser(name, help=text)
        word.add_argument("file", type=Path)
        word.add_argument("--identity", type=Path, required=True, help="file with the secret key")
        word.set_defaults(run=_guarded(run))
    key = words.add_parser("key", help="make a key pair for backups; the secret is printed once")
    key.set_defaults(run=run_key)


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def guarded(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except (Refused, OSError) as refusal:
            print(refusal, file=sys.stderr)
            return 1

    return guarded


def run_make(args: argparse.Namespace) -> int:
    size = backup.make(args.file, args.recipient)
    print(f"{args.file}: {size} bytes, sealed to {len(args.recipient)}")
    return 0


def run_restore(args: argparse.Namespace) -> int:
    done = backup.restore(args.file, args.identity.read_text())
    print(
        f"{args.file}: back in place, {done.files} files; {done.erased_again} erased again, "
        f"{done.shut_out_again} shut out again"
    )
    return 0


def run_try(args: argparse.Namespace) -> int:
    opens = backup.opens(args.file.read_bytes(), args.identity.read_text().strip())
    print(f"{args.file}: {'opens' if opens else 'does not open'} with this key")
    return 0 if opens else 1


def run_key(args: argparse.Namespace) -> int:
    secret, public = backup.new_identity()
    print(f"{secret}\n{public}")
    print("Write the first line down and keep it offline; the second is the recipient.", file=sys.stderr)
    return 0

"""`klarsyn digest`: the week's letters to the heads who asked for one; for a timer."""

import argparse
import sys
from typing import TYPE_CHECKING

from django.utils import timezone

from klarsyn.base.errors import Refused
from klarsyn.training.coverage.digest import send_due

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The word `digest`."""
    parser = subparsers.add_parser("digest", help="send the heads' weekly digest by mail; for a timer")
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """1 when a letter was not taken, nobody knows of one, or the site sends no mail."""
    try:
        done = send_due(timezone.localdate())
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"the mail server is not reached ({error}); nothing is sent, the next run tries again",
            file=sys.stderr,
        )
        return 1
    print(f"{done.sent} sent")
    if done.refused:
        print(f"{done.refused} refused by the mail server; the next run tries them again", file=sys.stderr)
    if done.unknown:
        print(
            "the line broke off in the midst of one: it is not sent again this week, the others are",
            file=sys.stderr,
        )
    return 1 if done.refused or done.unknown else 0

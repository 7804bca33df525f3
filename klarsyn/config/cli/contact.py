"""`klarsyn contact`: what goes by itself each day, and the reminders of the day."""

import argparse
import sys
from typing import TYPE_CHECKING

from django.utils import timezone

from klarsyn.contact import endings, outbox, sweeping
from klarsyn.contact.booking import reminders

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The words `contact sweep` and `contact remind`."""
    parser = subparsers.add_parser("contact", help="the end of what is past, and reminders; for a timer")
    words = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    sweep = words.add_parser("sweep", help="erase booked times, calls and contacts whose day has passed")
    sweep.set_defaults(run=run_sweep)
    remind = words.add_parser("remind", help="hand over the day's reminders to the outbox and delete them")
    remind.set_defaults(run=run_remind)


def run_sweep(_args: argparse.Namespace) -> int:
    """First what leaves a number, then every code whose last day has passed."""
    now = timezone.localtime()
    print(f"{sweeping.sweep(now) + endings.expire(now.date())} erased")
    return 0


def run_remind(_args: argparse.Namespace) -> int:
    """1 when the outbox did not take one: what is left is tried again the next time."""
    try:
        print(f"{reminders.send_due(timezone.localdate())} handed over")
    except (outbox.NotTaken, OSError) as error:
        print(f"{error}; the reminders that are left are tried again", file=sys.stderr)
        return 1
    return 0

"""`klarsyn sweep`: what needs nobody's decision, each day; what needs one is counted."""

import argparse
from typing import TYPE_CHECKING

from django.utils import timezone

from klarsyn.base import leftovers
from klarsyn.cases import retention
from klarsyn.concerns.report import endings as reports
from klarsyn.config.cli.contact import run_sweep
from klarsyn.people.models import Team
from klarsyn.training.attitudes import ending

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The word `sweep`."""
    parser = subparsers.add_parser("sweep", help="erase what is past without anybody deciding; for a timer")
    parser.add_argument("--vacuum", action="store_true", help="also rewrite the SQLite file; takes a while")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Contacts, times, calls, numbers, concern reports, surveys; then the leftovers. Erases no case."""
    run_sweep(args)
    today = timezone.localdate()
    print(f"{reports.sweep(today)} drafts, reports and codes of concern reports erased")
    print(f"{ending.close_forgotten(today)} surveys of attitudes closed, their answers counted and erased")
    due = sum(retention.how_many(team, today) for team in Team.objects.all())
    print(f"{due} cases fall due: two persons decide, at /personal/gallring/")
    if leftovers.needs_vacuum_elsewhere():
        print(leftovers.ON_POSTGRESQL)
    elif not leftovers.clear(vacuum=args.vacuum):
        print("the write-ahead log is in use and is emptied at the next run")
    return 0

"""Several writers, a process each, want the same time in the same moment; prints who got what as JSON.

Run by itself on an empty database: `DATABASE_URL`, `KLARSYN_HOME`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "klarsyn.config.settings.test"
django.setup()

# ruff: noqa: E402  the settings come first
from django.core.management import call_command
from django.db import connections

from klarsyn.base import rows
from klarsyn.base.audit.recording import open_log
from klarsyn.contact.booking import actions, queries, visitor
from klarsyn.contact.models import Access, Booking, TakenQuarter
from klarsyn.contact.models.booking import BOTH, Kind
from klarsyn.people.keys import pepper_file, teams
from klarsyn.people.keys.accounts import make_keys
from klarsyn.people.models import RoleHeld, Team, User
from klarsyn.receptions.models import Reception
from tests.unit.contact.times import ALL_WEEK, NOON, TODAY, wanted

WRITERS, ROUNDS = 3, 6


def begin() -> Team:
    call_command("migrate", verbosity=0, interactive=False)
    open_log()
    pepper_file.ensure()
    alva = User.objects.create(username="alva", name="Alva")
    keys = make_keys(alva, "morgonljus över fjärden")
    team = teams.create_team(kind=Team.Kind.MIKA, name="Mika", founder=alva, keys=keys)
    RoleHeld.objects.create(user=alva, role="mika_counsellor", team=team)
    reception = Reception.objects.create(kind="mika", host_code="0680", team=team)
    actions.publish(
        reception=reception, kind=Kind.WEEKLY, written=ALL_WEEK, minutes=60, channels=BOTH,
        valid_from=TODAY, valid_to=None, by=User.objects.get(), today=TODAY,
    )  # fmt: skip
    return team


def write(start, told) -> None:
    """One writer: the same times as the others, in the same order, each at the same moment."""
    for number in range(ROUNDS):
        slot = SLOTS[number]
        start.wait()
        try:
            visitor.book("mika", wanted(slot.day, slot.begins), NOON)
            told.put((number, "got", 0))
        except visitor.Taken as late:
            told.put((number, "taken", len(late.nearest)))


def race(team: Team) -> dict[str, object]:
    start, told = multiprocessing.Barrier(WRITERS), multiprocessing.Queue()
    connections.close_all()
    writers = [multiprocessing.Process(target=write, args=(start, told)) for _ in range(WRITERS)]
    for one in writers:
        one.start()
    outcomes = sorted(told.get(timeout=60) for _ in range(WRITERS * ROUNDS))
    for one in writers:
        one.join()
    with rows.of_teams([team.pk]):
        booked, codes = Booking.objects.count(), Access.objects.count()
    return {
        "outcomes": outcomes, "booked": booked, "codes": codes, "quarters": TakenQuarter.objects.count(),
        "failed": [one.exitcode for one in writers if one.exitcode],
    }  # fmt: skip


if __name__ == "__main__":
    made = begin()
    SLOTS = queries.free_times(queries.reception_of("mika"), NOON)[:ROUNDS]
    json.dump(race(made), sys.stdout)

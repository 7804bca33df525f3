"""Whether everything that was acknowledged is there, no time is booked twice, and the log holds.

    python -m benchmarks.mixed.found < acts.json    # prints what is wrong, one line each

Read with the keys of the invented counsellors and the visitors' own codes, as they would.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klarsyn.config.settings.dev")

import django

django.setup()

from django.conf import settings  # noqa: E402  after the set-up
from django.db.models import Sum  # noqa: E402

from benchmarks.mixed.people import PASSWORD  # noqa: E402
from klarsyn.base import rows  # noqa: E402
from klarsyn.base.audit import logkeys  # noqa: E402
from klarsyn.base.models import AuditEvent  # noqa: E402
from klarsyn.cases import queries  # noqa: E402
from klarsyn.cases.models import Case, Compartment  # noqa: E402
from klarsyn.contact import access, codes, sealing  # noqa: E402
from klarsyn.contact.booking import visitor as booking  # noqa: E402
from klarsyn.contact.models import Booking, TakenQuarter, Thread, Tries  # noqa: E402
from klarsyn.people.keys import teams  # noqa: E402
from klarsyn.people.keys.accounts import unlock  # noqa: E402
from klarsyn.people.models import Team  # noqa: E402
from klarsyn.receptions.models import TallyCell  # noqa: E402

CHECKED_BY_CODE = 40  # codes tried as a visitor would: each takes the time a code takes


def wrong(acts: dict[str, Any]) -> Iterator[str]:
    """What was acknowledged and is not there, and what is there and must not be."""
    messages, notes = set[str](), dict[str, str]()
    Tries.objects.all().delete()  # an hour later: the wrong codes of the load are forgotten
    for team in Team.objects.filter(kind__in=("mika", "kast")):
        found = unlock(f"{team.kind}0", PASSWORD)
        assert found
        epochs = teams.open_teams(found[1])[team.pk]
        with rows.of_teams([team.pk]):
            messages |= set(_messages(team, epochs))
            for case in Case.objects.filter(team=team):
                for record in queries.shown(case, epochs, frozenset(Compartment)).records:
                    notes[str(record.id)] = record.text
            yield from _twice(team)
    said = "\n".join(messages)
    for mark in [*acts["threads"], *acts["messages"], *acts["answers"]]:
        if said.count(mark) != 1:
            yield f"{mark}: {said.count(mark)} messages have it"
    for record, mark in acts["notes"].items():
        if mark not in notes.get(record, ""):
            yield f"note {record}: {mark} is not in it"
    yield from _codes(acts)
    yield from _counted(acts)
    yield from _log()


def _messages(team: Team, epochs: Any) -> Iterator[str]:
    for thread in Thread.objects.filter(team=team):
        key = sealing.open_for_team(thread, epochs[thread.epoch])
        for message in thread.messages.all():
            yield f"{message.pk} {sealing.open_body(message, thread, key).text}"


def _twice(team: Team) -> Iterator[str]:
    """Two booked times that overlap: by their own hours, not by the rows that are meant to prevent it."""
    quarters = Counter[tuple[Any, int]]()
    for one in Booking.objects.filter(team=team):
        first = (one.begins.hour * 60 + one.begins.minute) // 15
        quarters.update((one.day, first + n) for n in range(-(-one.minutes // 15)))
    yield from (f"{team}: {day} quarter {n} is booked twice" for (day, n), k in quarters.items() if k > 1)
    if sum(quarters.values()) != TakenQuarter.objects.filter(team=team).count():
        yield f"{team}: the quarters taken are not those of the booked times"


def _codes(acts: dict[str, Any]) -> Iterator[str]:
    for code in list(acts["threads"].values())[-CHECKED_BY_CODE:]:
        try:
            access.enter(codes.read(code))
        except access.Unknown:
            yield f"a code of a thread that was begun opens nothing: {code}"
    for code, what in acts["booked"].items():
        if _is_booked(code) and code in acts["cancelled"]:
            yield f"{what}: cancelled, and still there"
        elif code not in acts["leaving"] and not _is_booked(code):
            yield f"{what}: booked, and not there"


def _is_booked(code: str) -> bool:
    try:
        booking.see(access.enter(codes.read(code)))
    except (access.Unknown, booking.NoBooking):
        return False
    return True


def _counted(acts: dict[str, Any]) -> Iterator[str]:
    for reception, number in acts["counted"].items():
        cells = TallyCell.objects.filter(tally__reception=reception, tally__entered_by__isnull=False)
        found = cells.aggregate(n=Sum("number"))["n"] or 0
        if found < number:
            yield f"reception {reception}: {number} counted, {found} found"


def _log() -> Iterator[str]:
    """The exported log, checked by the file that needs nothing of Klarsyn, with the auditor's key."""
    with tempfile.TemporaryDirectory() as folder:
        log, cli = Path(folder) / "log.jsonl", [sys.executable, "-m", "klarsyn.config.cli", "log"]
        subprocess.run([*cli, "checkpoint"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*cli, "export", str(log)], check=True, stdout=subprocess.DEVNULL)
        key = [*cli, "first-key", "--auditor", str(settings.KEYS / logkeys.AUDITOR)]
        first = subprocess.run(key, check=True, capture_output=True, text=True).stdout.strip()
        checker = [sys.executable, "-I", str(Path(folder) / "klarsyn_verify.py"), str(log)]
        public = logkeys.read().signer.public.hex()
        done = subprocess.run(
            [*checker, "--public-key", public, "--first-key", first],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        print(done.stdout.strip().replace("\n", "; "), file=sys.stderr)
        if done.returncode:
            yield f"the log does not verify: {done.stdout} {done.stderr}"
        if sum(1 for _line in log.open()) < AuditEvent.objects.count():
            yield "the exported log is shorter than the log"


def main() -> int:
    found = list(wrong(json.load(sys.stdin)))
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What stands before the load begins: staff with real keys, 200 cases a reception, contacts, a calendar.

    python -m benchmarks.mixed.ground    # prints as JSON who there is and which codes they hold

On top of the demonstration that `klarsyn site prepare` has made; everything in it is invented.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klarsyn.config.settings.dev")

import django

django.setup()

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value  # noqa: E402  after the set-up
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.mixed.people import PASSWORD, SECRET, Person  # noqa: E402
from klarsyn.base import rows  # noqa: E402
from klarsyn.cases import entries, handling  # noqa: E402
from klarsyn.cases.card import Card, Task, Track  # noqa: E402
from klarsyn.cases.models import Case  # noqa: E402
from klarsyn.cases.writing import write  # noqa: E402
from klarsyn.contact import receivers, visitor  # noqa: E402
from klarsyn.contact.booking import queries  # noqa: E402
from klarsyn.contact.booking import visitor as booking  # noqa: E402
from klarsyn.contact.booking.visitor import Wanted  # noqa: E402
from klarsyn.contact.models import Tries  # noqa: E402
from klarsyn.people.actions import admit_person, give_role  # noqa: E402
from klarsyn.people.demo import DEMO_TEAMS, demo_keys  # noqa: E402
from klarsyn.people.factors import codes  # noqa: E402
from klarsyn.people.keys import teams  # noqa: E402
from klarsyn.people.keys.accounts import Unlocked, unlock  # noqa: E402
from klarsyn.people.models import Team, User  # noqa: E402
from klarsyn.people.models.keys import RECEPTION_KINDS  # noqa: E402
from klarsyn.receptions.models import Reception  # noqa: E402

COUNSELLORS, COMING, COUNCILLORS = 4, 2, 4
CASES, NOTES, CONTACTS = 200, 3, 40
TEXT: Final = "Påhittad anteckning: samtal om boende, ekonomi och hur veckan har varit. " * 6


@dataclass(slots=True)
class Ground:
    people: list[Person] = field(default_factory=list)
    codes: dict[str, list[str]] = field(default_factory=dict)  # team kind -> codes of contacts


def _admit(username: str, role: str, team: Team | None) -> User:
    user = admit_person(username=username, name=username.title(), password=PASSWORD, roles=())
    give_role(user=user, role=role, team=team)
    if team is not None:  # an earlier step of the app's clock, so that today's codes are still good
        counter = next(iter(counters()))
        assert codes.add_app(user, SECRET, format_hotp_value(hotp_value(SECRET, counter)))
    return user


def _cases(team: Team, by: User, keys: Unlocked, counsellors: list[User]) -> None:
    today, now = timezone.localdate(), timezone.localtime()
    with rows.of_teams([team.pk]), transaction.atomic():
        for number in range(CASES - Case.objects.filter(team=team).count()):
            theirs = counsellors[number % len(counsellors)]
            task = Task("a", "Ring om bostaden", today + timedelta(days=number % 40 - 20))
            tasks = (task,) if number % 2 else ()
            shown = Card(f"Påhittat {number}: samtal om boende", Track.OPEN, theirs.pseudonym, tasks=tasks)
            case = handling.take_in(
                team=team, shown=shown, is_nameless=False, entry=None, by=by, keys=keys
            )  # fmt: skip
            for ago in range(NOTES):
                entry = entries.new(
                    entries.kind_of("note"), reception=team.kind, data={"type": "VISIT", "text": TEXT},
                    author=theirs.pseudonym, event_day=today - timedelta(days=ago), now=now,
                )  # fmt: skip
                write(case=case, entry=entry, by=by, keys=keys)


def _contacts(team: Team) -> list[str]:
    to = receivers.receiver(team.kind)
    assert to
    return [visitor.begin(to, f"Påhittat {n}: jag vill prata.")[1].shown for n in range(CONTACTS)]


def _fill_the_calendar(reception: Reception) -> None:
    """Every second free time of the coming weeks is taken."""
    now = timezone.localtime()
    for slot in queries.free_times(reception, now)[::2]:
        booking.book(reception.kind, Wanted(slot.day, slot.begins, min(slot.channels), ""), now)


def _reception(team: Team, founder: User, made: Ground) -> None:
    keys, role = demo_keys(founder), f"{team.kind}_counsellor"
    reception = Reception.objects.get(team=team)
    users = [_admit(f"{team.kind}{n}", role, team) for n in range(COUNSELLORS + COMING)]
    for user in users:
        teams.add_member(team=team, member=user, by=founder, keys=keys)
    found = unlock(users[0].username, PASSWORD)
    assert found
    _cases(team, users[0], found[1], users[:COUNSELLORS])
    with rows.of_teams([team.pk]):
        ids = [str(id) for id in Case.objects.filter(team=team).values_list("pk", flat=True)]
    for n, user in enumerate(users):
        own = tuple(ids[n::COUNSELLORS]) if n < COUNSELLORS else ()
        kind = "counsellor" if n < COUNSELLORS else "coming"
        made.people.append(Person(user.username, kind, team.kind, reception.pk, own))
    head = _admit(f"{team.kind}head", "reception_head", team)
    made.people.append(Person(head.username, "head", team.kind, reception.pk))
    made.codes[team.kind] = _contacts(team)
    _fill_the_calendar(reception)


def main() -> int:
    made = Ground()
    for one in (team for team in DEMO_TEAMS if team.kind in RECEPTION_KINDS):
        _reception(Team.objects.get(name=one.name), User.objects.get(username=one.founder), made)
        Tries.objects.all().delete()  # all this is of earlier weeks: the hour's number of new ones is whole
    for n in range(COUNCILLORS):
        made.people.append(Person(_admit(f"ledamot{n}", "councillor", None).username, "councillor"))
    json.dump(asdict(made), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

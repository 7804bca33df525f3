"""The demonstration's units: one with the invented staff, and some whose people came by a link."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.receptions.demo_year import YEAR
from klarsyn.training.library import library
from klarsyn.training.models import Arrival, Assignment, Completion, Learner, Unit

NAME: Final = "Socialkontoret Öster (påhittad)"
HEAD: Final = "greta"
# Of the invented staff there: how many days ago they took the course, None where they have not.
STAFF: Final = {"disa": 30, "elis": 700, "hugo": 760, "cilla": None}
# Without accounts: kind, how many work there, how many took a course in the example's year and before.
BY_LINK: Final = (
    ("Socialkontoret Väster (påhittad)", "social_services", 74, 38, 9),
    ("Ungdomens fältgrupp (påhittad)", "field", 41, 27, 6),
    ("Parkskolan (påhittad)", "school", 118, 54, 14),
    ("Mässan (påhittad)", "venue", 96, 41, 17),
    ("Vårdcentralen Bäcken (påhittad)", "health", 63, 22, 8),
)
_HOLDS: Final = 730  # days


@transaction.atomic
def ensure_demo_units() -> int:
    """The invented units, how many were made. Safe to repeat; a unit of the same name is left alone."""
    if not settings.DEMO:
        raise Refused(_("Påhittade enheter finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    staff = {user.username: user for user in User.objects.filter(is_demo=True)}
    if Unit.objects.filter(name=NAME).exists() or HEAD not in staff:
        return 0
    _east(staff, timezone.localdate())
    chance = Random(14)  # noqa: S311  invented numbers, the same each time
    for name, kind, size, now, before in BY_LINK:
        unit = Unit.objects.create(
            name=name, kind=kind, size=size, size_stated_on=date(YEAR, 12, 1)
        )  # nobody heads it: it is a number in the mapping
        for number in range(now + before):
            year = YEAR if number < now else YEAR - 2
            day = date(year, 1, 10) + timedelta(chance.randrange(340))
            _done(_somebody(unit, number), _course_for(kind), day)
    return len(BY_LINK) + 1


def _east(staff: dict[str, User], today: date) -> None:
    unit = Unit.objects.create(name=NAME, kind="social_services", size=9, size_stated_on=today)
    unit.heads.add(staff[HEAD])
    course, began = _course_for("social_services"), today - timedelta(days=60)
    due = today + timedelta(days=14)
    Assignment.objects.create(
        course=course, unit=unit, due_on=due, assigned_on=began, assigned_by=staff[HEAD]
    )
    for username, ago in STAFF.items():
        learner, _is_new = Learner.objects.get_or_create(user=staff[username])
        learner.unit = unit
        learner.save(update_fields=["unit"])
        Arrival.objects.get_or_create(learner=learner, defaults={"came_on": began})
        if ago is not None:
            _done(learner, course, today - timedelta(days=ago))


def _somebody(unit: Unit, number: int) -> Learner:
    code = hashlib.sha256(f"påhittad {unit.pk} {number}".encode()).hexdigest()  # no code opens it
    return Learner.objects.create(code_hash=code, unit=unit)


def _done(learner: Learner, course: str, on: date) -> None:
    until = on + timedelta(days=_HOLDS)
    Completion.objects.create(learner=learner, course=course, version="1.0", done_on=on, valid_until=until)


def _course_for(kind: str) -> str:
    courses = library()
    return next((key for key, one in courses.items() if one.head.audience == kind), next(iter(courses)))

"""The demonstration's agreement, joint work and meetings: a fixed seed, wholly invented and marked so."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.plan.models import AgreedMeasure, Agreement, Goal, JointWork, Meeting

YEAR: Final = 2024  # the last year of the invented example
# A kind: how often in a month about, hours and support staff an occasion, cards an occasion at most.
_KINDS: Final = {
    "shift": (5, 5, 2, 3), "operation": (1, 9, 3, 5), "information": (2, 2, 1, 4), "call_out": (1, 3, 1, 1),
    "training": (0, 4, 2, 0),
}  # fmt: skip
_BUSY: Final = (2, 6, 9, 11)  # months with a large event: more is done
_RECENT: Final = 4  # months before this one that are entered too


@transaction.atomic
def ensure_demo_cooperation() -> int:
    """The invented year of joint work and what hangs on it; how many months. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittat samarbete finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    if Agreement.objects.filter(is_invented=True).exists():
        return 0
    today = timezone.localdate()
    _agreement(today)
    _meetings(today)
    chance = Random(f"{YEAR} joint")  # noqa: S311  invented, and the same each time
    number = today.year * 12 + today.month - 1
    recent = [divmod(number - back, 12) for back in range(_RECENT, 0, -1)]
    months = dict.fromkeys([*((YEAR, month) for month in range(1, 13)), *((y, m + 1) for y, m in recent)])
    rows = [row for when in months for row in _month(*when, chance)]
    return len(JointWork.objects.bulk_create(rows))


def _month(year: int, month: int, chance: Random) -> list[JointWork]:
    found = []
    for kind, (often, hours, staff, cards) in _KINDS.items():
        occasions = often + chance.randint(0, 2) * (2 if month in _BUSY else 1)
        if kind == "training" and month % 3:
            continue
        if occasions:
            found.append(
                JointWork(
                    year=year, month=month, kind=kind, occasions=occasions, is_invented=True,
                    hours=occasions * hours + chance.randint(0, occasions), staff=occasions * staff,
                    cards=sum(chance.randint(0, cards) for _ in range(occasions)),
                )
            )  # fmt: skip
    return found


def _agreement(today: date) -> None:
    """One that lapses in three months, so that the warning is seen, with goals in each state."""
    made = Agreement.objects.create(
        title="Påhittad överenskommelse mot prostitution och människohandel",
        registry_number="PÅHITTAT 2024:17",
        municipal_office="Socialnämnden (påhittad)",
        police_area="Lokalpolisområde Påhitt",
        signed_for_municipality="Socialdirektör",
        signed_for_police="Lokalpolisområdeschef",
        signed_on=date(YEAR, 1, 15),
        valid_from=date(YEAR, 2, 1),
        valid_to=today + timedelta(days=90),
        forms=["shift", "operation", "information", "call_out"],
        is_invented=True,
    )
    goals = (
        (
            "Stödpersonal är med från början i varje planerad insats",
            -200,
            "met",
            "Styrgruppen läser antalen.",
        ),
        (
            "Alla hotell i kommunen har fått besök",
            -20,
            "open",
            "Arbetsgruppen stämmer av mot en lista på hotell.",
        ),
        ("Kontaktkort finns i varje patrull", 120, "open", "Samordnaren frågar varje kvartal."),
    )
    for text, days, state, follow_up in goals:
        due = today + timedelta(days=days)
        Goal.objects.create(agreement=made, text=text, due_on=due, state=state, follow_up=follow_up)


def _meetings(today: date) -> None:
    steering = Meeting.objects.create(
        held_on=today - timedelta(days=35),
        group=Meeting.Group.STEERING,
        attendees="Socialdirektör\nLokalpolisområdeschef\nSamordnare för arbetet med polisen",
        notes="Påhittat. Gruppen gick igenom de publicerade talen och målen i överenskommelsen.",
        is_invented=True,
    )
    agreed = (
        ("Ta fram förslag till förnyad överenskommelse", "Samordnaren", 40, None),
        ("Trycka nya kontaktkort på fem språk", "Mika-mottagningen", -5, None),
        ("Bjuda in räddningstjänsten till informationsbesöken", "Lokalpolisområdet", -10, -12),
    )
    for text, responsible, days, done in agreed:
        AgreedMeasure.objects.create(
            meeting=steering, text=text, responsible=responsible, due_on=today + timedelta(days=days),
            done_on=today + timedelta(days=done) if done is not None else None,
        )  # fmt: skip

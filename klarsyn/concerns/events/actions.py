"""Enter an event in the calendar before it begins, and strike it out while it has not. Each leaves a line."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.concerns.events import policy
from klarsyn.concerns.models import Event
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission


@transaction.atomic
def enter(
    *, name: str, kind: str, arena: str, first_day: date, last_day: date, visitors: int | None, source: str,
    by: User, today: date,
) -> Event:  # fmt: skip
    """One event. Raises Refused: a week that has been, a text that is missing, one that stands already."""
    _check_may(by)
    policy.check_days(first_day, last_day, today)
    name, arena, source = name.strip(), arena.strip(), source.strip()
    if not (name and arena and source) or kind not in Event.Kind.values:
        raise Refused(_("Namn, slag, plats och källa behövs. Inget är sparat."))
    if Event.objects.filter(name__iexact=name, first_day=first_day, withdrawn_on=None).exists():
        raise Refused(_("Det evenemanget står redan i kalendern. Inget är sparat."))
    made = Event.objects.create(
        name=name, kind=kind, arena=arena, first_day=first_day, last_day=last_day, visitors=visitors,
        source=source, entered_on=today, entered_by=by,
    )  # fmt: skip
    record(action="event.enter", by=by.pseudonym, object=f"event-{made.pk}")
    return made


@transaction.atomic
def withdraw(*, event: Event, by: User, today: date) -> None:
    """An event that will not be. Refused once its week has begun, and for one struck out already."""
    _check_may(by)
    row = Event.objects.select_for_update().get(pk=event.pk)
    policy.check_withdraw(row.first_day, today)
    if row.withdrawn_on is not None:
        raise Refused(_("Evenemanget är redan struket. Inget är ändrat."))
    row.withdrawn_on = today
    row.save(update_fields=["withdrawn_on"])
    record(action="event.withdraw", by=by.pseudonym, object=f"event-{row.pk}")


def _check_may(by: User) -> None:
    if not by.may(Permission.EVENT_WRITE):
        raise Refused(_("Bara den som för kalendern ändrar i den. Inget är ändrat."))

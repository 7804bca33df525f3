"""Log a sign, and take back an entry of one's own. Each leaves a line in the log, with a pseudonym."""

from __future__ import annotations

import hmac
from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.event_weeks import has_event
from klarsyn.concerns.models import Sighting
from klarsyn.concerns.observations import policy
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission


@transaction.atomic
def log_sign(
    *, unit: str, sign: str, place: str, year: int, month: int, during_event: bool, by: User, today: date
) -> Sighting:
    """One sign seen once. Refused for what is not in the list, and an event that is not in the calendar."""
    if unit not in by.units_of(Permission.OBSERVATION_WRITE):
        raise Refused(_("Bara de som arbetar i enheten loggar för den. Inget är sparat."))
    policy.check(sign=sign, place=place, year=year, month=month, today=today)
    if during_event and not has_event(year, month):
        raise Refused(_("Kalendern har inget evenemang den månaden. Inget är sparat."))
    made = Sighting(
        id=uuid4(), unit=unit, sign=sign, place=place, year=year, month=month, during_event=during_event
    )
    made.mark = policy.mark(settings.SECRET_KEY, by.uid, made.id)
    made.save(force_insert=True)
    record(action="observation.log", by=by.pseudonym, object=str(made.id))
    return made


@transaction.atomic
def take_back(*, observation: Sighting, by: User, today: date) -> None:
    """A wrong entry no longer counts. Refused for another's, one taken back, and a month that is closed."""
    row = Sighting.objects.select_for_update().get(pk=observation.pk)
    if not is_own(row, by):
        raise Refused(_("Bara den som har loggat tecknet kan ta tillbaka det. Inget är ändrat."))
    if row.is_withdrawn or (row.year, row.month) not in policy.months(today):
        raise Refused(_("Tecknet är redan taget tillbaka, eller så är månaden stängd. Inget är ändrat."))
    row.is_withdrawn = True
    row.save(update_fields=["is_withdrawn"])
    record(action="observation.take_back", by=by.pseudonym, object=str(row.id))


def is_own(row: Sighting, by: User) -> bool:
    """Whether this person logged it: told by the mark alone."""
    return hmac.compare_digest(row.mark, policy.mark(settings.SECRET_KEY, by.uid, row.id))

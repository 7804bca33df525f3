"""How many cases one person opens in an hour before a second must agree: a stolen session is worth less."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import Detail, record
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.people.models import Team, User

WINDOW = timedelta(hours=1)
READ, MORE = "case.read", "budget.more"


class BudgetSpent(Refused):
    """So many cases were opened in the last hour that a reason and a second person are asked for."""


def opened(person: User, now: datetime | None = None) -> int:
    """Different cases the person has opened in the last hour, as the log says."""
    return _recent(person, READ, now).values("object").distinct().count()


def allowed(person: User, now: datetime | None = None) -> int:
    """How many are allowed: the ordinary number, and as many again for each consent in the last hour."""
    return int(settings.CASES_AN_HOUR) * (1 + _recent(person, MORE, now, is_object=True).count())


def check(person: User, case: str, now: datetime | None = None) -> None:
    """Raises BudgetSpent when one case more would be too many; a case already open costs nothing."""
    if _recent(person, READ, now).filter(object=case).exists():
        return
    if opened(person, now) >= allowed(person, now):
        text = _(
            "Du har öppnat %(n)d ärenden den senaste timmen. Inget mer öppnas nu. Be en kollega eller "
            "enhetschefen godkänna fler, med en anledning, eller vänta."
        )
        raise BudgetSpent(text % {"n": opened(person, now)})


@transaction.atomic
def consent(*, person: User, by: User, team: Team, reason: str) -> None:
    """A second person agrees that more cases are opened, and says why."""
    if by.pk == person.pk:
        raise Refused(_("Du kan inte godkänna dig själv. Inget är ändrat. Be en kollega."))
    if not reason.strip():
        raise Refused(_("Skriv varför fler ärenden behöver öppnas. Inget är ändrat."))
    epoch = team.epochs.get(state="active")
    detail = Detail(reason, {team.kind: bytes(epoch.public)})
    record(action=MORE, by=by.pseudonym, object=person.pseudonym, team=team.kind, detail=detail)


def _recent(
    person: User, action: str, now: datetime | None, *, is_object: bool = False
) -> QuerySet[AuditEvent]:
    since = ((now or datetime.now(UTC)) - WINDOW).isoformat(timespec="seconds")
    who = {"object" if is_object else "actor": person.pseudonym}
    return AuditEvent.objects.filter(action=action, at__gte=since, **who)

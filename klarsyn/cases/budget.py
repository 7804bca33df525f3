"""How many cases one person opens in an hour before a second must agree: a stolen session is worth less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases.reasons import check_written, sealed_reason
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission

WINDOW: Final = timedelta(hours=1)
ACT_READ: Final = "case.read"
ACT_UNSEAL: Final = "case.unseal"
ACT_EXPORT: Final = "case.export"
ACT_FILE: Final = "case.file"
ACT_BREAK: Final = "case.break_seal"
OPENINGS: Final = (ACT_READ, ACT_UNSEAL, ACT_EXPORT, ACT_FILE, ACT_BREAK)
ACT_ASK: Final = "budget.ask"
ACT_MORE: Final = "budget.more"


class BudgetSpent(Refused):
    """So many cases were opened in the last hour that a reason and a second person are asked for."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who asks to open more cases than an hour allows, until `until`."""

    line: AuditEvent
    team: Team
    person: User
    at: datetime
    until: datetime


def opened(person: User, now: datetime | None = None) -> int:
    """Different cases the person has opened in the last hour, as the log says."""
    return _openings(person, now).values("object").distinct().count()


def allowed(person: User, now: datetime | None = None) -> int:
    """How many are allowed: the ordinary number, and as many again for each consent in the last hour."""
    agreed = _recent(now).filter(action=ACT_MORE, object=person.pseudonym).count()
    return int(settings.CASES_AN_HOUR) * (1 + agreed)


def check(person: User, case: str, now: datetime | None = None) -> None:
    """Raises BudgetSpent when one case more would be too many; a case already open costs nothing."""
    if _openings(person, now).filter(object=case).exists():
        return
    if opened(person, now) >= allowed(person, now):
        text = _(
            "Du har öppnat %(n)d ärenden den senaste timmen. Inget mer öppnas nu. Be en kollega eller "
            "enhetschefen godkänna fler, med en anledning, eller vänta."
        )
        raise BudgetSpent(text % {"n": opened(person, now)})


def is_visiting(person: User, case: str, act: str, now: datetime | None = None) -> bool:
    """Whether the person has opened this case in this way, with a reason, within the last hour."""
    return _recent(now).filter(action=act, actor=person.pseudonym, object=case).exists()


@transaction.atomic
def ask(*, person: User, team: Team, reason: str) -> AuditEvent:
    """Ask for more, with the reason. Good for an hour, for a second person of the team. Raises Refused."""
    reason = check_written(reason, _("Skriv varför fler ärenden behöver öppnas. Inget är ändrat."))
    if not person.may_in_team(Permission.CASE_READ, team):
        raise Refused(_("Du läser inga ärenden i den mottagningen. Inget är ändrat."))
    if any(one.person.pk == person.pk for one in _all_waiting(datetime.now(UTC))):
        raise Refused(_("Du har redan en fråga som väntar. Inget är ändrat. Be en kollega svara på den."))
    detail = sealed_reason(team, reason)
    return record(action=ACT_ASK, by=person.pseudonym, object=str(team.pk), team=team.kind, detail=detail)


@transaction.atomic
def agree(*, asked: int, by: User) -> Waiting:
    """A second person agrees to what somebody asked for in the line `asked`. Raises Refused."""
    found = AuditEvent.objects.select_for_update().filter(sequence=asked, action=ACT_ASK).first()
    one = _waiting(found, datetime.now(UTC)) if found else None
    if one is None or not by.may_in_team(Permission.CASE_ALLOW_MORE, one.team):
        raise Refused(_("Den frågan finns inte längre. Inget är ändrat. Be personen fråga igen."))
    if by.pk == one.person.pk:
        raise Refused(_("Du kan inte godkänna dig själv. Inget är ändrat. Be en kollega."))
    record(action=ACT_MORE, by=by.pseudonym, object=one.person.pseudonym, team=one.team.kind)
    return one


def list_waiting(by: User, now: datetime | None = None) -> Sequence[Waiting]:
    """What is asked in the teams where the person may agree, the person's own questions too."""
    found = _all_waiting(now or datetime.now(UTC))
    return [one for one in found if by.may_in_team(Permission.CASE_ALLOW_MORE, one.team)]


def _all_waiting(now: datetime) -> list[Waiting]:
    lines = _recent(now).filter(action=ACT_ASK).order_by("sequence")
    return [one for line in lines if (one := _waiting(line, now)) is not None]


def _waiting(line: AuditEvent, now: datetime) -> Waiting | None:
    """The question of a line; None when it is too old, answered, or its person or team is gone."""
    at = datetime.fromisoformat(line.at)
    answered = AuditEvent.objects.filter(action=ACT_MORE, object=line.actor, sequence__gt=line.sequence)
    team = Team.objects.filter(pk=line.object).first()
    person = next((one for one in User.objects.filter(is_active=True) if one.pseudonym == line.actor), None)
    if now - at > WINDOW or team is None or person is None or answered.exists():
        return None
    return Waiting(line, team, person, at, at + WINDOW)


def _openings(person: User, now: datetime | None) -> QuerySet[AuditEvent]:
    return _recent(now).filter(action__in=OPENINGS, actor=person.pseudonym)


def _recent(now: datetime | None) -> QuerySet[AuditEvent]:
    since = (now or datetime.now(UTC)) - WINDOW
    day = timezone.localdate(since)  # what the index knows
    return AuditEvent.objects.filter(day__gte=day, at__gte=since.isoformat(timespec="seconds"))

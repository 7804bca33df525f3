"""The registrar's side: that a report came and was handed over, by days and ids alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base import rows
from klarsyn.base.audit.recording import read_first, record
from klarsyn.base.errors import Refused
from klarsyn.base.writing import has_personal_number
from klarsyn.concerns.models import ConcernReport, ReportAct
from klarsyn.concerns.models.concern_report import Act
from klarsyn.concerns.report.days import days
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A line of the registrar's list. `number`: empty until it is confirmed."""

    id: UUID
    received_on: date
    message: str
    handed_at: datetime
    number: str
    erase_on: date | None


def read_list(user: User) -> Sequence[HandedOver]:
    """Every report that was handed over, the unconfirmed first, after a line in the log. Raises Http404."""
    if not user.may(Permission.CONCERN_REGISTER):
        raise Http404
    told = read_first(action="concern.registry", by=user.pseudonym, object="", team=Team.Kind.CHILDREN)
    with told, rows.of_teams(_teams(), is_reading=True):
        found = ConcernReport.objects.filter(acts__act=Act.HAND_OVER).distinct().prefetch_related("acts")
        lines = [_line(report) for report in found]
    return sorted(lines, key=lambda one: (bool(one.number), one.handed_at))


def register(user: User, id: UUID, *, number: str) -> None:
    """Confirm that a handed-over report is entered under a number: from then on its days here are counted.

    Raises Http404, or Refused where it is confirmed already or the number looks like a person's.
    """
    if not user.may(Permission.CONCERN_REGISTER):
        raise Http404
    if has_personal_number(number):
        raise Refused(_("Det ser ut som ett personnummer. Skriv diarienumret. Inget är sparat."))
    with rows.of_teams(_teams()):
        report = ConcernReport.objects.select_for_update().filter(pk=id).first()
        if report is None or not report.acts.filter(act=Act.HAND_OVER).exists():
            raise Http404
        if report.acts.filter(act=Act.REGISTERED).exists():
            raise Refused(_("Den är redan bekräftad. Inget är ändrat."))
        today = timezone.localdate()
        ReportAct.objects.create(
            report=report,
            act=Act.REGISTERED,
            at=timezone.now(),
            by=user.pseudonym,
            reference=number,
            words=b"",
        )
        last = today + max(days("kept_after_registered", today), timedelta(0))
        ConcernReport.objects.filter(pk=report.pk).update(erase_on=last)
        record(action="concern.register", by=user.pseudonym, object=str(report.id), team=Team.Kind.CHILDREN)


def _line(report: ConcernReport) -> HandedOver:
    acts = sorted(report.acts.all(), key=lambda one: one.at)
    handed = next(one for one in reversed(acts) if one.act == Act.HAND_OVER)
    number = next((one.reference for one in acts if one.act == Act.REGISTERED), "")
    return HandedOver(report.id, report.received_on, handed.reference, handed.at, number, report.erase_on)


def _teams() -> list[UUID]:
    return list(Team.objects.filter(kind=Team.Kind.CHILDREN).values_list("pk", flat=True))

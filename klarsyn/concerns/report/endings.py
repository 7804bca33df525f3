"""The end of drafts, of reports that were handed over and registered, and of codes; and after a restore."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from klarsyn.base import erasures, rows
from klarsyn.base.audit.details import forget_reasons
from klarsyn.base.audit.recording import record
from klarsyn.concerns.models import ConcernReport, ReportDraft
from klarsyn.people.models import Team

BY = "klarsyn"


def sweep(today: date) -> int:
    """Erase every draft, report and code whose last day has passed; how many. Safe to repeat.

    A report that nobody has confirmed as registered stays, however old: it might be nowhere else.
    """
    with transaction.atomic():
        drafts, _kinds = ReportDraft.objects.filter(expires_on__lt=today).delete()
    with rows.of_teams(_teams(), is_reading=True):
        over = list(
            ConcernReport.objects.filter(erase_on__lt=today).exclude(body=b"").values_list("pk", flat=True)
        )
    for id in over:
        with rows.of_teams(_teams()):
            _erase(id, "concern.erase")
            erasures.note("concern", str(id))
    with rows.of_teams(_teams()):
        codes, _kinds = ConcernReport.objects.filter(body=b"", expires_on__lt=today).delete()
    return drafts + len(over) + codes


def is_gone(id: str) -> bool:
    """Whether what a report says is erased. In a transaction: an erasure that is under way is waited for."""
    with rows.of_teams(_teams()):
        row = ConcernReport.objects.select_for_update().filter(pk=id).first()
        return row is None or row.is_erased


@transaction.atomic
def erase_again(id: str) -> int:
    """After a restore: erase what was erased since the backup was made. 1 when it had come back."""
    if is_gone(id):
        return 0
    with rows.of_teams(_teams()):
        _erase(UUID(id), "concern.erase_again")
    return 1


def _erase(id: UUID, act: str) -> None:
    """Key, text and what was noted with it; days, acts and the answer to the reporter stay."""
    report = ConcernReport.objects.get(pk=id)
    record(action=act, by=BY, object=str(id), team=Team.Kind.CHILDREN)
    report.acts.update(words=b"")
    ConcernReport.objects.filter(pk=id).update(body=b"", for_team=b"")
    forget_reasons(str(id))


def _teams() -> list[UUID]:
    return list(Team.objects.filter(kind=Team.Kind.CHILDREN).values_list("pk", flat=True))

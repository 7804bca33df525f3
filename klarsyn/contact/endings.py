"""The end of contacts: those whose day has come, and those that a restored backup has brought back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from klarsyn.base import erasures, rows
from klarsyn.base.audit.recording import record
from klarsyn.contact.models import Access, Visit
from klarsyn.people.models import Team


def expire(today: date) -> int:
    """Erase every contact whose last day is before today, and yesterday's visits; how many contacts."""
    Visit.objects.filter(day__lt=today).delete()
    done = 0
    for team in Team.objects.all():
        with rows.of_teams([team.pk]):
            for row in Access.objects.filter(team=team, expires_on__lt=today):
                _erase(row, team.kind, "contact.expire")
                erasures.note("contact", str(row.id))
                done += 1
    return done


def is_gone(id: str) -> bool:
    """Whether a contact is erased. In a transaction: an erasure that is under way is waited for."""
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        return Access.objects.select_for_update().filter(pk=id).first() is None


@transaction.atomic
def erase_again(id: str) -> int:
    """After a restore: erase what was erased since the backup was made. 1 when it had come back."""
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        row = Access.objects.filter(pk=id).select_related("team").first()
        if row is None:
            return 0
        _erase(row, row.team.kind, "contact.erase_again")
    return 1


def _erase(row: Access, kind: str, act: str) -> None:
    record(action=act, by="klarsyn", object=str(row.pk), team=kind)
    Access.objects.filter(pk=row.pk).delete()

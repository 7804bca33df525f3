"""A counted year's key destroyed, and with it what was told of anybody: one counted it, another destroys."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base import erasures, rows
from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.models import CountedYear, StatisticsKey

KIND = "statistics"  # in the ledger of erasures


@transaction.atomic
def destroy_key(*, team: Team, year: int, by: User, today: date) -> int:
    """Destroy the year's key; how many records nobody can open from now on, in any copy. The counts stay.

    Refused for whoever decides nothing of what is kept in the team, for a year that is not over, for one that
    is not counted as it stands, and for the one who counted it: two people see to it that the count is right.
    """
    if not by.may_in_team(Permission.CASE_DISPOSE, team):
        raise Refused(_("Bara enhetschefen förstör ett års statistiknyckel. Inget är ändrat."))
    with rows.of_teams([team.pk]):
        key = StatisticsKey.objects.select_for_update().filter(team=team, year=year).first()
        if key is None:
            raise Refused(_("Det finns ingen nyckel för %(year)d. Inget är ändrat.") % {"year": year})
        number = key.records.count()
        _check(CountedYear.objects.filter(team=team, year=year).first(), number, year, by, today)
        erasures.note(KIND, str(key.pk))
        key.delete()
    record(action="statistics.destroy", by=by.pseudonym, object=str(year), team=team.kind)
    return number


def _check(counted: CountedYear | None, number: int, year: int, by: User, today: date) -> None:
    if year >= today.year:
        raise Refused(_("Året är inte slut, och mer kan föras. Inget är ändrat."))
    if counted is None or counted.records != number:
        raise Refused(
            _("%(year)d är inte räknat som det står. Inget är ändrat. Låt en rådgivare räkna det först.")
            % {"year": year}
        )
    if counted.counted_by_id == by.pk:
        raise Refused(_("Du räknade året själv. Inget är ändrat. Någon annan förstör nyckeln."))


@transaction.atomic
def destroy_again(id: str) -> int:
    """After a restore: destroy what was destroyed since the backup was made. 1 when it had come back."""
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        key = StatisticsKey.objects.filter(pk=id).select_related("team").first()
        if key is None:
            return 0
        key.delete()
    record(action="statistics.destroy_again", by="klarsyn", object=str(key.year), team=key.team.kind)
    return 1


def is_gone(id: str) -> bool:
    """Whether the key is not there. In a transaction: one that is under way is waited for."""
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        return StatisticsKey.objects.select_for_update().filter(pk=id).first() is None

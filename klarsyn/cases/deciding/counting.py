"""Requests about somebody who is in no case: how many a month, of which kind, with which end. Never whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.cases.deciding.reading import WALK
from klarsyn.cases.models import RequestCount, RequestOutcome
from klarsyn.cases.rows import of_teams
from klarsyn.cases.words import Text
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission

ASKERS: Final[Mapping[str, Text]] = {one.key: one.text for one in WALK.questions["o_who"].answers}


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of the year's counts. `asker`: who asks, in words."""

    month: date
    asker: str
    outcome: str
    count: int


@transaction.atomic
def count_request(*, team: Team, asker: str, outcome: RequestOutcome, by: User, day: date) -> None:
    """One more. Raises Http404, or Refused for somebody who asks in a way the walk does not know."""
    if not by.may_in_team(Permission.CASE_WRITE, team):
        raise Http404
    if asker not in ASKERS:
        raise Refused(_("Svaret finns inte. Inget är räknat. Börja om."))
    month = day.replace(day=1)
    with of_teams([team.pk]):
        row, _is_new = RequestCount.objects.get_or_create(
            team=team, month=month, asker=asker, outcome=outcome
        )
        RequestCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    record(action="case.outside", by=by.pseudonym, object=str(team.pk), team=team.kind)


def counted(team: Team, year: int, outcomes: Mapping[RequestOutcome, object]) -> Sequence[Counted]:
    """The team's counts of a year, newest month first."""
    with of_teams([team.pk]):
        held = RequestCount.objects.filter(team=team, month__year=year).order_by("-month", "asker", "outcome")
        rows = list(held)
    return [
        Counted(
            row.month,
            str(ASKERS.get(row.asker, row.asker)),  # the key itself where the walk no longer has it
            str(outcomes[RequestOutcome(row.outcome)]),
            row.count,
        )
        for row in rows
    ]

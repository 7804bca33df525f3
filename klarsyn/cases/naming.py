"""Who may open a sealed case: named by somebody who may, or by the head, with a reason and a last day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases import handling, rows
from klarsyn.cases.access import to_change
from klarsyn.cases.models import Case, CaseState
from klarsyn.cases.policy import NAMED_FOR, check_until, is_named
from klarsyn.cases.reasons import check_written
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.log_lines import names_by_pseudonym
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.people.queries import list_people


@dataclass(frozen=True, slots=True)
class Named:
    """A sealed case by its number, with who may open it and to which day."""

    id: UUID
    people: tuple[tuple[str, date], ...]


def colleagues(team: Team) -> list[User]:
    """Who writes in the team's cases."""
    return list(list_people(Permission.CASE_WRITE, team))


def named_until(people: Collection[User], team: Team, until: date | None) -> Mapping[str, date]:
    """Those people to that day, none = the longest there is. Refused for a stranger, or the day."""
    today, here = timezone.localdate(), {one.pk for one in colleagues(team)}
    if any(one.pk not in here for one in people):
        raise Refused(_("Personen arbetar inte i mottagningen. Inget är ändrat."))
    last = until or today + NAMED_FOR
    check_until(last, today)
    return {one.pseudonym: last for one in people}


def name_reader(user: User, keys: Unlocked | None, id: UUID, *, to: User, until: date, reason: str) -> None:
    """Name a colleague for a case whose seal one has broken. Raises Http404 or Refused."""
    with rows.of_teams(user.team_ids):
        case = to_change(user, keys, id)
        if not user.may_in_team(Permission.SEALED_BREAK, case.team):
            raise Http404
        _name(case, to, until, reason, user)


def name_as_head(user: User, team: Team, id: UUID, *, to: User, until: date, reason: str) -> None:
    """Name somebody where nobody named is left: the head, who opens nothing. Raises Http404 or Refused."""
    _check_head(user, team)
    with rows.of_teams(user.team_ids):
        case = Case.objects.select_related("team").filter(pk=id, team=team, is_sealed=True).first()
        if case is None:
            raise Http404
        _name(case, to, until, reason, user)


def list_sealed(user: User, team: Team) -> list[Named]:
    """The team's sealed cases by number, for its head. Raises Http404."""
    _check_head(user, team)
    with rows.of_teams(user.team_ids, is_reading=True):
        held = Case.objects.filter(team=team, is_sealed=True).exclude(state=CaseState.ERASED)
        return [Named(case.pk, people_of(case)) for case in held.order_by("created_on", "pk")]


def people_of(case: Case) -> tuple[tuple[str, date], ...]:
    """Who may open it today, by name, and to which day."""
    names, today = names_by_pseudonym(), timezone.localdate()
    return tuple(
        (names.get(who, who), date.fromisoformat(last))
        for who, last in sorted(case.named.items())
        if is_named(case.named, who, today)
    )


def _check_head(user: User, team: Team) -> None:
    if not user.may_in_team(Permission.SEALED_NAME, team):
        raise Http404


def _name(case: Case, to: User, until: date, reason: str, by: User) -> None:
    why = check_written(reason, _("Skriv varför. Inget är ändrat."))
    named_until([to], case.team, until)
    handling.name_for(case=case, to=to, until=until, reason=why, by=by)

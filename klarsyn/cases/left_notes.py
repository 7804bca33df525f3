"""A working note whose author has left: a colleague takes it over or throws it away, and says why."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from klarsyn.cases import rows, writing
from klarsyn.cases.access import to_change
from klarsyn.cases.composing import record_of
from klarsyn.cases.holding import pair
from klarsyn.cases.reasons import check_written, sealed_reason
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.people.queries import list_people


def authors_here(team: Team) -> frozenset[str]:
    """The pseudonyms of everybody who writes in the team's cases today."""
    return frozenset(user.pseudonym for user in list_people(Permission.CASE_WRITE, team))


def settle(
    user: User, keys: Unlocked | None, id: UUID, record: UUID, *, reason: str, is_dropped: bool
) -> None:
    """Let the note be the person's own to go on with, or throw it away unread.

    Raises Http404, or Refused: no reason, an author who still works here. Late when it is locked.
    """
    reason = check_written(reason, _("Skriv varför. Inget är ändrat."))
    with rows.of_teams(user.team_ids):
        case = to_change(user, keys, id)
        writing.settle_left(
            row=record_of(case, record), by=user, keys=pair(user, keys, case.team),
            here=authors_here(case.team), why=sealed_reason(case.team, reason), is_dropped=is_dropped,
        )  # fmt: skip

"""The counsellor's day: the own cases, what is due, who is new; and what is done with a case as a whole.

Doors like those of `access`: each asks for a permission and for a key by itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases import entries, handling, rows, statistics
from klarsyn.cases.access import read_list, search_cases, to_change
from klarsyn.cases.card import SHORT, Card, Level, Task, Track
from klarsyn.cases.entries import Entry
from klarsyn.cases.fields import Field, Holds, cleaned
from klarsyn.cases.holding import check_seal, living, may_know, may_write, pair
from klarsyn.cases.keeping import kept_as, rule_on
from klarsyn.cases.kinds.intake import INTAKE
from klarsyn.cases.kinds.turns import CLOSING, HAND_OVER, PROTECTION, REOPENING, SEALING
from klarsyn.cases.models import Case
from klarsyn.cases.namelessness import check_nameless
from klarsyn.cases.naming import colleagues, named_until
from klarsyn.cases.values import Listed
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.queries import nameless_decision

WEEK: Final = timedelta(days=7)
_SEARCHED: Final = "klarsyn.cases.searched"
_TITLE: Final = (Field("title", "", Holds.LINE, is_required=True, longest=SHORT),)


@dataclass(frozen=True, slots=True)
class Caseload:
    """The team's open cases as one counsellor sees them on a day. A case may stand in several."""

    mine: tuple[Listed, ...]
    overdue: tuple[Listed, ...]  # mine, or nobody's, with a task whose day has passed
    this_week: tuple[Listed, ...]  # mine, with a task today or within a week
    new: tuple[Listed, ...]  # nobody is responsible yet
    all: tuple[Listed, ...]


def caseload(user: User, keys: Unlocked | None, team: Team, today: date) -> Caseload | None:
    """The list by what it asks for, after a line in the log; None for who has no key. Raises Http404."""
    found = read_list(user, keys, team)
    if found is None:
        return None
    me = user.pseudonym
    mine = [one for one in found if one.card.responsible == me]
    new = [one for one in found if not one.card.responsible and not one.is_sealed]
    due = {one.id: one.card.next_due() for one in found}
    overdue = [one for one in [*mine, *new] if (day := due[one.id]) is not None and day < today]
    week = [one for one in mine if (day := due[one.id]) is not None and today <= day < today + WEEK]
    late = sorted(overdue, key=lambda one: due[one.id] or today)
    soon = sorted(week, key=lambda one: due[one.id] or today)
    return Caseload(tuple(mine), tuple(late), tuple(soon), tuple(new), tuple(found))


def search_first(
    user: User, keys: Unlocked | None, team: Team, words: str
) -> tuple[list[Listed] | None, str]:
    """The team's cases with these words, and the proof that it was searched. Raises Http404."""
    found = search_cases(user, keys, team, words)
    return found, signing.dumps([user.pseudonym, str(team.pk)], salt=_SEARCHED)


def take_in(
    user: User, keys: Unlocked | None, team: Team, *, title: str, track: Track, event_day: date,
    data: Mapping[str, Any], searched: str, is_another: bool = False, contact: UUID | None = None,
) -> UUID:  # fmt: skip
    """A new case with its first picture; the id. The person who takes it in is responsible.

    Nothing in `data` must be answered. `contact`: what it is taken over from, kept in the sealed
    card alone. Raises Http404, or Refused: not searched first, a title another open
    case of the team has too (unless `is_another`), a case without names where no decision allows it.
    """
    if not may_write(user, team):
        raise Http404
    hers, is_nameless = pair(user, keys, team), track == Track.NAMELESS
    plain = _("Ny kontakt %(day)s") % {"day": event_day.isoformat()}
    shown = Card(_title(title or plain), track, user.pseudonym, contact=str(contact or ""), began=event_day)
    _check_searched(user, team, searched)
    if is_nameless:
        check_nameless(shown.title)
        if not nameless_decision(team, timezone.localdate()):
            raise Refused(_("Inget beslut om arbete utan namn gäller i dag. Inget är sparat."))
    if not is_another and _has_double(read_list(user, keys, team) or [], shown.title):
        raise Refused(_("Mottagningen har redan ett öppet ärende som heter så. Inget är sparat än."))
    entry = _entry(user, team, INTAKE[team.kind].key, data, event_day, is_nameless)
    with transaction.atomic(), rows.of_teams(user.team_ids):
        made = handling.take_in(
            team=team, shown=shown, is_nameless=is_nameless, entry=entry if data else None, by=user, keys=hers
        )
        statistics.tell(user, keys, made.id)
    return made.id


def add_task(user: User, keys: Unlocked | None, id: UUID, *, text: str, due: date) -> None:
    """Something to do, by a day. Raises Http404 or Refused."""
    task = Task(secrets.token_hex(4), _title(text), due)
    _change(user, keys, id, lambda held: held.with_task(task), text)


def finish_task(user: User, keys: Unlocked | None, id: UUID, *, task: str) -> None:
    """Done. Also when somebody else was first. Raises Http404 or Refused."""
    _change(user, keys, id, lambda held: held.without_task(task))


def rename(user: User, keys: Unlocked | None, id: UUID, *, title: str) -> None:
    """Another title, which names nobody. Raises Http404 or Refused."""
    made = _title(title)
    _change(user, keys, id, lambda held: replace(held, title=made), made)


def protect(user: User, keys: Unlocked | None, id: UUID, *, level: Level, words: str) -> None:
    """How the person's data are protected from now on. Raises Http404 or Refused."""
    with rows.of_teams(user.team_ids):
        case = to_change(user, keys, id)
        entry = _turn(user, case, PROTECTION.key, {"level": level.value, "words": words})
        handling.change_card(
            case=case, by=user, keys=pair(user, keys, case.team), entry=entry,
            change=lambda held: replace(held, level=level),
        )  # fmt: skip


def hand_over(user: User, keys: Unlocked | None, id: UUID, *, to: User, reason: str) -> None:
    """Let a colleague of the team be responsible. Raises Http404 or Refused."""
    with rows.of_teams(user.team_ids):
        case = to_change(user, keys, id)
        if to not in colleagues(case.team):
            raise Refused(_("Personen arbetar inte i mottagningen. Inget är ändrat."))
        if not may_know(to, case):
            raise Refused(_("Personen är inte namngiven för det förseglade ärendet. Inget är ändrat."))
        entry = _turn(user, case, HAND_OVER.key, {"to": to.name, "reason": reason})
        handling.hand_over(case=case, to=to, entry=entry, by=user, keys=pair(user, keys, case.team))


def close(user: User, keys: Unlocked | None, id: UUID, *, because: str, words: str) -> date:
    """Close with a reason; the day it must be gone, by the rule of today. Raises Http404 or Refused."""
    with transaction.atomic(), rows.of_teams(user.team_ids):
        case, today = to_change(user, keys, id), timezone.localdate()
        entry = _turn(user, case, CLOSING.key, {"because": because, "words": words})
        gone = rule_on(today, kept_as(case)).gone_by(today)
        held = pair(user, keys, case.team)
        handling.close(case=case, entry=entry, retention_on=gone, by=user, keys=held)
        statistics.tell(user, keys, id)
    return gone


def reopen(user: User, keys: Unlocked | None, id: UUID, *, reason: str) -> None:
    """Open a closed case again, with why. Raises Http404 or Refused."""
    with transaction.atomic(), rows.of_teams(user.team_ids):
        case = to_change(user, keys, id)
        entry = _turn(user, case, REOPENING.key, {"reason": reason})
        handling.reopen(case=case, entry=entry, by=user, keys=pair(user, keys, case.team))
        statistics.tell(user, keys, id)


def set_sealed(
    user: User, keys: Unlocked | None, id: UUID, *, is_sealed: bool, reason: str, until: date | None = None,
    others: Collection[User] = (),
) -> None:  # fmt: skip
    """Seal the case, or lift its seal; who lifts it has broken it first. Raises Http404 or Refused.

    It is then there for whoever seals it and for `others` alone, until a day: none = the longest there is.
    """
    with rows.of_teams(user.team_ids):
        case = to_change(user, keys, id)
        if not user.may_in_team(Permission.SEALED_BREAK, case.team):
            raise Http404
        entry, held = _turn(user, case, SEALING.key, {"reason": reason}), pair(user, keys, case.team)
        named = named_until([user, *others], case.team, until)
        handling.set_sealed(case=case, is_sealed=is_sealed, entry=entry, by=user, keys=held, named=named)


def _change(user: User, keys: Unlocked | None, id: UUID, change: Callable[[Card], Card], *texts: str) -> None:
    with rows.of_teams(user.team_ids):
        case = living(user, id)
        if not may_write(user, case.team):
            raise Http404
        check_seal(user, case)
        if case.is_nameless:
            check_nameless(*texts)
        handling.change_card(case=case, by=user, keys=pair(user, keys, case.team), change=change)


def _turn(user: User, case: Case, kind: str, data: Mapping[str, Any]) -> Entry:
    return _entry(user, case.team, kind, data, timezone.localdate(), case.is_nameless)


def _entry(
    user: User, team: Team, kind: str, data: Mapping[str, Any], event_day: date, is_nameless: bool
) -> Entry:
    return entries.new(
        entries.kind_of(kind), reception=team.kind, data=data, event_day=event_day,
        now=timezone.localtime(), author=user.pseudonym, is_nameless=is_nameless,
    )  # fmt: skip


def _title(text: str) -> str:
    try:
        return str(cleaned(_TITLE, {"title": text})["title"])
    except Refused:
        raise Refused(
            _("Skriv en kort rad, högst %(most)d tecken. Inget är sparat.") % {"most": SHORT}
        ) from None


def _check_searched(user: User, team: Team, searched: str) -> None:
    try:
        held = signing.loads(searched, salt=_SEARCHED, max_age=timedelta(hours=1))
    except signing.BadSignature:
        held = None
    if held != [user.pseudonym, str(team.pk)]:
        raise Refused(_("Sök bland mottagningens ärenden först: kanske finns det redan. Inget är sparat."))


def _has_double(held: list[Listed], title: str) -> bool:
    return any(one.summary.casefold() == title.casefold() for one in held)

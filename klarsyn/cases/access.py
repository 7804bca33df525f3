"""The one way in to a case: a permission and a key, each asked by itself, and a line in the log first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import read_first
from klarsyn.base.errors import Refused
from klarsyn.base.vault import KeyPair, Unopenable
from klarsyn.cases import actions, budget, extracts, queries, rows, statistics, writing
from klarsyn.cases.composing import compose, record_of
from klarsyn.cases.entries import kind_of
from klarsyn.cases.extracts import Extract
from klarsyn.cases.holding import check_seal, is_visiting, living, may_write, pair, pairs, sealed_of
from klarsyn.cases.models import Case, Compartment, RecordState
from klarsyn.cases.reasons import check_written, sealed_reason
from klarsyn.cases.values import CaseShown, Listed
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.queries import nameless_decision

Read = Callable[[Mapping[int, KeyPair]], list[Listed]]
ORDINARY = frozenset({Compartment.THREAD, Compartment.NOTES})


def read_case(
    user: User,
    keys: Unlocked | None,
    id: UUID,
    *,
    purpose: str,
    compartments: frozenset[Compartment] = ORDINARY,
) -> CaseShown:
    """The case, opened. "Not yours" and "not there" are the same Http404. `purpose` goes sealed into the log,
    where the identity has a name of its own: `case.unseal`.

    Asked in this order, none of which leans on another: may this person read the team's cases; is there room
    in the person's hour (else BudgetSpent); is the line in the log written; does the person hold the key.
    """
    case = readable(user, id, compartments)
    act = budget.ACT_READ
    if case.is_sealed:
        act = budget.ACT_BREAK
    if Compartment.IDENTITY in compartments:
        check_seal(user, case)
        act = budget.ACT_UNSEAL
    with _told_first(user, case, act, purpose):
        return _open(user, case, keys, compartments)


def readable(user: User, id: UUID, compartments: frozenset[Compartment] = ORDINARY) -> Case:
    """The case, shut: that it is there and the person's role lets them read it. Else Http404."""
    case = living(user, id)
    if not may_read(user, case, compartments):
        raise Http404
    return case


def visit(user: User, keys: Unlocked | None, id: UUID) -> CaseShown | None:
    """The case again, for whoever opened it with a reason within the hour; None when it is to be given first.

    Each time has its own line in the log. Raises Http404.
    """
    return _again(user, keys, id, "case.turn")


def print_case(user: User, keys: Unlocked | None, id: UUID) -> CaseShown | None:
    """As `visit`, for paper: with a line of its own in the log."""
    return _again(user, keys, id, "case.print")


def read_list(user: User, keys: Unlocked | None, team: Team) -> list[Listed] | None:
    """The team's open cases with their summaries, after a line in the log; None for who has no key of it."""
    return _summaries(user, keys, team, "case.list", _list(user, team))


def search_cases(user: User, keys: Unlocked | None, team: Team, words: str) -> list[Listed] | None:
    """Cases of the team whose summary holds every word; asks and answers like `read_list`."""
    return _summaries(user, keys, team, "case.search", _search(user, team, words))


def read_extract(user: User, keys: Unlocked | None, id: UUID, *, purpose: str) -> Extract:
    """Who has opened or written in the case, for the client's own hands. Asks like `read_case`.

    It needs the permission to export and the team's key, counts as an opening, and stands in itself.
    """
    case = living(user, id)
    if not user.may_in_team(Permission.CASE_EXPORT, case.team):
        raise Http404
    check_seal(user, case)
    with _told_first(user, case, budget.ACT_EXPORT, purpose):
        _open(user, case, keys, frozenset())
        return extracts.extract_of(case)


def open_case(
    user: User, keys: Unlocked | None, team: Team, *, summary: str, is_nameless: bool = False
) -> UUID:
    """A new case of the team; its id. Raises Http404, or Refused for a case without names and no decision."""
    if not may_write(user, team):
        raise Http404
    if is_nameless and not nameless_decision(team, timezone.localdate()):
        raise Refused(_("Inget beslut om arbete utan namn gäller i dag. Inget är sparat."))
    hers = pair(user, keys, team)
    with rows.of_teams(user.team_ids):
        return actions.open_case(team=team, by=user, keys=hers, summary=summary, is_nameless=is_nameless).id


def write_record(user: User, keys: Unlocked | None, id: UUID, *, compartment: Compartment, text: str) -> UUID:
    """One more record in a compartment; its id. Raises Http404, or Refused for a closed case."""
    with rows.of_teams(user.team_ids):
        case = living(user, id)
        if not may_write(user, case.team, compartment):
            raise Http404
        check_seal(user, case)
        hers = pair(user, keys, case.team)
        return actions.add_record(case=case, compartment=compartment, by=user, keys=hers, text=text).id


def write_entry(
    user: User, keys: Unlocked | None, id: UUID, *, kind: str, data: Mapping[str, Any], event_day: date,
    record: UUID | None = None, is_pressed: bool = False,
) -> UUID:  # fmt: skip
    """One more entry; its id. A form that begins as a working note is one, every other is locked at once.

    `record` and `is_pressed`: see `writing.write`. Raises Http404, Twice, or Refused: a closed case, a field
    that is wrong or unknown, an identity without a name.
    """
    with rows.of_teams(user.team_ids):
        case, hers, entry, _hidden = compose(user, keys, id, kind, data, event_day)
        state = RecordState.WORKING if kind_of(kind).is_working else RecordState.LOCKED
        try:
            made = writing.write(
                case=case, entry=entry, by=user, keys=hers, state=state, id=record, is_pressed=is_pressed
            )
        except IntegrityError:  # a record of another case, or of another team, bears that id
            raise Http404 from None
        if state == RecordState.LOCKED:
            statistics.tell(user, keys, id, of=entry)
        return made.id


def revise_entry(
    user: User, keys: Unlocked | None, id: UUID, record: UUID, *, revision: int, kind: str,
    data: Mapping[str, Any], event_day: date,
) -> int:  # fmt: skip
    """Change an own working note that is still at `revision`; the revision it has now.

    Raises Http404, Refused, or Late with both texts when somebody was first.
    """
    with rows.of_teams(user.team_ids):
        case, hers, entry, hidden = compose(user, keys, id, kind, data, event_day)
        row = record_of(case, record, kind_of(kind).compartment)
        return writing.revise(row=row, entry=entry, revision=revision, by=user, keys=hers, keep=hidden)


def lock_entry(user: User, keys: Unlocked | None, id: UUID, record: UUID, *, revision: int) -> None:
    """Lock an own working note: it is now part of the journal. Raises Http404, Refused, or Late."""
    with rows.of_teams(user.team_ids):
        case = to_change(user, keys, id)
        hers = pair(user, keys, case.team)
        stands = writing.lock(row=record_of(case, record), revision=revision, by=user, keys=hers)
        statistics.tell(user, keys, id, of=stands)


def drop_entry(user: User, keys: Unlocked | None, id: UUID, record: UUID) -> None:
    """Throw an own working note away. Raises Http404, Refused, or Late when it is locked."""
    with rows.of_teams(user.team_ids):
        case = to_change(user, keys, id)
        writing.drop(row=record_of(case, record), by=user, keys=pair(user, keys, case.team))


def correct_entry(
    user: User, keys: Unlocked | None, id: UUID, record: UUID, *, kind: str, data: Mapping[str, Any],
    event_day: date,
) -> UUID:  # fmt: skip
    """A new entry that corrects a locked one, which stays as it was; its id. Raises Http404 or Refused."""
    with rows.of_teams(user.team_ids):
        case, hers, entry, hidden = compose(user, keys, id, kind, data, event_day, corrects=record)
        row = record_of(case, record, kind_of(kind).compartment)
        made = writing.correct(row=row, entry=entry, by=user, keys=hers, keep=hidden)
        statistics.tell(user, keys, id, of=entry)
        return made.id


def close_case(user: User, keys: Unlocked | None, id: UUID, *, retention_on: date) -> None:
    """Close, with the day it must be gone. Raises Http404, or Refused when it is closed already."""
    with rows.of_teams(user.team_ids):
        actions.close(case=to_change(user, keys, id), by=user, retention_on=retention_on)


def erase_case(user: User, keys: Unlocked | None, id: UUID) -> None:
    """Destroy the keys, and with them everything. Raises Http404."""
    with rows.of_teams(user.team_ids):
        actions.erase(case=to_change(user, keys, id), by=user)


def may_read(user: User, case: Case, compartments: frozenset[Compartment] = ORDINARY) -> bool:
    """Whether a role held in this very team lets the person read; says nothing of keys.

    The identity needs a permission of its own besides.
    """
    asked = [Permission.CASE_READ]
    if case.is_sealed:
        asked += [Permission.SEALED_BREAK, Permission.SEALED_READ]
    if Compartment.IDENTITY in compartments:
        asked.append(Permission.CASE_UNSEAL)
    return all(user.may_in_team(permission, case.team) for permission in asked)


def _again(user: User, keys: Unlocked | None, id: UUID, act: str) -> CaseShown | None:
    case = readable(user, id)
    if not is_visiting(user, case):
        return None
    with read_first(action=act, by=user.pseudonym, object=str(case.id), team=case.team.kind):
        return _open(user, case, keys, ORDINARY)


def _told_first(user: User, case: Case, act: str, purpose: str) -> AbstractContextManager[None]:
    """Room in the hour, a reason, and the line in the log, before anything opens."""
    budget.check(user, str(case.id))
    purpose = check_written(purpose, _("Skriv varför du öppnar ärendet. Inget är öppnat."))
    detail = sealed_reason(case.team, purpose)
    return read_first(action=act, by=user.pseudonym, object=str(case.id), team=case.team.kind, detail=detail)


def _summaries(
    user: User,
    keys: Unlocked | None,
    team: Team,
    act: str,
    read: Callable[[Mapping[int, KeyPair]], list[Listed]],
) -> list[Listed] | None:
    if not user.may_in_team(Permission.CASE_READ, team):
        raise Http404
    with read_first(action=act, by=user.pseudonym, object=str(team.pk), team=team.kind):
        held = pairs(user, keys, team)
        with rows.of_teams(user.team_ids, is_reading=True):
            return read(held) if held else None


def _list(user: User, team: Team) -> Read:
    return lambda held: queries.list_cases(team.pk, held, sealed=sealed_of(user, team))


def _search(user: User, team: Team, words: str) -> Read:
    return lambda held: queries.search(team.pk, held, words, sealed=sealed_of(user, team))


def _open(user: User, case: Case, keys: Unlocked | None, compartments: frozenset[Compartment]) -> CaseShown:
    with rows.of_teams(user.team_ids, is_reading=True):
        try:
            return queries.shown(case, pairs(user, keys, case.team), compartments)
        except (Unopenable, KeyError):
            raise Http404 from None


def to_change(user: User, keys: Unlocked | None, id: UUID) -> Case:
    """The case, for somebody who may write in it and holds its team's key: also an end needs both."""
    case = living(user, id)
    if not may_write(user, case.team):
        raise Http404
    check_seal(user, case)
    pair(user, keys, case.team)
    return case

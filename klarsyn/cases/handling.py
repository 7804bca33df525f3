"""What happens to a case besides writing: its card, who is responsible, its end, its seal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import Detail, record
from klarsyn.base.errors import Refused
from klarsyn.cases import actions, card
from klarsyn.cases.card import Card
from klarsyn.cases.entries import Entry
from klarsyn.cases.models import Case, CaseState, RecordState
from klarsyn.cases.policy import is_named
from klarsyn.cases.queries import card_of
from klarsyn.cases.reasons import sealed_reason
from klarsyn.cases.ticking import begin, put
from klarsyn.cases.writing import append
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User


@transaction.atomic
def take_in(
    *, team: Team, shown: Card, is_nameless: bool, entry: Entry | None, by: User, keys: Unlocked
) -> Case:
    """A new case with its card and, as a working note, the first picture where there is one."""
    case = actions.open_case(team=team, by=by, keys=keys, summary=card.encode(shown), is_nameless=is_nameless)
    if entry is not None:
        append(case, entry, keys, RecordState.WORKING, None)
        _told("case.write", case, by)
    begin(case, keys)
    return case


@transaction.atomic
def change_card(
    *, case: Case, by: User, keys: Unlocked, change: Callable[[Card], Card], entry: Entry | None = None
) -> Card:
    """Another card in place of what stands there now. Refused for a closed case."""
    case = _held(case, CaseState.OPEN)
    made = _put(case, keys, change)
    if entry is not None:
        append(case, entry, keys, RecordState.LOCKED, None)
        _told("case.write", case, by)
    _told("case.card", case, by)
    return made


@transaction.atomic
def hand_over(*, case: Case, to: User, entry: Entry, by: User, keys: Unlocked) -> None:
    """A colleague is responsible from now on. Both stand in the log, and why, sealed."""
    case = _held(case, CaseState.OPEN)
    _put(case, keys, lambda held: _with(held, to.pseudonym))
    append(case, entry, keys, RecordState.LOCKED, None)
    _told("case.write", case, by)
    _told("case.hand_over", case, by, sealed_reason(case.team, str(entry.data["reason"])))
    record(action="case.hand_over_to", by=by.pseudonym, object=to.pseudonym, team=case.team.kind)


@transaction.atomic
def close(*, case: Case, entry: Entry, retention_on: date, by: User, keys: Unlocked) -> None:
    """Close with a reason and the day it must be gone. Refused while somebody has a working note in it."""
    case = _held(case, CaseState.OPEN)
    if case.records.filter(state=RecordState.WORKING).exists():
        raise Refused(_("En arbetsanteckning är inte låst. Inget är ändrat. Lås eller kasta den först."))
    append(case, entry, keys, RecordState.LOCKED, None)
    _told("case.write", case, by)
    actions.close(case=case, by=by, retention_on=retention_on)


@transaction.atomic
def reopen(*, case: Case, entry: Entry, by: User, keys: Unlocked) -> None:
    """Open a closed case again, with why. Refused for one that is open."""
    case = _held(case, CaseState.CLOSED)
    case.state, case.retention_on = CaseState.OPEN, None
    case.save(update_fields=["state", "retention_on"])
    append(case, entry, keys, RecordState.LOCKED, None)
    _told("case.write", case, by)
    _told("case.reopen", case, by, sealed_reason(case.team, str(entry.data["reason"])))


@transaction.atomic
def set_sealed(
    *, case: Case, is_sealed: bool, entry: Entry, by: User, keys: Unlocked, named: Mapping[str, date]
) -> None:
    """Seal the case for those `named`, each to a last day, or lift its seal, with why. Refused when so."""
    case = _held(case, CaseState.OPEN)
    if case.is_sealed == is_sealed:
        raise Refused(_("Ärendet är redan så. Inget är ändrat."))
    case.is_sealed = is_sealed
    case.named = {who: last.isoformat() for who, last in named.items()} if is_sealed else {}
    case.save(update_fields=["is_sealed", "named"])
    append(case, entry, keys, RecordState.LOCKED, None)
    _told("case.write", case, by)
    act = "case.seal" if is_sealed else "case.lift_seal"
    _told(act, case, by, sealed_reason(case.team, str(entry.data["reason"])))
    for who in case.named:
        record(action="case.name_for", by=by.pseudonym, object=who, team=case.team.kind)


@transaction.atomic
def name_for(*, case: Case, to: User, until: date, reason: str, by: User) -> None:
    """Let a colleague open the sealed case to a last day. Both stand in the log, and why, sealed.

    Whose day has passed is taken away by the same act. Refused for a case that is not sealed.
    """
    case = Case.objects.select_for_update().select_related("team").get(pk=case.pk)
    if not case.is_sealed or case.state == CaseState.ERASED:
        raise Refused(_("Ärendet är inte förseglat. Inget är ändrat."))
    today = timezone.localdate()
    kept = {who: last for who, last in case.named.items() if is_named(case.named, who, today)}
    case.named = kept | {to.pseudonym: until.isoformat()}
    case.save(update_fields=["named"])
    why = sealed_reason(case.team, f"{reason} ({until.isoformat()})")
    _told("case.name", case, by, why)
    record(action="case.name_for", by=by.pseudonym, object=to.pseudonym, team=case.team.kind)


def _held(case: Case, state: CaseState) -> Case:
    """The case, held until the transaction ends. Refused when it is in another state."""
    case = Case.objects.select_for_update().select_related("team").get(pk=case.pk)
    if case.state != state:
        raise Refused(
            _("Ärendet är avslutat. Inget är ändrat.")
            if state == CaseState.OPEN
            else _("Ärendet är inte avslutat. Inget är ändrat.")
        )
    return case


def _put(case: Case, keys: Unlocked, change: Callable[[Card], Card]) -> Card:
    made = change(card_of(case, keys))
    put(case, keys, made)
    return made


def _with(held: Card, responsible: str) -> Card:
    return replace(held, responsible=responsible)


def _told(action: str, case: Case, by: User, detail: Detail | None = None) -> None:
    record(action=action, by=by.pseudonym, object=str(case.id), team=case.team.kind, detail=detail)

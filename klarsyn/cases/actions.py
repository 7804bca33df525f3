"""What is done to a case: open, write, close, erase. Each leaves its line in the log."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base import erasures
from klarsyn.base.audit.details import forget_reasons
from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.vault import Key, Sealer
from klarsyn.cases import rows
from klarsyn.cases.entries import PLAIN, Entry
from klarsyn.cases.models import BUNDLES, Bundle, Case, CaseState, Compartment, KeyWrap, SealedRecord
from klarsyn.cases.sealing import seal_keys, seal_summary
from klarsyn.cases.writing import write
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User


@transaction.atomic
def open_case(*, team: Team, by: User, keys: Unlocked, summary: str, is_nameless: bool = False) -> Case:
    """A new case of the team, with a fresh key for each compartment, sealed to the team's living epoch.

    One without names has no identity compartment: there is no key that anything could be sealed with.
    Raises Unopenable when `by` holds no key of the team.
    """
    epoch = teams.active_for_writing(team)
    pair = teams.open_epoch(epoch, keys)
    case = Case(team=team, created_on=timezone.localdate(), summary_epoch=epoch.epoch)
    case.summary = seal_summary(case, pair, summary)
    case.save(force_insert=True)
    for bundle, held in BUNDLES.items():
        if is_nameless and bundle == Bundle.IDENTITY:
            continue
        wrap = KeyWrap(case=case, bundle=bundle, epoch=epoch.epoch)
        wrap.sealed = seal_keys(wrap, team.id, Sealer(bytes(epoch.public)), {c: Key.new() for c in held})
        wrap.save(force_insert=True)
    record(action="case.open", by=by.pseudonym, object=str(case.id), team=team.kind)
    return case


@transaction.atomic
def add_record(*, case: Case, compartment: Compartment, by: User, keys: Unlocked, text: str) -> SealedRecord:
    """One more record with a bare text. Refused for a case that is closed or erased."""
    now = timezone.localtime()
    entry = Entry(PLAIN[compartment].key, 1, now.date(), now, by.pseudonym, {"text": text})
    return write(case=case, entry=entry, by=by, keys=keys)


@transaction.atomic
def close(*, case: Case, by: User, retention_on: date) -> None:
    """Close, with the day it must be gone."""
    moved = Case.objects.filter(pk=case.pk, state=CaseState.OPEN).update(
        state=CaseState.CLOSED, retention_on=retention_on
    )
    if not moved:
        raise Refused(_("Ärendet är redan avslutat. Inget är ändrat."))
    record(action="case.close", by=by.pseudonym, object=str(case.id), team=case.team.kind)


@transaction.atomic
def erase(*, case: Case, by: User) -> None:
    """Destroy the keys, and with them everything: also in every copy that the keys have not left.

    The id goes into the erasure ledger, which lies outside the backups: a restored copy is erased again.
    There it is an intent until this has ended.
    """
    case.keys.all().delete()  # records go with their keys
    forget_reasons(str(case.pk))
    Case.objects.filter(pk=case.pk).update(state=CaseState.ERASED, summary=b"", summary_epoch=0)
    record(action="case.erase", by=by.pseudonym, object=str(case.id), team=case.team.kind)
    erasures.note("case", str(case.id))


def is_gone(id: str) -> bool:
    """Whether a case is erased or not there. In a transaction: an erasure that is under way is waited for."""
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        return Case.objects.select_for_update().filter(pk=id).exclude(state=CaseState.ERASED).first() is None


@transaction.atomic
def erase_again(id: str) -> int:
    """After a restore: erase what was erased since the backup was made. 1 when it had come back."""
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        case = Case.objects.filter(pk=id).exclude(state=CaseState.ERASED).select_related("team").first()
        if case is None:
            return 0
        case.keys.all().delete()
        forget_reasons(id)
        Case.objects.filter(pk=id).update(state=CaseState.ERASED, summary=b"", summary_epoch=0)
        record(action="case.erase_again", by="klarsyn", object=id, team=case.team.kind)
    return 1

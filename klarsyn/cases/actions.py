"""What is done to a case: open, write, close, erase. Each leaves its line in the log."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base import erasures
from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.vault import Key, Opener, Sealer
from klarsyn.cases import rows
from klarsyn.cases.models import BUNDLE_OF, BUNDLES, Case, CaseState, Compartment, KeyWrap, SealedRecord
from klarsyn.cases.sealing import open_keys, seal_body, seal_keys, seal_summary
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User


@transaction.atomic
def open_case(*, team: Team, by: User, keys: Unlocked, summary: str) -> Case:
    """A new case of the team, with a fresh key for each compartment, sealed to the team's living epoch.

    Raises Unopenable when `by` holds no key of the team.
    """
    epoch = teams.active_for_writing(team)
    pair = teams.open_epoch(epoch, keys)
    case = Case(team=team, created_on=timezone.localdate(), summary_epoch=epoch.epoch)
    case.summary = seal_summary(case, pair, summary)
    case.save(force_insert=True)
    for bundle, held in BUNDLES.items():
        wrap = KeyWrap(case=case, bundle=bundle, epoch=epoch.epoch)
        wrap.sealed = seal_keys(wrap, team.id, Sealer(bytes(epoch.public)), {c: Key.new() for c in held})
        wrap.save(force_insert=True)
    record(action="case.open", by=by.pseudonym, object=str(case.id), team=team.kind)
    return case


@transaction.atomic
def add_record(*, case: Case, compartment: Compartment, by: User, keys: Unlocked, text: str) -> SealedRecord:
    """One more record. Refused for a case that is closed or erased."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.state != CaseState.OPEN:
        raise Refused(_("Ärendet är avslutat. Texten är inte sparad. Skriv i ett nytt ärende i stället."))
    wrap = case.keys.get(bundle=BUNDLE_OF[compartment])
    pair = teams.open_epoch(case.team.epochs.get(epoch=wrap.epoch), keys)
    key = open_keys(wrap, case.team_id, Opener(pair))[compartment]
    last = case.records.aggregate(last=Max("order"))["last"]
    made = SealedRecord(
        id=uuid.uuid4(), case=case, wrap=wrap, compartment=compartment,
        order=0 if last is None else last + 1, day=timezone.localdate(),
    )  # fmt: skip
    made.body = seal_body(made, case.team_id, key, text)
    made.save(force_insert=True)
    record(action="case.write", by=by.pseudonym, object=str(case.id), team=case.team.kind)
    return made


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
        Case.objects.filter(pk=id).update(state=CaseState.ERASED, summary=b"", summary_epoch=0)
        record(action="case.erase_again", by="klarsyn", object=id, team=case.team.kind)
    return 1

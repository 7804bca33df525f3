"""What is written in a case: an entry, a working note's changes, its lock, a correction."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import Detail, record
from klarsyn.base.errors import Refused
from klarsyn.base.vault import Key, Opener
from klarsyn.cases.entries import Entry, decode, encode, kind_of
from klarsyn.cases.models import BUNDLE_OF, Case, CaseState, Compartment, RecordState, SealedRecord
from klarsyn.cases.sealing import open_body, open_keys, seal_body
from klarsyn.cases.ticking import wind
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User

NOTHING: Final[frozenset[str]] = frozenset()


class Late(Refused):
    """A working note that was changed or locked by somebody first. Both texts are here, so none is lost."""

    def __init__(self, stands: Entry, offered: Entry | None, revision: int, state: RecordState) -> None:
        super().__init__(
            _("Anteckningen har ändrats sedan du öppnade den. Din text är inte sparad, men står kvar här.")
        )
        self.stands, self.offered, self.revision, self.state = stands, offered, revision, state


class Twice(Refused):
    """The record that was to be made is there: the same page has been saved before."""

    def __init__(self, record: uuid.UUID) -> None:
        super().__init__(_("Anteckningen är redan sparad."))
        self.record = record


@transaction.atomic
def write(
    *, case: Case, entry: Entry, by: User, keys: Unlocked, state: RecordState = RecordState.LOCKED,
    id: uuid.UUID | None = None, is_pressed: bool = False,
) -> SealedRecord:  # fmt: skip
    """One more record. Refused for a case that is closed, or for an identity in a case without names.

    `id`: made when the page was opened, so that the page makes one record however often it is sent; raises
    Twice. What was saved by hand (`is_pressed`) counts as the second revision: an autosave of the same page
    that arrives after it is late and puts no older text in its place.
    """
    case = _open_for_writing(case)
    if id is not None and case.records.filter(pk=id).exists():
        raise Twice(id)
    made = append(case, entry, keys, state, None, id=id, revision=2 if id and is_pressed else 1)
    wind(case, keys, entry.kind)
    _told("case.write", case, by)
    return made


@transaction.atomic
def revise(
    *,
    row: SealedRecord,
    entry: Entry,
    revision: int,
    by: User,
    keys: Unlocked,
    keep: frozenset[str] = NOTHING,
) -> int:
    """Put the entry in place of a working note that is still at `revision`; the number it has now.

    `keep`: fields that stay as they stand. Raises Late when it has moved on or is locked; Refused when it is
    somebody else's.
    """
    case, row, stands, key = _held(row, keys)
    _check_author(stands, by)
    if row.revision != revision or row.state != RecordState.WORKING:
        raise Late(stands, entry, row.revision, RecordState(row.state))
    if entry.kind != stands.kind:
        raise Refused(_("Anteckningen är av ett annat slag. Inget är sparat."))
    row.body = seal_body(row, case.team_id, key, encode(_keeping(entry, stands, keep)))
    row.revision += 1
    row.save(update_fields=["body", "revision"])
    wind(case, keys, entry.kind)
    _told("case.revise", case, by)
    return row.revision


@transaction.atomic
def lock(*, row: SealedRecord, revision: int, by: User, keys: Unlocked) -> Entry:
    """Let it stand: it is now part of the journal, and nobody changes it; what stands. Raises Late."""
    case, row, stands, _key = _held(row, keys)
    _check_author(stands, by)
    if row.revision != revision or row.state != RecordState.WORKING:
        raise Late(stands, None, row.revision, RecordState(row.state))
    row.state = RecordState.LOCKED
    row.save(update_fields=["state"])
    wind(case, keys, stands.kind)
    _told("case.lock", case, by)
    return stands


@transaction.atomic
def drop(*, row: SealedRecord, by: User, keys: Unlocked) -> None:
    """Throw a working note away; it never was part of the journal. Raises Late when it is locked."""
    case, row, stands, _key = _held(row, keys)
    _check_author(stands, by)
    if row.state != RecordState.WORKING:
        raise Late(stands, None, row.revision, RecordState(row.state))
    row.delete()
    wind(case, keys, stands.kind)
    _told("case.drop", case, by)


@transaction.atomic
def settle_left(
    *, row: SealedRecord, by: User, keys: Unlocked, here: frozenset[str], why: Detail, is_dropped: bool
) -> None:
    """Give a working note whose author is not among those `here` to `by`, or throw it away.

    Raises Late when it is locked; Refused while its author works here.
    """
    case, row, stands, key = _held(row, keys)
    if row.state != RecordState.WORKING:
        raise Late(stands, None, row.revision, RecordState(row.state))
    if stands.author in here:
        raise Refused(_("Den som skrev arbetar kvar. Inget är ändrat. Be kollegan låsa eller kasta den."))
    if is_dropped:
        row.delete()
    else:
        row.body = seal_body(row, case.team_id, key, encode(replace(stands, author=by.pseudonym)))
        row.revision += 1
        row.save(update_fields=["body", "revision"])
    wind(case, keys, stands.kind)
    _told("case.drop" if is_dropped else "case.take_over", case, by, why)


@transaction.atomic
def correct(
    *, row: SealedRecord, entry: Entry, by: User, keys: Unlocked, keep: frozenset[str] = NOTHING
) -> SealedRecord:
    """A new record that corrects a locked one, which stays as it was. Refused for a working note."""
    case, row, stands, _key = _held(row, keys)
    if row.state != RecordState.LOCKED:
        raise Refused(_("Anteckningen är inte låst än. Ändra den i stället. Inget är sparat."))
    if entry.kind != stands.kind:
        raise Refused(_("Rättelsen är av ett annat slag än det den rättar. Inget är sparat."))
    made = append(case, _keeping(entry, stands, keep), keys, RecordState.LOCKED, row)
    wind(case, keys, entry.kind)
    _told("case.correct", case, by)
    return made


def append(
    case: Case, entry: Entry, keys: Unlocked, state: RecordState, corrects: SealedRecord | None, *,
    id: uuid.UUID | None = None, revision: int = 1,
) -> SealedRecord:  # fmt: skip
    """The record alone, in the caller's transaction, which holds the case and writes the line."""
    compartment = kind_of(entry.kind).compartment
    wrap = case.keys.filter(bundle=BUNDLE_OF[compartment]).first()
    if wrap is None:
        raise Refused(_("Ärendet förs utan namn. Inget är sparat."))
    pair = teams.open_epoch(case.team.epochs.get(epoch=wrap.epoch), keys)
    key = open_keys(wrap, case.team_id, Opener(pair))[compartment]
    last = case.records.aggregate(last=Max("order"))["last"]
    made = SealedRecord(
        id=id or uuid.uuid4(), case=case, wrap=wrap, compartment=compartment, state=state, corrects=corrects,
        order=0 if last is None else last + 1, day=timezone.localdate(), revision=revision,
    )  # fmt: skip
    made.body = seal_body(made, case.team_id, key, encode(entry))
    made.save(force_insert=True)
    return made


def _open_for_writing(case: Case) -> Case:
    """The case, held until the transaction ends: who writes in it meanwhile waits. Refused when closed."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.state != CaseState.OPEN:
        raise Refused(_("Ärendet är avslutat. Texten är inte sparad. Skriv i ett nytt ärende i stället."))
    return case


def _held(row: SealedRecord, keys: Unlocked) -> tuple[Case, SealedRecord, Entry, Key]:
    """Case and record as they are now, held until the transaction ends; what stands there; its key."""
    case = _open_for_writing(row.case)
    row = SealedRecord.objects.select_related("wrap").get(pk=row.pk, case=case)
    pair = teams.open_epoch(case.team.epochs.get(epoch=row.wrap.epoch), keys)
    compartment = Compartment(row.compartment)
    key = open_keys(row.wrap, case.team_id, Opener(pair))[compartment]
    stands = decode(open_body(row, case.team_id, key), compartment)
    if stands is None:
        raise Refused(
            _("Texten är från innan det fanns formulär och kan inte ändras. Skriv en ny anteckning.")
        )
    return case, row, stands, key


def _keeping(entry: Entry, stands: Entry, keep: frozenset[str]) -> Entry:
    """The entry with what stood in the masked fields."""
    held = {name: stands.data[name] for name in keep if name in stands.data}
    return replace(entry, data={**entry.data, **held})


def _check_author(stands: Entry, by: User) -> None:
    if stands.author != by.pseudonym:
        raise Refused(_("Anteckningen är en kollegas. Inget är ändrat. Skriv en egen i stället."))


def _told(action: str, case: Case, by: User, why: Detail | None = None) -> None:
    record(action=action, by=by.pseudonym, object=str(case.id), team=case.team.kind, detail=why)

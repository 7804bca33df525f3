"""Every write of an entry, by the name of the function that does it."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from klarsyn.cases import writing
from klarsyn.cases.entries import Entry
from klarsyn.cases.models import RecordState, SealedRecord
from klarsyn.cases.reasons import sealed_reason
from tests.force.crash.deeds import Ack
from tests.force.crash.world import SECRET, World


def write(w: World, ack: Ack) -> None:
    made = writing.write(
        case=w.cases[0], entry=_note(w), by=w.users["alva"], keys=w.keys["alva"], state=RecordState.WORKING
    )
    ack("record", str(made.id))


def revise(w: World, ack: Ack) -> None:
    row = _working(w)
    writing.revise(row=row, entry=_note(w), revision=row.revision, by=w.users["alva"], keys=w.keys["alva"])
    ack("record", str(row.id))


def lock(w: World, ack: Ack) -> None:
    row = _working(w)
    writing.lock(row=row, revision=row.revision, by=w.users["alva"], keys=w.keys["alva"])
    ack("record", str(row.id))


def correct(w: World, ack: Ack) -> None:
    row = SealedRecord.objects.filter(case=w.cases[0], compartment="notes", state="locked").first()
    assert row
    entry = replace(_note(w), kind="plain_notes", data={"text": SECRET}, corrects=row.id)
    made = writing.correct(row=row, entry=entry, by=w.users["alva"], keys=w.keys["alva"])
    ack("record", str(made.id))


def drop(w: World, ack: Ack) -> None:
    row = SealedRecord.objects.filter(state="working").first()
    if row:
        writing.drop(row=row, by=w.users["alva"], keys=w.keys["alva"])
    ack("line", "case.drop")


def settle_left(w: World, ack: Ack) -> None:
    """Taken over by somebody in whose place nobody of the author's name is left."""
    row = _working(w)
    words = {"here": frozenset[str](), "why": sealed_reason(w.mika, "Alva har slutat"), "is_dropped": False}
    writing.settle_left(row=row, by=w.users["cilla"], keys=w.keys["cilla"], **words)
    ack("record", str(row.id))


def _working(w: World) -> SealedRecord:
    row = SealedRecord.objects.filter(case=w.cases[0]).order_by("state", "order").last()
    assert row
    return row


def _note(w: World) -> Entry:
    now = timezone.localtime()
    return Entry("note", 1, now.date(), now, w.users["alva"].pseudonym, {"type": "VISIT", "text": SECRET})

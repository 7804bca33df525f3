"""Everything that can be done to a case through its doors, one entry a compartment or state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.cases import access, caseload, exporting, referring, rows, writing
from klarsyn.cases.card import Level, Track
from klarsyn.cases.entries import Entry
from klarsyn.cases.models import Case, Compartment, RecordState, SealedRecord
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User

DAY = date(2031, 12, 31)


@dataclass(frozen=True)
class Who:
    """A person with the keys that the session holds; None for a session that never unlocked any."""

    user: User
    keys: Unlocked | None


Operation = Callable[[Who, Team, UUID], object]


def _read(compartment: Compartment) -> Operation:
    asked = frozenset({compartment})
    return lambda w, team, id: access.read_case(w.user, w.keys, id, purpose="prov", compartments=asked)


def _write(compartment: Compartment) -> Operation:
    return lambda w, team, id: access.write_record(w.user, w.keys, id, compartment=compartment, text="Anna")


def add_notes(case: Case, by: User, keys: Unlocked, text: str = "Hemligt") -> tuple[UUID, UUID]:
    """A working note and a locked one, past the doors; their ids."""
    now = timezone.localtime()
    entry = Entry("note", 1, now.date(), now, by.pseudonym, {"type": "VISIT", "text": text})
    working, locked = (
        writing.write(case=case, entry=entry, by=by, keys=keys, state=state).id for state in RecordState
    )
    return working, locked


def note(id: UUID, state: RecordState) -> UUID:
    """The case's note in that state; an id of nothing when it has none."""
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        found = SealedRecord.objects.filter(case_id=id, state=state, compartment="notes").last()
    return found.id if found else uuid4()


NOTE: dict[str, Any] = {
    "kind": "note",
    "data": {"type": "VISIT", "text": "Anna"},
    "event_day": date(2026, 1, 1),
}


def _held(found: object) -> object:
    """The list's doors answer nothing, and no 404, to whoever has the role and not the key."""
    if found is None:
        raise Http404
    return found


GIVEN_OUT: dict[str, Any] = {
    "receiver": "Polisen", "receiver_kind": "police", "how": "own", "ground": "osl_10_23", "sent": "inget",
    "left_out": "allt", "decided_by": "Enhetschefen", "decided_on": date(2026, 1, 1),
}  # fmt: skip


def _file(w: Who, _team: Team, id: UUID) -> object:
    """A file of statistics; a case without the data for one is refused after it was opened."""
    try:
        form = exporting.Form.CSV
        return exporting.file_of_statistics(w.user, w.keys, id, form=form, purpose="prov")
    except Refused:
        return None


def _visiting(w: Who, id: UUID) -> User:
    """The person with a reading of the case in the log, past the doors: only what follows is tried."""
    with transaction.atomic():
        record(action="case.read", by=w.user.pseudonym, object=str(id))
    return w.user


def _take_in(w: Who, team: Team, id: UUID) -> object:
    searched = signing.dumps([w.user.pseudonym, str(team.pk)], salt="klarsyn.cases.searched")
    words = {"title": "Anna", "track": Track.OPEN, "event_day": date(2026, 1, 1), "searched": searched}
    return caseload.take_in(w.user, w.keys, team, data={}, is_another=True, **words)


def _seal(w: Who, team: Team, id: UUID) -> None:
    """Sealed, and by the test as it was: what follows is asked of an ordinary case."""
    caseload.set_sealed(w.user, w.keys, id, is_sealed=True, reason="prov")
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        Case.objects.filter(pk=id).update(is_sealed=False)


OPERATIONS: dict[str, Operation] = {
    **{f"read {c}": _read(c) for c in Compartment},
    "list": lambda w, team, id: _held(access.read_list(w.user, w.keys, team)),
    "search": lambda w, team, id: _held(access.search_cases(w.user, w.keys, team, "samtal")),
    "extract": lambda w, team, id: access.read_extract(w.user, w.keys, id, purpose="prov"),
    "open": lambda w, team, id: access.open_case(w.user, w.keys, team, summary="Nytt"),
    **{f"write {c}": _write(c) for c in Compartment},
    "write entry": lambda w, team, id: access.write_entry(w.user, w.keys, id, **NOTE),
    "revise": lambda w, team, id: access.revise_entry(
        w.user, w.keys, id, note(id, RecordState.WORKING), revision=1, **NOTE
    ),
    "lock": lambda w, team, id: access.lock_entry(
        w.user, w.keys, id, note(id, RecordState.WORKING), revision=1
    ),
    "drop": lambda w, team, id: access.drop_entry(w.user, w.keys, id, note(id, RecordState.WORKING)),
    "correct": lambda w, team, id: access.correct_entry(
        w.user, w.keys, id, note(id, RecordState.LOCKED), **NOTE
    ),
    "disclose": lambda w, team, id: referring.disclose(w.user, w.keys, id, data=GIVEN_OUT),
    "file": _file,
    "visit": lambda w, team, id: _held(access.visit(_visiting(w, id), w.keys, id)),
    "print": lambda w, team, id: _held(access.print_case(_visiting(w, id), w.keys, id)),
    "caseload": lambda w, team, id: _held(caseload.caseload(w.user, w.keys, team, DAY)),
    "search first": lambda w, team, id: _held(caseload.search_first(w.user, w.keys, team, "samtal")[0]),
    "take in": _take_in,
    "add task": lambda w, team, id: caseload.add_task(w.user, w.keys, id, text="Anna", due=DAY),
    "finish task": lambda w, team, id: caseload.finish_task(w.user, w.keys, id, task="x"),
    "rename": lambda w, team, id: caseload.rename(w.user, w.keys, id, title="Anna"),
    "protect": lambda w, team, id: caseload.protect(w.user, w.keys, id, level=Level.MARKING, words=""),
    "hand over": lambda w, team, id: caseload.hand_over(w.user, w.keys, id, to=w.user, reason="prov"),
    "seal": _seal,
    "end": lambda w, team, id: caseload.close(w.user, w.keys, id, because="other", words=""),
    "reopen": lambda w, team, id: caseload.reopen(w.user, w.keys, id, reason="prov"),
    "close": lambda w, team, id: access.close_case(w.user, w.keys, id, retention_on=DAY),
    "erase": lambda w, team, id: access.erase_case(w.user, w.keys, id),
}
# What touches one case, and what the whole team's list.
OF_A_TEAM = ("list", "search", "open", "caseload", "search first", "take in")
OF_ONE_CASE = tuple(name for name in OPERATIONS if name not in OF_A_TEAM)


def refused(name: str, who: Who, team: Team, id: UUID) -> bool:
    try:
        OPERATIONS[name](who, team, id)
    except Http404:
        return True
    except Refused:  # let through; the rules say no
        return False
    return False

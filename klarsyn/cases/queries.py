"""Reads of cases: the list, and a search that opens every summary, since nothing is indexed in the clear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from klarsyn.base.vault import Key, KeyPair, Opener
from klarsyn.cases.entries import decode
from klarsyn.cases.models import BUNDLE_OF, Case, CaseState, Compartment, RecordState, SealedRecord
from klarsyn.cases.sealing import list_key, open_body, open_keys, open_summary
from klarsyn.cases.values import CaseShown, Listed, RecordShown

Epochs = Mapping[int, KeyPair]


def list_cases(team: UUID, epochs: Epochs, *, state: CaseState = CaseState.OPEN) -> list[Listed]:
    """The team's cases, newest day first. `epochs`: the pairs the reader holds."""
    return list(_opened(team, epochs, (state,)))


def search(team: UUID, epochs: Epochs, words: str) -> list[Listed]:
    """Cases whose summary holds every word, in any state but erased."""
    wanted = words.casefold().split()
    found = _opened(team, epochs, (CaseState.OPEN, CaseState.CLOSED))
    return [one for one in found if all(word in one.summary.casefold() for word in wanted)]


def _opened(team: UUID, epochs: Epochs, states: Sequence[CaseState]) -> Iterator[Listed]:
    keys: dict[int, Key] = {number: list_key(pair, team) for number, pair in epochs.items()}
    held = Case.objects.filter(team_id=team, state__in=states, summary_epoch__in=keys)
    rows = held.order_by("-created_on", "id").values_list(
        "id", "state", "created_on", "summary_epoch", "summary"
    )
    for id, state, day, epoch, sealed in rows.iterator(5000):
        text = open_summary(team, id, epoch, bytes(sealed), keys[epoch])
        yield Listed(id, CaseState(state), day, text)


def shown(case: Case, epochs: Epochs, compartments: frozenset[Compartment]) -> CaseShown:
    """The case with the records of some compartments. Raises Unopenable or KeyError without the key."""
    wraps = case.keys.filter(bundle__in={BUNDLE_OF[c] for c in compartments})
    keys: dict[Compartment, Key] = {}
    for wrap in wraps:
        keys |= open_keys(wrap, case.team_id, Opener(epochs[wrap.epoch]))
    found = case.records.filter(compartment__in=compartments).select_related("wrap")
    records = tuple(_record(r, case.team_id, keys[Compartment(r.compartment)]) for r in found)
    later = {r.corrects: r.id for r in records if r.corrects}
    records = tuple(replace(r, corrected_by=later.get(r.id)) for r in records)
    key = list_key(epochs[case.summary_epoch], case.team_id)
    summary = open_summary(case.team_id, case.id, case.summary_epoch, bytes(case.summary), key)
    state = CaseState(case.state)
    return CaseShown(case.id, case.team_id, state, case.created_on, summary, records)


def _record(row: SealedRecord, team: UUID, key: Key) -> RecordShown:
    compartment = Compartment(row.compartment)
    body = open_body(row, team, key)
    entry = decode(body, compartment)
    text = body if entry is None else str(entry.data.get("text", ""))
    return RecordShown(
        row.id, compartment, row.day, text, RecordState(row.state), row.revision, entry, row.corrects_id
    )

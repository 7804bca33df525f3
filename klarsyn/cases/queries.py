"""Reads of cases: the list, and a search that opens every summary, since nothing is indexed in the clear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from klarsyn.base.vault import Key, KeyPair
from klarsyn.cases.models import Case, CaseState, Compartment
from klarsyn.cases.sealing import list_key, open_body, open_case_key, open_summary
from klarsyn.cases.values import CaseShown, Listed, RecordShown

Epochs = Mapping[int, KeyPair]


def list_cases(team: UUID, epochs: Epochs, *, state: CaseState = CaseState.OPEN) -> list[Listed]:
    """The team's cases, newest day first. `epochs`: the pairs the reader holds."""
    return list(_opened(team, epochs, state))


def search(team: UUID, epochs: Epochs, words: str) -> list[Listed]:
    """Cases whose summary holds every word, in any state but erased."""
    wanted = words.casefold().split()
    found = [one for state in (CaseState.OPEN, CaseState.CLOSED) for one in _opened(team, epochs, state)]
    return [one for one in found if all(word in one.summary.casefold() for word in wanted)]


def _opened(team: UUID, epochs: Epochs, state: CaseState) -> Iterator[Listed]:
    keys: dict[int, Key] = {number: list_key(pair, team) for number, pair in epochs.items()}
    held = Case.objects.filter(team_id=team, state=state, summary_epoch__in=keys).order_by(
        "-created_on", "id"
    )
    for case in held.iterator(2000):
        text = open_summary(case, keys[case.summary_epoch])
        yield Listed(case.id, CaseState(case.state), case.created_on, text)


def shown(case: Case, epochs: Epochs, compartments: frozenset[Compartment]) -> CaseShown:
    """The case with the records of some compartments. Raises Unopenable or KeyError without the key."""
    wraps = {w.id: w for w in case.keys.filter(compartment__in=compartments)}
    keys = {id: open_case_key(wrap, case.team_id, epochs[wrap.epoch]) for id, wrap in wraps.items()}
    records = tuple(
        RecordShown(
            r.id, Compartment(wraps[r.key_id].compartment), r.day,
            open_body(r, wraps[r.key_id], case.team_id, keys[r.key_id]),
        )
        for r in case.records.filter(key_id__in=wraps)
    )  # fmt: skip
    summary = open_summary(case, list_key(epochs[case.summary_epoch], case.team_id))
    return CaseShown(case.id, case.team_id, CaseState(case.state), case.created_on, summary, records)

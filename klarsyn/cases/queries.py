"""Reads of cases: the list, and a search that opens every summary, since nothing is indexed in the clear."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from klarsyn.base.vault import Key, KeyPair, Opener
from klarsyn.cases.card import Card
from klarsyn.cases.card import decode as decode_card
from klarsyn.cases.entries import decode
from klarsyn.cases.models import BUNDLE_OF, Case, CaseState, Compartment, RecordState, SealedRecord
from klarsyn.cases.sealing import list_key, open_body, open_keys, open_summary, summary_opener
from klarsyn.cases.values import CaseShown, Listed, RecordShown
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked

Epochs = Mapping[int, KeyPair]
NUMBER: Final = 6  # so many characters of a case's id count as its number
_RAW: Final = ("raw_id", "state", "day", "summary_epoch", "summary", "is_sealed")


def list_cases(
    team: UUID, epochs: Epochs, *, state: CaseState = CaseState.OPEN, sealed: Collection[UUID] = ()
) -> list[Listed]:
    """The team's cases, newest day first. `epochs`: the reader's pairs; `sealed`: which sealed ones."""
    return [_without_card(one) for one in _opened(team, epochs, (state,), sealed)]


def search(team: UUID, epochs: Epochs, words: str, *, sealed: Collection[UUID] = ()) -> list[Listed]:
    """Cases whose card holds every word, or whose id begins with it, in any state but erased.

    `sealed`: the sealed ones that the reader may know of; the others are not looked at.
    """
    wanted = words.casefold().split()
    plain = [word for word in wanted if json.dumps(word, ensure_ascii=False)[1:-1] == word]

    def may_hold(id: str, sealed: str) -> bool:
        """Whether the sealed text as a whole holds the words: most do not, and are taken apart no further."""
        text = sealed.casefold()
        return all(word in text or _is_number(id, word) for word in plain)

    found = _opened(team, epochs, (CaseState.OPEN, CaseState.CLOSED), sealed, may_hold)
    return [_without_card(one) for one in found if all(_holds(one, word) for word in wanted)]


def _holds(one: Listed, word: str) -> bool:
    texts = (one.summary, *(task.text for task in one.card.tasks))
    return _is_number(one.id.hex, word) or any(word in text.casefold() for text in texts)


def _is_number(id: str, word: str) -> bool:
    return len(word) >= NUMBER and id.startswith(word.replace("-", ""))


def _without_card(one: Listed) -> Listed:
    return replace(one, summary="", card=Card("")) if one.is_sealed else one


def _opened(
    team: UUID, epochs: Epochs, states: Sequence[CaseState], seen: Collection[UUID],
    may_be_asked: Callable[[str, str], bool] = lambda _id, _text: True,
) -> Iterator[Listed]:  # fmt: skip
    opened = {number: summary_opener(pair, team, number) for number, pair in epochs.items()}
    held = Case.objects.filter(team_id=team, state__in=states, summary_epoch__in=opened)
    held = held.filter(Q(is_sealed=False) | Q(pk__in=seen)) if seen else held.filter(is_sealed=False)
    # As the database says them: most rows of a search go no further, and are made into nothing more.
    raw = {"raw_id": Cast("id", CharField()), "day": Cast("created_on", CharField())}
    rows = held.order_by("-created_on", "id").annotate(**raw)
    for raw_id, state, day, epoch, sealed, is_sealed in rows.values_list(*_RAW).iterator(5000):
        id = raw_id.replace("-", "")
        text = opened[epoch](bytes.fromhex(id), bytes(sealed))
        if may_be_asked(id, text):
            card = decode_card(text)
            listed = date.fromisoformat(day)
            yield Listed(UUID(id), CaseState(state), listed, card.title, card, is_sealed)


def card_of(case: Case, keys: Unlocked) -> Card:
    """The card of one case, by the keys of a member of its team. Raises Unopenable."""
    pair = teams.open_epoch(case.team.epochs.get(epoch=case.summary_epoch), keys)
    key = list_key(pair, case.team_id)
    return decode_card(open_summary(case.team_id, case.id, case.summary_epoch, bytes(case.summary), key))


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
    card = decode_card(open_summary(case.team_id, case.id, case.summary_epoch, bytes(case.summary), key))
    state = CaseState(case.state)
    return CaseShown(case.id, case.team_id, state, case.created_on, card.title, card, records)


def _record(row: SealedRecord, team: UUID, key: Key) -> RecordShown:
    compartment = Compartment(row.compartment)
    body = open_body(row, team, key)
    entry = decode(body, compartment)
    text = body if entry is None else str(entry.data.get("text", ""))
    return RecordShown(
        row.id, compartment, row.day, text, RecordState(row.state), row.revision, entry, row.corrects_id
    )

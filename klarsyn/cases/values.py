"""What an opened case looks like: plain values, gone with the request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from klarsyn.cases.card import Card
from klarsyn.cases.entries import Entry
from klarsyn.cases.models import CaseState, Compartment, RecordState


@dataclass(frozen=True, slots=True)
class RecordShown:
    """One record, opened. `entry`: None for a bare text from before there were entries.

    `corrected_by`: the record that corrects it, if any.
    """

    id: UUID
    compartment: Compartment
    day: date
    text: str = field(repr=False)
    state: RecordState
    revision: int
    entry: Entry | None = field(repr=False)
    corrects: UUID | None = None
    corrected_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class CaseShown:
    """An opened case. `summary`: the card's title."""

    id: UUID
    team: UUID
    state: CaseState
    created_on: date
    summary: str = field(repr=False)
    card: Card = field(repr=False)
    records: tuple[RecordShown, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the team's list. Of a sealed case the card is left out, and the title is empty."""

    id: UUID
    state: CaseState
    created_on: date
    summary: str = field(repr=False)
    card: Card = field(repr=False)
    is_sealed: bool = False

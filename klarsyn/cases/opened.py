"""Entries of an opened case as rows of words, grouped as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from klarsyn.cases.entries import Row, kind_of, rows_of
from klarsyn.cases.sharing import Standing

SHOWN: Final = {
    "goals": ("goals", "goals_followed"),
    "interventions": ("intervention",),
    "plans": ("safety_plan",),
    "tests": ("secrecy_test",),
    "data": ("htcds",),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words."""

    id: UUID
    kind: str
    title: str
    day: date
    rows: list[Row] = field(repr=False)


def told(entries: Iterable[Standing]) -> list[Told]:
    """Newest first."""
    found = [
        Told(o.id, o.entry.kind, str(kind_of(o.entry.kind).name), o.entry.event_day, rows_of(o.entry))
        for o in entries
    ]
    return found[::-1]

"""What is left of cards, times and calls: a team's numbers by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from klarsyn.contact.cards.policy import LED
from klarsyn.contact.models import BookingCount, CallCount, CardCount, ResidenceCount
from klarsyn.contact.models.card import CardFate
from klarsyn.people.models import Team

_MONTHS: Final = 24


@dataclass(frozen=True, slots=True)
class CardsOf:
    """One partner's cards of a month: made, and used for what in that month, be they made before."""

    month: date
    partner: str
    made: int
    led: int
    fates: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Numbers:
    """(month, word, number) of each kind, newest first."""

    cards: tuple[CardsOf, ...]
    bookings: tuple[tuple[date, str, int], ...]
    calls: tuple[tuple[date, str, int], ...]
    residence: tuple[tuple[date, str, int], ...]


def counts_of(team: Team) -> Numbers:
    """The team's own numbers of the last two years; nobody's but theirs."""
    return Numbers(_cards(team), _bookings(team), _rows(CallCount, team, "outcome"), _residence(team))


def _cards(team: Team) -> tuple[CardsOf, ...]:
    held: dict[tuple[date, str], dict[str, int]] = {}
    for row in CardCount.objects.filter(team=team).order_by("-month", "partner")[: _MONTHS * 16]:
        held.setdefault((row.month, row.partner), {})[row.fate] = row.count
    return tuple(
        CardsOf(month, partner, fates.get(CardFate.MADE, 0), sum(fates.get(f, 0) for f in LED), fates)
        for (month, partner), fates in held.items()
    )


def _bookings(team: Team) -> tuple[tuple[date, str, int], ...]:
    held: dict[tuple[date, str], int] = {}
    for row in BookingCount.objects.filter(team=team).order_by("-month", "ended"):
        held[row.month, row.ended] = held.get((row.month, row.ended), 0) + row.count
    return tuple((month, ended, count) for (month, ended), count in held.items())


def _residence(team: Team) -> tuple[tuple[date, str, int], ...]:
    return _rows(ResidenceCount, team, "residence")


def _rows(
    model: type[CallCount] | type[ResidenceCount], team: Team, word: str
) -> tuple[tuple[date, str, int], ...]:
    held = model.objects.filter(team=team).order_by("-month", word)
    return tuple(held.values_list("month", word, "count"))

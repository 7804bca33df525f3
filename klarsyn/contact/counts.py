"""The door to statistics: what came of times, call-backs and cards, and where visitors live; counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from klarsyn.contact.booking.actions import NOT_ASKED, REFUSED
from klarsyn.contact.models import BookingCount, CallCount, CardCount, ResidenceCount
from klarsyn.contact.models.booking import Channel, Ended
from klarsyn.contact.models.card import CardFate, Outcome, Partner
from klarsyn.people.models import Team
from klarsyn.receptions.measures import Counted
from klarsyn.receptions.models import Reception
from smallcounts.counts import Count, CountTable

Bands = tuple[tuple[str, str], ...]  # (variable, band), sorted
Held = Iterator[tuple[int, Bands, int]]  # (year, bands, how many)

# How somebody was to be met, and what came of it. Of a time that lapsed nobody said how it ended.
_WAYS: Final = ("visit", "phone", "call_back")
_ENDS: Final = ("kept", "missed", "cancelled", "withdrawn", "lapsed")
_OF_TIME: Final[Mapping[str, str]] = {
    Ended.MET: "kept", Ended.NOT_MET: "missed", Ended.CANCELLED: "cancelled", Ended.WITHDRAWN: "withdrawn",
    Ended.UNKNOWN: "lapsed",
}  # fmt: skip
_OF_CALL: Final[Mapping[str, str]] = {
    Outcome.REACHED: "kept", Outcome.NOT_REACHED: "missed", Outcome.ASKED_NOT: "cancelled",
    Outcome.NOT_CALLED: "lapsed",
}  # fmt: skip
_LIVES: Final = ("home", "county", "elsewhere", "unsaid", "not_asked")
MEASURES: Final[Mapping[str, Counted]] = MappingProxyType(
    {
        "arranged_contacts": Counted(
            "times and call-backs", {"way": dict.fromkeys(_WAYS, ""), "ended": dict.fromkeys(_ENDS, "")}
        ),
        "contact_cards": Counted(
            "cards",
            {"partner": {p.value: "" for p in Partner}, "fate": {f.value: "" for f in CardFate}},
        ),
        "visitor_residence": Counted("visits", {"residence": dict.fromkeys(_LIVES, "")}),
    }
)


def list_counts(*, measure: str, kind: str, host_code: str, years: tuple[int, ...]) -> CountTable:
    """Counts of one measure of one reception and its years, one row for each combination of bands.

    `kind` is the reception's (mika or kast), `host_code` its municipality's: one reception is asked. The
    counts are of times, calls, cards and visits, kept as numbers a month; who stood behind them was never
    kept, so no sum of them is a number of people. A card counts as made in the year it was made and as led
    to something in the year it was used: no share of one by the other is a share of the same cards. Nothing
    here is public. An unknown measure raises KeyError; a reception that is not there has no rows.
    """
    unit, held = MEASURES[measure].unit, _HELD[measure]
    reception = Reception.objects.filter(kind=kind, host_code=host_code).select_related("team").first()
    summed: Counter[tuple[int, Bands]] = Counter()
    if reception is not None:
        for year, bands, number in held(reception.team, host_code, years):
            summed[year, bands] += number
    return CountTable(
        measure=measure,
        unit=unit,
        counts=tuple(
            Count(host_code, kind, str(year), number, sources=(f"{kind}-{measure}",), categories=bands)
            for (year, bands), number in sorted(summed.items())
            if number
        ),
        is_invented=reception is not None and reception.is_invented,
    )


def _arranged(team: Team, _host: str, years: tuple[int, ...]) -> Held:
    times = BookingCount.objects.filter(team=team, month__year__in=years)
    for month, channel, ended, count in times.values_list("month", "channel", "ended", "count"):
        way = "visit" if channel == Channel.VISIT else "phone"
        yield month.year, (("ended", _OF_TIME[ended]), ("way", way)), count
    calls = CallCount.objects.filter(team=team, month__year__in=years)
    for month, outcome, count in calls.values_list("month", "outcome", "count"):
        yield month.year, (("ended", _OF_CALL[outcome]), ("way", "call_back")), count


def _cards(team: Team, _host: str, years: tuple[int, ...]) -> Held:
    held = CardCount.objects.filter(team=team, month__year__in=years)
    for month, partner, fate, count in held.values_list("month", "partner", "fate", "count"):
        yield month.year, (("fate", fate), ("partner", partner)), count


def _residence(team: Team, host: str, years: tuple[int, ...]) -> Held:
    held = ResidenceCount.objects.filter(team=team, month__year__in=years)
    for month, residence, count in held.values_list("month", "residence", "count"):
        yield month.year, (("residence", _band(residence, host)),), count


def _band(residence: str, host: str) -> str:
    """Of a municipality's code only whether it is the host's own, of its county, or neither."""
    if residence == NOT_ASKED:
        return "not_asked"
    if residence == REFUSED:
        return "unsaid"
    if residence == host:
        return "home"
    return "county" if residence.isdecimal() and residence[:2] == host[:2] else "elsewhere"


_HELD: Final[Mapping[str, Callable[[Team, str, tuple[int, ...]], Held]]] = {
    "arranged_contacts": _arranged, "contact_cards": _cards, "visitor_residence": _residence,
}  # fmt: skip

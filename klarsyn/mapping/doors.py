"""The doors of the receptions: their counts of a year, each its own table, and where those come from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from klarsyn.cases import counts as cases
from klarsyn.concerns import counts as concerns
from klarsyn.contact import counts as contact
from klarsyn.mapping.canonical import to_bytes
from klarsyn.mapping.codec import encode
from klarsyn.mapping.definitions import Indicator
from klarsyn.plan import counts as plan
from klarsyn.receptions import counts as receptions
from klarsyn.sources.values import Measure, Provenance
from klarsyn.training import counts as training
from smallcounts.counts import Count, CountTable

# Side by side in one table without a sum: by the measure, its variable and what its bands begin with.
_WORK: Final = (
    (receptions.list_counts, "consultations", "profession", "consultation"),
    (receptions.list_counts, "police_shifts", "place", "shift"),
    (contact.list_counts, "contact_cards", "fate", "card"),
)
_NAMELESS: Final = (
    (receptions.list_counts, "nameless_contacts", "way", ""),
    (receptions.list_counts, "nameless_visits", "visit", ""),
)


def _together(
    parts: Sequence[tuple[Callable[..., CountTable], str, str, str]], variable: str, unit: str
) -> Callable[..., CountTable]:
    """A door to several measures of one reception: one variable, whose bands are those of theirs."""

    def list_counts(*, measure: str, kind: str, host_code: str, years: tuple[int, ...]) -> CountTable:
        summed: Counter[tuple[str, str]] = Counter()
        tables = [
            (door(measure=one, kind=kind, host_code=host_code, years=years), of, start)
            for door, one, of, start in parts
        ]
        for table, of, start in tables:
            for count in table.observed():
                band = "_".join(filter(None, (start, dict(count.categories)[of])))
                summed[count.period, band] += count.value or 0
        counts = tuple(
            Count(
                host_code, kind, year, number, sources=(f"{kind}-{measure}",), categories=((variable, band),)
            )
            for (year, band), number in sorted(summed.items())
        )
        return CountTable(measure, unit, counts, is_invented=any(t.is_invented for t, _of, _start in tables))

    return list_counts


# By measure: the door it comes through, and what a source is called that holds it.
_DOORS: Final[Mapping[Measure, tuple[Callable[..., CountTable], str]]] = {
    Measure.RECEPTION_PERSONS: (cases.list_counts, "personer som mottagningen känner"),
    Measure.RECEPTION_SUPPORT: (cases.list_counts, "stöd till dem"),
    Measure.RECEPTION_CONTACTS: (cases.list_counts, "kontakter med dem"),
    Measure.RECEPTION_CLOSED: (cases.list_counts, "avslutade kontakter"),
    Measure.RECEPTION_FOLLOWUP: (cases.list_counts, "uppföljningar"),
    Measure.NAMELESS_VISITS: (receptions.list_counts, "besök utan namn"),
    Measure.NAMELESS_CONTACTS: (_together(_NAMELESS, "way", "contacts"), "kontakter och besök utan namn"),
    Measure.OUTREACH_CONTACTS: (receptions.list_counts, "uppsökande kontakter"),
    Measure.CONSULTATIONS: (receptions.list_counts, "konsultationer"),
    Measure.POLICE_SHIFTS: (receptions.list_counts, "pass tillsammans med polisen"),
    Measure.CARDS_HANDED_OUT: (receptions.list_counts, "utlämnade kontaktkort"),
    Measure.ARRANGED_CONTACTS: (contact.list_counts, "bokade tider och uppringningar"),
    Measure.CONTACT_CARDS: (contact.list_counts, "kontaktkort"),
    Measure.VISITOR_RESIDENCE: (contact.list_counts, "var de som bokat bor"),
    Measure.ATTITUDE_CHANGE: (training.list_counts, "hur svaren rörde sig efter en kurs"),
    Measure.TRAINING_COVERAGE: (training.list_counts, "hur många som har gått en kurs"),
    Measure.OBSERVATIONS: (concerns.list_counts, "tecken utan personer"),
    Measure.JOINT_WORK: (plan.list_counts, "gemensamt arbete med polisen"),
    Measure.RECEPTION_WORK: (_together(_WORK, "work", "times"), "konsultationer, polispass och kontaktkort"),
}
MEASURES: Final = tuple(_DOORS)
# Those of people a reception knows, and in which bands one of them stands at most once: see `linked`.
_OF_PEOPLE: Final = {Measure(name): one for name, one in cases.MEASURES.items() if one.of_people}
# Whoever counts, by the word that an indicator names them with, and what they are called as a publisher.
NAMES: Final[Mapping[str, str]] = {
    "mika": "Mika",
    "kast": "KAST",
    "training": "Utbildning",
    "arenas": "Fältarbete och platser",
    "cooperation": "Samarbetet med polisen",
}
_PUBLISHERS: Final[Mapping[str, tuple[str, str]]] = {
    "mika": ("Påhittad Mika-mottagning", "Mika-mottagningen"),
    "kast": ("Påhittad KAST-mottagning", "KAST-mottagningen"),
    "arenas": ("Påhittade enheter", "fältarbetare och samverkansparter"),
    "cooperation": ("Påhittat samarbete", "samordnaren för arbetet med polisen"),
    "training": ("Påhittade enheter", "enheterna och deras utbildning"),
}


def counted(indicator: Indicator, municipality: str, since: str, until: str) -> CountTable:
    """What the indicator's reception counted of its measure, in the years from `since` to `until`.

    No rows where the municipality has no such reception, or nobody has counted the year.
    """
    (measure,) = indicator.measures
    years = tuple(range(int(since or until), int(until) + 1))
    return _DOORS[measure][0](
        measure=measure.value, kind=indicator.reception, host_code=municipality, years=years
    )


def is_of_people(indicator: Indicator) -> bool:
    """Whether it counts people the reception knows, or what was done with them."""
    return not _OF_PEOPLE.keys().isdisjoint(indicator.measures)


def linked(indicator: Indicator) -> tuple[str, ...] | None:
    """The cells ("support=talk"; "" is the total) in which each of a reception's people stands at most once.

    None where the indicator counts no such people, or is the one that counts them all.
    """
    (measure,) = indicator.measures
    counted = _OF_PEOPLE.get(measure)
    if counted is None or measure is Measure.RECEPTION_PERSONS:
        return None
    if counted.once is None:
        return ()
    return tuple(f"{v}={band}" for v in counted.once for band in counted.bands[v]) or ("",)


def provenance(tables: Sequence[tuple[Indicator, CountTable]], home: str) -> tuple[Provenance, ...]:
    """Where each table's counts come from: the reception itself, and a mark of what it gave."""
    return tuple(_source(indicator, table, home) for indicator, table in tables if table.counts)


def _source(indicator: Indicator, table: CountTable, home: str) -> Provenance:
    measure, name = Measure(table.measure), NAMES[indicator.reception]
    invented, real = _PUBLISHERS[indicator.reception]
    years = sorted({count.period for count in table.counts})
    return Provenance(
        key=table.counts[0].sources[0],
        publisher=invented if table.is_invented else f"{home}, {real}",
        title=f"{name}: {_DOORS[measure][1]}",
        table="",
        address="",
        measure=measure,
        licence="CC0-1.0",
        retrieved_at=None,
        published="–".join(dict.fromkeys((years[0], years[-1]))),
        checksum=hashlib.sha256(to_bytes(encode(table))).hexdigest(),
        territory="",
        certainty="high",
        is_invented=table.is_invented,
    )

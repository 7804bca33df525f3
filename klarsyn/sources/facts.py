"""The door to dated facts: areas, borders, breaks, operations, and what others have published.

Pure and cached: read from files that ship with the product, except `provenance`, which also knows
what has been imported. A fact holds on a day; ask with the day you mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from klarsyn.sources import origins, shipped
from klarsyn.sources.areas import (
    NATION,
    area,
    areas,
    known_municipalities,
    members,
    municipalities,
    name,
    police_regions,
    successor,
)
from klarsyn.sources.periods import first_day, last_day
from klarsyn.sources.values import (
    DivisionChange,
    EarlierMapping,
    Measure,
    Place,
    PoliceOperation,
    Provenance,
    SeriesBreak,
    Share,
    Statement,
    UndatedCount,
)

__all__ = [
    "NATION",
    "area",
    "areas",
    "borders",
    "division_changes",
    "earlier_mappings",
    "known_municipalities",
    "members",
    "municipalities",
    "name",
    "police_operations",
    "police_regions",
    "provenance",
    "receptions",
    "series_breaks",
    "shares",
    "statements",
    "successor",
    "undated_counts",
]


def series_breaks(
    measures: Sequence[Measure] = (), since: str | date = "", until: str | date = ""
) -> tuple[SeriesBreak, ...]:
    """Breaks that touch any of the measures (none named = all), from `since` to `until`, oldest first.

    `since` and `until` are days or periods ("2017"); "" leaves that end open.
    """
    low, high = _span(since, until)
    wanted = set(measures)
    return tuple(
        b for b in _breaks() if low <= b.on <= high and (not wanted or wanted.intersection(b.measures))
    )


def police_operations(since: str | date = "", until: str | date = "") -> tuple[PoliceOperation, ...]:
    """Known operations that overlap the span, oldest first. A blank region means the whole country."""
    low, high = _span(since, until)
    return tuple(o for o in _operations() if o.since <= high and o.until >= low)


@cache
def division_changes() -> tuple[DivisionChange, ...]:
    """Changes of the municipal division, oldest first, confirmed or not."""
    return tuple(
        DivisionChange(
            c["on"], tuple(c["from"]), tuple(c["to"]), c["title_sv"], c["title_en"], c["confirmed"]
        )
        for c in shipped.table("facts/division_changes.toml")["change"]
    )


@cache
def shares() -> tuple[Share, ...]:
    """Published survey shares, in percent. A span stays a span; `asked` is None when not stated."""
    return tuple(
        Share(
            **{k: row[k] for k in ("survey", "year", "population", "question", "source", "note")},
            percent=_number(row["percent"]),
            lower=_number(row["lower"]),
            upper=_number(row["upper"]),
            asked=_whole(row["asked"]),
        )
        for row in shipped.rows("facts/shares.csv")
    )


@cache
def receptions() -> tuple[Place, ...]:
    """Known receptions. An empty field means that the source does not say."""
    return tuple(Place(**row) for row in shipped.rows("facts/receptions.csv"))


@cache
def statements() -> tuple[Statement, ...]:
    """Figures that receptions have published, as worded. Two that disagree are two."""
    return tuple(
        Statement(**{k: v for k, v in row.items() if k != "value"}, value=float(row["value"]))
        for row in shipped.rows("facts/statements.csv")
    )


@cache
def earlier_mappings() -> tuple[EarlierMapping, ...]:
    """Mappings that others have published, oldest first."""
    return tuple(EarlierMapping(**row) for row in shipped.rows("facts/earlier_mappings.csv"))


@cache
def undated_counts() -> tuple[UndatedCount, ...]:
    """Handled offences from tables without a year. Never part of a series."""
    return tuple(
        UndatedCount(
            table=row["table"],
            offence=row["offence"],
            handled=int(row["handled"]),
            investigated=_whole(row["investigated"]),
            dismissed=_whole(row["dismissed"]),
            cleared_percent=_whole(row["cleared_percent"]),
            person_cleared_percent=_whole(row["person_cleared_percent"]),
            source=row["source"],
            note=row["note"],
        )
        for row in shipped.rows("facts/undated.csv")
    )


@cache
def borders() -> tuple[tuple[str, str], ...]:
    """Pairs of neighbouring municipalities, lower code first: 728 land borders and 7 links over water."""
    return tuple((row["a"], row["b"]) for row in shipped.rows("facts/borders.csv"))


def provenance(keys: Iterable[str], periods: Sequence[str] = ()) -> tuple[Provenance, ...]:
    """Where figures come from, one per key in the order asked. KeyError names a key nobody knows.

    With `periods`, only the batches that hold those periods are named.
    """
    return origins.provenance(keys, periods)


@cache
def _breaks() -> tuple[SeriesBreak, ...]:
    found = [
        SeriesBreak(
            **{k: b[k] for k in ("key", "on", "title_sv", "title_en", "address")},
            measures=tuple(Measure(m) for m in b["measures"]),
            kinds=tuple(b["kinds"]),
        )
        for b in shipped.table("facts/series_breaks.toml")["break"]
    ]
    return tuple(sorted(found, key=lambda b: b.on))


@cache
def _operations() -> tuple[PoliceOperation, ...]:
    found = [PoliceOperation(**o) for o in shipped.table("facts/operations.toml")["operation"]]
    return tuple(sorted(found, key=lambda o: (o.since, o.key)))


def _span(since: str | date, until: str | date) -> tuple[date, date]:
    return (first_day(since) if since else date.min, last_day(until) if until else date.max)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None

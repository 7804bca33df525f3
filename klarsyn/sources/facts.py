"""The door to dated facts: areas, borders, breaks, operations, and what others have published.

Pure and cached: read from files that ship with the product, except `provenance`, which also knows
what has been imported. A fact holds on a day; ask with the day you mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from klarsyn.sources import queries, shipped
from klarsyn.sources.periods import first_day, last_day
from klarsyn.sources.values import (
    Area,
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

NATION = "00"


@lru_cache(maxsize=64)
def municipalities(on: date) -> tuple[Area, ...]:
    """The municipalities on a day, by code: 290 since 2003-01-01.

    Before 2003 only the changes listed in the facts are undone; ask `division_changes` which of
    them are confirmed.
    """
    return tuple(m for m in known_municipalities() if _holds(m, on))


@cache
def known_municipalities() -> tuple[Area, ...]:
    """Every municipality with its dates, also those that are no more, by code."""
    rows = shipped.rows("facts/municipalities.csv")
    return tuple(
        Area(
            row["code"],
            row["name"],
            "municipality",
            row["county"],
            _day(row["valid_from"]),
            _day(row["valid_to"]),
            tuple(row["predecessors"].split()),
        )
        for row in rows
    )


@lru_cache(maxsize=64)
def areas(on: date) -> tuple[Area, ...]:
    """The nation, counties, police regions (since 2015) and municipalities on a day."""
    regions = police_regions(on)
    parent = {county: code for code, counties in _region_counties().items() for county in counties}
    counties = tuple(
        Area(row["code"], row["name"], "county", parent[row["code"]] if regions else NATION, None, None)
        for row in shipped.rows("facts/counties.csv")
    )
    return (Area(NATION, "Riket", "nation", "", None, None), *counties, *regions, *municipalities(on))


def area(code: str, on: date) -> Area:
    """The area with this code on this day. KeyError when there is none."""
    found = _by_code(on).get(code)
    if found is None:
        raise KeyError(f"no area has the code {code!r} on {on}")
    return found


def name(code: str, period: str) -> str:
    """What an area is called at the end of a period; its code when nothing has that code then."""
    found = _by_code(last_day(period)).get(code)
    return found.name if found is not None else code


@lru_cache(maxsize=64)
def police_regions(on: date) -> tuple[Area, ...]:
    """The seven police regions; empty before 2015, when the police were organised by county."""
    facts = shipped.table("facts/police_regions.toml")
    since: date = facts["since"]
    if on < since:
        return ()
    return tuple(Area(r["code"], r["name"], "police_region", NATION, since, None) for r in facts["region"])


@lru_cache(maxsize=256)
def members(code: str, on: date) -> tuple[str, ...]:
    """Codes of the municipalities an area consists of on a day; a municipality consists of itself."""
    found = area(code, on)
    if found.kind == "municipality":
        return (code,)
    if found.kind == "nation":
        return tuple(m.code for m in municipalities(on))
    counties = (code,) if found.kind == "county" else _region_counties()[code]
    return tuple(m.code for m in municipalities(on) if m.parent in counties)


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
    return queries.provenance(keys, periods)


def _holds(found: Area, on: date) -> bool:
    return (found.valid_from or date.min) <= on <= (found.valid_to or date.max)


@lru_cache(maxsize=64)
def _by_code(on: date) -> dict[str, Area]:
    return {found.code: found for found in areas(on)}


@cache
def _region_counties() -> dict[str, tuple[str, ...]]:
    regions: list[dict[str, Any]] = shipped.table("facts/police_regions.toml")["region"]
    return {region["code"]: tuple(region["counties"]) for region in regions}


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


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None

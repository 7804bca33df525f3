"""Areas by day: municipalities, counties, police regions and the nation, from files that ship."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Any

from klarsyn.sources import shipped
from klarsyn.sources.periods import last_day
from klarsyn.sources.values import Area

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


@lru_cache(maxsize=256)
def successor(code: str, on: date) -> str:
    """The code that a municipality of that day got later (1917 is now 0331); its own when it kept it.

    Statistics Sweden restates old years with today's codes, so both may stand for the same year.
    """
    for today in municipalities(date.max):
        if code in today.predecessors and today.code != code and (today.valid_from or date.min) > on:
            return today.code
    return code


def _holds(found: Area, on: date) -> bool:
    return (found.valid_from or date.min) <= on <= (found.valid_to or date.max)


@lru_cache(maxsize=64)
def _by_code(on: date) -> dict[str, Area]:
    return {found.code: found for found in areas(on)}


@cache
def _region_counties() -> dict[str, tuple[str, ...]]:
    regions: list[dict[str, Any]] = shipped.table("facts/police_regions.toml")["region"]
    return {region["code"]: tuple(region["counties"]) for region in regions}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

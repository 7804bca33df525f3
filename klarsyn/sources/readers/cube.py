"""A table as dimensions and cells in row-major order, turned into observed figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from klarsyn.sources.readers.observed import Observed, ReadError, area_code, period
from klarsyn.sources.readers.symbols import SymbolMap, understand

# How the tables name area and time when they do not say which role a dimension plays.
AREA_NAMES = ("region", "kommun", "län")
TIME_NAMES = ("tid", "år", "månad", "kvartal", "year", "month", "quarter")


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of a table: its values in order, their labels, units and decimals where stated."""

    code: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    role: str = ""  # "area" | "time" | "metric" | ""
    units: tuple[str, ...] = ()
    decimals: tuple[int | None, ...] = ()
    is_optional: bool = False  # may be left out of a query and is then summed away


@dataclass(frozen=True, slots=True)
class Document:
    """A table read whole: its figures and what it says about itself."""

    title: str
    source: str
    updated: str
    notes: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    observed: tuple[Observed, ...]


def guess_role(code: str, label: str) -> str:
    """The role by name, for formats that state none."""
    names = {code.strip().lower(), label.strip().lower()}
    if names & set(AREA_NAMES):
        return "area"
    return "time" if names & set(TIME_NAMES) else ""


def observe(
    dimensions: Sequence[Dimension], cells: Sequence[tuple[object, str]], symbols: SymbolMap
) -> tuple[Observed, ...]:
    """Figures in row-major order: the last dimension runs fastest.

    `cells` holds (value, symbol) for every combination; a wrong number of them is an error that tells
    how many the dimensions promise.
    """
    expected = prod(len(d.codes) for d in dimensions)
    if len(cells) != expected:
        shape = " × ".join(f"{d.code} {len(d.codes)}" for d in dimensions)
        raise ReadError(f"Tabellen ska ha {expected} värden ({shape}) men har {len(cells)}.")
    one_of_each(dimensions)
    spelled = [_spelled(d) for d in dimensions]  # once a value, not once a cell
    positions = product(*(range(len(d.codes)) for d in dimensions))
    return tuple(_observed(spelled, at, cell, symbols) for at, cell in zip(positions, cells, strict=True))


def _spelled(dimension: Dimension) -> Dimension:
    spell = {"area": area_code, "time": period}.get(dimension.role, str)
    return replace(
        dimension,
        codes=tuple(spell(code) for code in dimension.codes),
        labels=tuple(label.strip() for label in dimension.labels),
    )


def one_of_each(dimensions: Sequence[Dimension]) -> None:
    """Refuses a table with two time dimensions or two areas, or without time."""
    for role, word in (("area", "område"), ("time", "tid")):
        several = [d.code for d in dimensions if d.role == role]
        if len(several) > 1:
            raise ReadError(f"Tabellen har flera variabler för {word}: {', '.join(several)}.")
    if not any(d.role == "time" for d in dimensions):
        raise ReadError("Tabellen har ingen tidsvariabel.", "Ta med tidsvariabeln i uttaget.")


def _observed(
    dimensions: Sequence[Dimension], at: Sequence[int], cell: tuple[object, str], symbols: SymbolMap
) -> Observed:
    area = label = when = unit = ""
    decimals: int | None = None
    categories: list[tuple[str, str, str]] = []
    for dimension, i in zip(dimensions, at, strict=True):
        if dimension.role == "area":
            area, label = dimension.codes[i], dimension.labels[i]
        elif dimension.role == "time":
            when = dimension.codes[i]
        else:
            categories.append((dimension.code, dimension.codes[i], dimension.labels[i]))
        unit = dimension.units[i] if dimension.units else unit
        decimals = dimension.decimals[i] if dimension.decimals else decimals
    where = " ".join((area, when, *(code for _, code, _ in categories))).strip()
    known = understand(cell[0], cell[1], symbols, where, decimals)
    return Observed(area, label, when, tuple(categories), known.value, known.status, known.symbol, unit)


def refuse_twins(observed: Iterable[Observed]) -> None:
    """Refuses a table that states the same cell twice."""
    seen: set[tuple[str, ...]] = set()
    for one in observed:
        if one.key in seen:
            raise ReadError(f"Samma uppgift står två gånger: {' '.join(one.key)}.")
        seen.add(one.key)

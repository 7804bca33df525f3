"""Everything a mapping was computed from, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from klarsyn.mapping.definitions import Indicator
from klarsyn.sources.values import (
    Area,
    EarlierMapping,
    Place,
    PoliceOperation,
    Provenance,
    SeriesBreak,
    Share,
    Statement,
)
from smallcounts.counts import CountTable


class MixedInputs(ValueError):
    """Invented and real figures, or two measures, would stand in one mapping or figure."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one figure was given: its definition, its counts, and what marks its time axis."""

    indicator: Indicator
    tables: tuple[CountTable, ...]  # one for each measure of the indicator
    breaks: tuple[SeriesBreak, ...]
    operations: tuple[PoliceOperation, ...]
    programme: str = ""  # text of the publication programme of a protected figure

    def __post_init__(self) -> None:
        asked = {str(m) for m in self.indicator.measures}
        for table in self.tables:
            if table.measure not in asked:
                raise MixedInputs(
                    f"{self.indicator.id} asked for {sorted(asked)} and was given {table.measure}"
                )


@dataclass(frozen=True, slots=True)
class Facts:
    """Published facts that are not counts."""

    shares: tuple[Share, ...] = ()
    receptions: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    earlier: tuple[EarlierMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """A mapping's inputs. `population` holds the municipalities and the nation ("00"), in persons,
    on 31 December of the year; in an invented mapping it is empty, since real and invented never mix."""

    municipality: str
    municipality_name: str
    home_region: str  # code of the police region
    year: int
    is_invented: bool
    areas: tuple[Area, ...]  # the municipalities on 31 December of the year
    regions: tuple[Area, ...]  # the police regions
    borders: tuple[tuple[str, str], ...]  # pairs of municipality codes that meet
    population: CountTable
    population_by_sex: CountTable
    figures: tuple[Gathered, ...]
    facts: Facts
    provenance: tuple[Provenance, ...]
    ledger: str = ""  # what had been published when a protected figure was made; "" where there is none
    marks: tuple[tuple[str, str], ...] = ()  # keyed marks of the people in each published cell, by its text

    def __post_init__(self) -> None:
        tables = [t for g in self.figures for t in g.tables] + [self.population, self.population_by_sex]
        for table in tables:
            if table.is_invented != self.is_invented:
                raise MixedInputs(f"{table.measure}: invented and real figures never stand in one mapping")
        for source in self.provenance:
            if source.is_invented != self.is_invented:
                raise MixedInputs(f"{source.key}: invented and real figures never stand in one mapping")

    def population_of(self, area: str) -> int | None:
        """Persons in `area` on 31 December of the year, or None."""
        return next((c.value for c in self.population.observed() if c.area == area), None)

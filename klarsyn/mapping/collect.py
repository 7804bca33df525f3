"""Gather everything a mapping needs through the two doors of the sources, into one frozen value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.mapping import doors
from klarsyn.mapping.definitions import Indicator, Method
from klarsyn.mapping.inputs import Facts, Gathered, Inputs
from klarsyn.mapping.reading import HOME, YEAR
from klarsyn.sources import counts, facts
from klarsyn.sources.values import Area, Measure, Provenance, SeriesBreak
from smallcounts.counts import CountTable
from smallcounts.disclosure.programme import Programme

_NATION = "00"
FIRST_YEAR, LAST_YEAR = 1990, 2100  # as the table of frozen mappings allows
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_INVENTED_POPULATION = CountTable("population", "persons", (), is_invented=True)
# Published, these are no counts by area and period: their methods read the facts. Protected ones are counts.
_NOT_COUNTS = (Measure.SURVEY_SHARE, Measure.RECEPTION_FIGURE, Measure.POPULATION)


@dataclass(frozen=True, slots=True)
class Published:
    """The text of the ledger, and the keyed marks of the people in its cells."""

    ledger: str = ""
    marks: Mapping[str, str] = field(default_factory=lambda: _NONE)


_NOTHING: Final = Published()


class NothingToMap(Refused):
    """The municipality, the year or the sources are not there."""


def collect(
    *,
    municipality: str,
    year: int,
    indicators: Sequence[Indicator],
    invented: bool = False,
    programmes: Mapping[str, str] = _NONE,
    published: Published = _NOTHING,
) -> Inputs:
    """The frozen inputs of the mapping. Raises NothingToMap with what is missing and what to do.

    Only indicators of the mapping's own kind, invented or real, take part. `programmes` holds the
    text of each by name, `published` what has left before, kept only where a figure is protected with it.
    Collecting twice gives equal values.
    """
    on = _last_day(year)
    home = _home(municipality, on)
    population, by_sex = _population(year, on, home, invented)
    figures = _figures(indicators, municipality, year, invented, programmes)
    _check_year(figures, home, year, invented)
    shown = _facts([i for i in indicators if i.is_invented == invented])
    is_protected = any(g.programme for g in figures)
    return Inputs(
        municipality=municipality,
        municipality_name=home.name,
        home_region=facts.area(home.parent, on).parent,
        year=year,
        is_invented=invented,
        areas=facts.municipalities(on),
        regions=facts.police_regions(on),
        borders=facts.borders(),
        population=population,
        population_by_sex=by_sex,
        figures=figures,
        facts=shown,
        provenance=_provenance(figures, (population, by_sex), shown, home),
        ledger=published.ledger if is_protected else "",
        marks=tuple(sorted(published.marks.items())) if is_protected else (),
    )


def _figures(
    indicators: Sequence[Indicator],
    municipality: str,
    year: int,
    invented: bool,
    programmes: Mapping[str, str],
) -> tuple[Gathered, ...]:
    """What each indicator is given, in their order; a reception's only where it has counted enough."""
    given = (municipality, year, invented, programmes)
    found = _counted([i for i in indicators if i.reception], *given)
    kept = {g.indicator.id: g for g in found}
    return tuple(
        kept[i.id] if i.reception else _gather(i, *given)
        for i in indicators
        if (i.id in kept if i.reception else i.is_invented == invented)
    )


def _provenance(
    figures: Sequence[Gathered], populations: Sequence[CountTable], shown: Facts, home: Area
) -> tuple[Provenance, ...]:
    own = [g for g in figures if g.indicator.reception]
    others = [g for g in figures if not g.indicator.reception]
    counted = doors.provenance([(g.indicator, g.tables[0]) for g in own], home.name)
    return (*facts.provenance(_keys(others, populations, shown)), *counted)


def _last_day(year: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NothingToMap(
            _(
                "Året %(year)d kan inte kartläggas. Inget har ändrats. "
                "Skriv ett år med fyra siffror, som 2019."
            )
            % {"year": year}
        )
    return date(year, 12, 31)


def _home(municipality: str, on: date) -> Area:
    try:
        home = facts.area(municipality, on)
    except KeyError:
        home = None
    if home is None or home.kind != "municipality":
        raise NothingToMap(
            _(
                "Ingen kommun hade koden %(code)s den 31 december %(year)d. Inget har ändrats. "
                "En kommunkod har fyra siffror, till exempel 0680 för Jönköping. "
                "Kontrollera koden mot SCB:s lista och försök igen."
            )
            % {"code": municipality, "year": on.year}
        )
    return home


def _population(year: int, on: date, home: Area, invented: bool) -> tuple[CountTable, CountTable]:
    if invented:
        return _INVENTED_POPULATION, _INVENTED_POPULATION
    everyone = [area.code for area in facts.municipalities(on)]
    population = counts.list_population(year=year, areas=(*everyone, _NATION))
    if home.code in {c.area for c in population.counts}:
        by_sex = counts.list_population_by_sex(year=year, areas=(home.code, _NATION))
        return population, by_sex if by_sex.counts else _by_none(population)
    raise NothingToMap(
        _(
            "Folkmängden i %(name)s den 31 december %(year)d finns inte bland källorna, "
            "så inget tal kan ställas mot den. Inget har ändrats. "
            "Läs in källorna med `klarsyn sources snapshot` eller hämta året från SCB med "
            "`klarsyn sources refresh --year %(year)d`, och försök igen; eller välj ett annat år."
        )
        % {"name": home.name, "year": year}
    )


def _by_none(population: CountTable) -> CountTable:
    """No figures by sex were published for the year: an empty table, as public as the rest."""
    return CountTable(population.measure, population.unit, (), is_public=population.is_public)


def _gather(
    indicator: Indicator, municipality: str, year: int, invented: bool, programmes: Mapping[str, str]
) -> Gathered:
    areas = tuple(municipality if a == HOME else a for a in indicator.areas)
    since, until = (str(year) if p == YEAR else p for p in (indicator.since, indicator.until))
    tables = tuple(
        counts.list_counts(
            measure=measure,
            areas=areas,
            since=since,
            until=until,
            datasets=indicator.datasets,
            invented=invented,
        )
        for measure in indicator.measures
        if measure not in _NOT_COUNTS or indicator.programme
    )
    if indicator.programme:
        _check_closed(indicator, tables)
        return Gathered(indicator, tables, (), (), programmes[indicator.programme])
    periods = [c.period for table in tables for c in table.counts]
    # Real events say nothing about invented figures, nor do events here about lists kept elsewhere.
    if not periods or invented or indicator.method is Method.HIDDEN_POPULATION:
        return Gathered(indicator, tables, (), ())
    first, last = min(periods)[:4], max(periods)[:4]
    kinds = {facts.area(c.area, date(year, 12, 31)).kind for table in tables for c in table.counts}
    breaks = facts.series_breaks(indicator.measures, first, last)
    # What the police do moves what the police record, not whom the coordinators meet.
    operations = () if indicator.method is Method.VICTIMS else facts.police_operations(first, last)
    return Gathered(indicator, tables, _touching(breaks, kinds), operations)


def _counted(
    indicators: Sequence[Indicator],
    municipality: str,
    year: int,
    invented: bool,
    programmes: Mapping[str, str],
) -> list[Gathered]:
    """What the municipality's own receptions counted, but for years that nobody counted or of too few.

    Of too few people nothing is shown that was done with them, however often it was.
    """
    found = []
    for indicator in indicators:
        since, until = (str(year) if p == YEAR else p for p in (indicator.since, indicator.until))
        table = doors.counted(indicator, municipality, since, until)
        text = programmes.get(indicator.programme, "")
        if table.counts and table.is_invented == invented and _is_enough(table, text):
            found.append(Gathered(indicator, (table,), (), (), text))
    known = {g.indicator.reception for g in found if Measure.RECEPTION_PERSONS in g.indicator.measures}
    return [g for g in found if g.indicator.reception in known or not doors.is_of_people(g.indicator)]


def _is_enough(table: CountTable, programme: str) -> bool:
    """Fewer than the programme's least number in any year are never shown, rounded or not."""
    least = Programme.from_toml(programme).rules.minimum_population
    sums: Counter[str] = Counter()
    for count in table.observed():
        sums[count.period] += count.value or 0
    return min(sums.values(), default=0) >= least


def _check_closed(indicator: Indicator, tables: Sequence[CountTable]) -> None:
    """Only what nobody has published is protected: a public figure stands as its source prints it."""
    if any(table.is_public for table in tables):
        raise NothingToMap(
            _(
                "Nyckeltalet %(id)s ska skyddas, men dess antal är redan publicerade. Inget har ändrats. "
                'Skriv disclosure = "already_public" och en annan metod, eller välj en källa som är er egen.'
            )
            % {"id": indicator.id}
        )


def _touching(breaks: Sequence[SeriesBreak], kinds: set[str]) -> tuple[SeriesBreak, ...]:
    return tuple(b for b in breaks if not b.kinds or kinds.intersection(b.kinds))


def _check_year(figures: Sequence[Gathered], home: Area, year: int, invented: bool) -> None:
    """A mapping compares municipalities in its year; without any such count there is nothing to freeze."""
    compared = [g for g in figures if g.indicator.method is Method.RATES_COMPARED]
    if any(c.period == str(year) for g in compared for table in g.tables for c in table.observed()):
        return
    known = sorted(
        {
            c.period
            for g in compared
            for m in g.indicator.measures
            for c in counts.list_counts(
                measure=m, datasets=g.indicator.datasets, invented=invented
            ).observed()
        }
    )
    raise NothingToMap(
        _(
            "Det finns inga antal per kommun för %(year)d att jämföra %(name)s med. Inget har ändrats. "
            "År med uppgifter: %(known)s. Läs in källorna med `klarsyn sources snapshot`, importera en egen "
            "räkning med `klarsyn sources import`, eller välj ett år som har uppgifter."
        )
        % {"year": year, "name": home.name, "known": ", ".join(known) or "–"}
    )


def _facts(indicators: Sequence[Indicator]) -> Facts:
    methods = {i.method for i in indicators}
    return Facts(
        shares=facts.shares() if Method.SHARES in methods else (),
        receptions=facts.receptions() if Method.PLACES in methods else (),
        statements=facts.statements() if Method.STATEMENTS in methods else (),
        earlier=facts.earlier_mappings() if Method.EARLIER in methods else (),
    )


def _keys(figures: Sequence[Gathered], populations: Sequence[CountTable], shown: Facts) -> list[str]:
    tables = [*(t for g in figures for t in g.tables), *populations]
    keys = {key for table in tables for count in table.counts for key in count.sources}
    keys |= {s.source for group in (shown.shares, shown.receptions) for s in group}
    keys |= {s.source for group in (shown.statements, shown.earlier) for s in group}
    return sorted(keys)

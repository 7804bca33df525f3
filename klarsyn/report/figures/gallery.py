"""Example charts for developers. Every number here is invented, and every picture says so."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Unpack

from klarsyn.report.figures.dial import assumption_dial
from klarsyn.report.figures.dots import dot_rows
from klarsyn.report.figures.funnel import funnel_plot
from klarsyn.report.figures.geo import municipalities
from klarsyn.report.figures.intervals import interval_plot
from klarsyn.report.figures.maps import Kind, choropleth
from klarsyn.report.figures.methods import method_panel
from klarsyn.report.figures.model import (
    Chart,
    ChartText,
    DialPoint,
    DotRow,
    DotValue,
    FunnelLimit,
    FunnelPoint,
    Ground,
    IntervalRow,
    Language,
    Look,
    MapValue,
    Mark,
    MethodRow,
    OverlapRow,
    Panel,
    Reference,
    RoundedGroup,
    RoundedRow,
    Span,
    SpanRow,
    TrendPoint,
)
from klarsyn.report.figures.multiples import small_multiples
from klarsyn.report.figures.overlaps import overlap_rows
from klarsyn.report.figures.rounded import rounded_rows
from klarsyn.report.figures.spans import span_plot
from klarsyn.report.figures.trends import trend

UNIT = "påhittade fall per 100 000 invånare"


@dataclass(frozen=True, slots=True)
class Example:
    """One chart of the gallery."""

    name: str
    chart: Chart


def examples(*, width: int = 720, ground: Ground = "light", language: Language = "sv") -> tuple[Example, ...]:
    """Every chart once, on invented figures, in the given width, ground and language."""
    return tuple(
        Example(
            name,
            draw(
                text=ChartText(
                    title, "Påhittade tal, ingen plats, inget år", f"{title}. Alla tal är påhittade."
                ),
                id=f"example-{name}-{width}-{ground}-{language}",
                width=width,
                ground=ground,
                language=language,
                heading=True,
                invented=True,
            ),
        )
        for name, title, draw in CHARTS
    )


def _intervals(**look: Unpack[Look]) -> Chart:
    rows = (
        IntervalRow("Björkhamn", 12.4, 7.1, 19.8, True, "17 fall, 137 100 invånare", 9.6),
        IntervalRow("Granvik", 3.9, 2.4, 5.9, False, "21 fall, 538 400 invånare", 4.2),
        IntervalRow("Lillsund", 0.0, 0.0, 14.6, False, "0 fall, 25 300 invånare", 5.1),
        IntervalRow("Åsvik", None, None, None, False, "41 200 invånare", None, "withheld"),
        IntervalRow("Östra Tallberga", None, None, None, False, "8 900 invånare", None, "unavailable"),
    )
    return interval_plot(rows, Reference(5.7, "Alla fem tillsammans 5,7"), UNIT, **look)


def _ratios(**look: Unpack[Look]) -> Chart:
    rows = (
        IntervalRow("Björkhamn / Granvik", 3.18, 1.60, 6.31, True),
        IntervalRow("Björkhamn / Lillsund", 1.84, 0.95, 3.66),
        IntervalRow("Björkhamn / Åsvik", 2.61, 0.71, math.inf),
        IntervalRow("Lillsund / Granvik", 0.6, 0.0, 2.4),
    )
    return interval_plot(rows, Reference(1, "lika"), "gånger så högt tal (kvot)", log=True, **look)


def wave(i: int, period: float) -> float:
    """A number from 0 to 1 that looks irregular and is the same every time."""
    return (math.sin(i * period) * 43.7) % 1.0


@cache
def limits(target: float, per: float = 100_000.0) -> tuple[FunnelLimit, ...]:
    """Rough limits for pictures only: the normal approximation on the square-root scale."""
    rows = []
    for i in range(60):
        population = 2_300.0 * (1_000_000 / 2_300) ** (i / 59)
        root, half = math.sqrt(population / per * target), 0.5
        row = [((max(0.0, root + z * half)) ** 2) / population * per for z in (-3.09, -1.96, 0.0, 1.96, 3.09)]
        rows.append((population, row[0], row[1], target, row[3], row[4]))
    return tuple(rows)


@cache
def _places() -> tuple[FunnelPoint, ...]:
    points = []
    for i in range(290):
        population = 2_400.0 * (400.0 ** (wave(i, 1.7) ** 1.4))
        spread = math.sqrt(6.0 / population * 100_000) * 1.2
        rate = max(0.0, 6.0 + spread * (wave(i, 2.9) + wave(i, 5.3) + wave(i, 7.1) - 1.5) * 2)
        points.append(FunnelPoint("Björkhamn" if i == 123 else f"Ort {i}", population, rate, i == 123))
    return tuple(points)


def _funnel(**look: Unpack[Look]) -> Chart:
    return funnel_plot(_places(), limits(6.0), UNIT, target_label="gemensam nivå 6,0", **look)


@cache
def _points(seed: int, level: float, first: int = 2011, last: int = 2024) -> tuple[TrendPoint, ...]:
    out = []
    for year in range(first, last + 1):
        value = level * (0.6 + wave(year + seed, 1.3) * 0.8)
        half = 1.1 * math.sqrt(value)
        out.append(TrendPoint(str(year), float(year), value, max(0.0, value - half), value + half * 1.2))
    return tuple(out)


def _trend(**look: Unpack[Look]) -> Chart:
    points = list(_points(3, 9.0))
    points[4] = TrendPoint("2015", 2015.0, None, status="unavailable")
    points[5] = TrendPoint("2016", 2016.0, None, status="withheld")
    points[8] = TrendPoint("2019", 2019.0, 8.0, is_approximate=True)
    breaks = (Mark(2015.0, "2015: ny regional indelning"), Mark(2022.58, "augusti 2022: böter tas bort"))
    operations = (Span(2013.3, 2013.5, "Insats Norr"), Span(2019.1, 2021.0, "Insats Hamnen"))
    return trend(points, breaks, operations, UNIT, is_home=True, **look)


def _multiples(**look: Unpack[Look]) -> Chart:
    names = ("Norr", "Mitt", "Stockholm", "Öst", "Väst", "Syd", "Bergslagen")
    panels = [Panel(name, _points(i * 7, 4.0 + i * 1.5, 2015), name == "Öst") for i, name in enumerate(names)]
    return small_multiples(panels, UNIT, breaks=(Mark(2022.58, "augusti 2022: böter tas bort"),), **look)


@cache
def map_values() -> dict[str, MapValue]:
    """Invented values for all 290, with every kind of absence among them."""
    values = {}
    for i, m in enumerate(municipalities()):
        share = wave(i, 3.7)
        if share < 0.08:
            values[m.code] = MapValue(None, ("withheld", "unavailable", "not_applicable")[i % 3])
        else:
            values[m.code] = MapValue(0.0 if share < 0.14 else 14.0 * share * wave(i, 1.1) + 0.5)
    return values


def _map(kind: Kind, **look: Unpack[Look]) -> Chart:
    cuts = (2.0, 4.0, 6.0, 8.0)
    return choropleth(map_values(), kind=kind, classes=cuts, home="0680", unit=UNIT, **look)


def _spans(**look: Unpack[Look]) -> Chart:
    rows = (
        SpanRow("Har någon gång", "påhittad enkät, 2 050 svarande", 9.4, 8.2, 10.7, "interval"),
        SpanRow("Har någon gång", "påhittad översikt", None, 8.0, 13.0, "span"),
        SpanRow("Senaste året", "påhittad webbpanel", 0.9, None, None, "point"),
        SpanRow("Har tagit emot", "påhittad översikt", None, None, 1.0, "span"),
    )
    return span_plot(rows, "procent av de tillfrågade (påhittat)", **look)


def _dots(**look: Unpack[Look]) -> Chart:
    years = ("2016", "2018", "2019", "2021", "2022")
    groups = {
        "Kvinnor": (90, 150, 190, 270, 230),
        "Män": (40, 44, 47, 130, 120),
        "Flickor": (None, 17, 21, 30, None),
    }
    groups["Pojkar"] = (None, 33, 24, 0, None)
    rows = [
        DotRow(
            name,
            tuple(
                DotValue(y, v, "observed" if v is not None else "unavailable")
                for y, v in zip(years, counts, strict=True)
            ),
        )
        for name, counts in groups.items()
    ]
    return dot_rows(rows, "påhittat antal personer", **look)


def _rounded(**look: Unpack[Look]) -> Chart:
    groups = (
        RoundedGroup("Norr", (RoundedRow("Kvinnor", 45, 41, 49), RoundedRow("Män", 10, 6, 14))),
        RoundedGroup("Väst", (RoundedRow("Kvinnor", 15, 11, 19), RoundedRow("Män", None, status="withheld"))),
    )
    return rounded_rows(groups, "påhittade människor, avrundat till femtal", **look)


MET = Reference(60.0, "60 mötta")


def _methods(**look: Unpack[Look]) -> Chart:
    rows = (
        MethodRow("stegvis val av modell", "interior", "konvergerade", 210, 120, 480, True),
        MethodRow("oberoende listor", "interior", "konvergerade", 250, 150, 430),
        MethodRow("stegvis, tröskel 1", "boundary", "på gränsen", 190),
        MethodRow("människor olika synliga", "unbounded", "utan övre gräns", None),
        MethodRow("dolda klasser", "not_converged", "konvergerade inte", None),
    )
    return method_panel(rows, MET, "påhittade människor", **look)


def _overlaps(**look: Unpack[Look]) -> Chart:
    rows = (OverlapRow((0,), 28), OverlapRow((1,), 21), OverlapRow((0, 1), 8), OverlapRow((0, 2), 3))
    return overlap_rows(("socialtjänsten", "polisen", "mottagningen"), rows, "påhittade människor", **look)


def _dial(**look: Unpack[Look]) -> Chart:
    points = [
        DialPoint(xi, 60 + 150 * xi, "som antaget: 210" if xi == 1 else "") for xi in (0.25, 0.5, 1, 2, 4)
    ]
    return assumption_dial(points, MET, "påhittade människor", **look)


CHARTS: tuple[tuple[str, str, Callable[..., Chart]], ...] = (
    ("intervals", "Björkhamn ligger över Granvik; Lillsund är för litet för att säga något om", _intervals),
    ("ratios", "Björkhamn ligger tydligt över Granvik", _ratios),
    ("funnel", "Nästan alla orter ligger där slumpen ensam kan lägga dem", _funnel),
    ("trend", "Talet har inte säkert ändrats", _trend),
    ("multiples", "Sju regioner på samma skala", _multiples),
    ("hexmap", "Talen varierar utan mönster", partial(_map, "hex")),
    ("truemap", "Talen varierar utan mönster, i kommunernas rätta former", partial(_map, "true")),
    ("spans", "Andelarna ligger mellan 1 och 13 procent", _spans),
    ("dots", "Kvinnor är flest bland dem som är kända", _dots),
    ("methods", "Metoderna är oense, och två ger inget tal alls", _methods),
    ("overlaps", "Elva av sextio står på fler än en lista", _overlaps),
    ("dial", "Talet hänger på ett antagande som ingen kan pröva", _dial),
    ("rounded", "Avrundade antal: i Norr är kvinnorna säkert fler än männen", _rounded),
)

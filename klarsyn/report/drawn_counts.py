"""Charts of counts over time, of survey shares, and of women, men, girls and boys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Final, Literal

from klarsyn.mapping.results import FigureResult
from klarsyn.report import numbers, texts
from klarsyn.report.drawing import Draw, Drawing
from klarsyn.report.figures import (
    Chart,
    DotRow,
    DotValue,
    Mark,
    Panel,
    Span,
    SpanRow,
    TrendPoint,
    decimal_year,
    dot_rows,
    small_multiples,
    span_plot,
    trend,
)
from klarsyn.sources.values import Measure
from smallcounts.results import Cell

Row = dict[str, Cell]
GROUPS: Final = (
    ("women", "Kvinnor", "Women"),
    ("men", "Män", "Men"),
    ("girls", "Flickor", "Girls"),
    ("boys", "Pojkar", "Boys"),
)


def _rows(figure: FigureResult, name: str) -> list[Row]:
    return next((t.to_rows() for t in figure.tables if t.name == name), [])


def _number(value: Cell) -> float | None:
    return None if value is None else float(value)


def _publishers(figure: FigureResult) -> dict[str, str]:
    return {s.key: s.publisher for s in figure.sources}


def series(figure: FigureResult, language: str) -> dict[str, Draw]:
    rows = _rows(figure, "series")
    return {"trend": partial(_trend, figure, rows)} if rows else {}


def _points(figure: FigureResult, rows: Sequence[Row]) -> tuple[TrendPoint, ...]:
    """Counts, not rates: the population moves little and is not known for every year. Sources are told apart
    only where two speak of the same year."""
    named, periods = _publishers(figure), [r["period"] for r in rows]
    return tuple(
        TrendPoint(
            period=str(r["period"]),
            year=float(str(r["period"])[:4]),
            value=_number(r["count"]),
            status=str(r.get("status", "observed")),
            is_approximate=bool(r.get("is_approximate")),
            label=_first(named, r) if periods.count(r["period"]) > 1 else "",
        )
        for r in rows
    )


def _first(named: dict[str, str], row: Row) -> str:
    key = str(row["source"]).split("|")[0]
    return named.get(key, key)


def _trend(figure: FigureResult, rows: Sequence[Row], d: Drawing) -> Chart:
    points = _points(figure, rows)
    marks = _marks(figure, points, d)
    spans = [
        Span(decimal_year(o.since), decimal_year(o.until), o.title_sv if d.language == "sv" else o.title_en)
        for o in figure.operations
    ]
    return trend(points, marks, spans, _unit(figure, d), **d.look(_said(points, d)))


def _marks(figure: FigureResult, points: Sequence[TrendPoint], d: Drawing) -> list[Mark]:
    """Breaks inside the series; one before or after it explains nothing here."""
    first, last = min(p.year for p in points), max(p.year for p in points) + 1
    marks = [
        Mark(decimal_year(b.on), b.title_sv if d.language == "sv" else b.title_en) for b in figure.breaks
    ]
    return [m for m in marks if first < m.year <= last]


def _unit(figure: FigureResult, d: Drawing) -> str:
    words = {
        Measure.REPORTED_OFFENCES: ("anmälda brott under året", "reported offences in the year"),
        Measure.CONVICTED_PERSONS: ("lagförda under året", "found guilty in the year"),
        Measure.SIMULATED: ("påhittade fall under året", "invented cases in the year"),
    }
    measures = figure.indicator.measures
    return d.say(*words.get(measures[0] if measures else Measure.SIMULATED, ("antal", "count")))


def _said(points: Sequence[TrendPoint], d: Drawing) -> str:
    unknown = d.say("inte känt", "not known")
    return "; ".join(
        f"{p.period} {numbers.count(p.value, d.language) if p.value is not None else unknown}"
        + (f" ({p.label})" if p.label else "")
        for p in points
    )


def regions(figure: FigureResult, language: str) -> dict[str, Draw]:
    rows = _rows(figure, "regions")
    return {"panels": partial(_panels, figure, rows)} if rows else {}


def _panels(figure: FigureResult, rows: Sequence[Row], d: Drawing) -> Chart:
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_name[str(row["name"])].append(row)
    panels = [Panel(numbers.region(name), _points(figure, own)) for name, own in by_name.items()]
    said = ". ".join(f"{p.title}: {_said(p.points, d)}" for p in panels)
    return small_multiples(panels, _unit(figure, d), **d.look(said))


def victims(figure: FigureResult, language: str) -> dict[str, Draw]:
    rows = _rows(figure, "victims")
    return {"dots": partial(_dots, rows)} if rows else {}


def _dots(rows: Sequence[Row], d: Drawing) -> Chart:
    groups = [
        DotRow(d.say(sv, en), tuple(_dot(str(r["period"]), _number(r[column])) for r in rows))
        for column, sv, en in GROUPS
    ]
    said = ". ".join(f"{g.label}: {_listed(g, d)}" for g in groups)
    return dot_rows(groups, unit=d.say("kända förmodade offer", "known presumed victims"), **d.look(said))


def _dot(period: str, value: float | None) -> DotValue:
    return DotValue(period, value, "observed" if value is not None else "unavailable")


def _listed(group: DotRow, d: Drawing) -> str:
    known = [f"{v.period} {numbers.count(v.value, d.language)}" for v in group.values if v.value is not None]
    return ", ".join(known) or d.say("anges inte", "not stated")


def shares(figure: FigureResult, language: str) -> dict[str, Draw]:
    rows = _rows(figure, "shares")
    return {"spans": partial(_spans, rows)} if rows else {}


def _spans(rows: Sequence[Row], d: Drawing) -> Chart:
    drawn = [
        SpanRow(
            label=_words(r["question"], d),
            note=", ".join(_words(v, d) for v in (r["population"], r["survey"]) if v),
            percent=_number(r["percent"]),
            lower=_number(r["lower"]),
            upper=_number(r["upper"]),
            kind=_kind(str(r["kind"])),
        )
        for r in rows
    ]
    said = "; ".join(f"{r.note}: {r.label} {_share(r, d)}" for r in drawn)
    return span_plot(drawn, **d.look(said))


def _words(value: Cell, d: Drawing) -> str:
    return texts.in_language(str(value), d.language)


def _kind(kind: str) -> Literal["interval", "span", "point"]:
    return "interval" if kind == "interval" else "span" if kind == "span" else "point"


def _share(row: SpanRow, d: Drawing) -> str:
    between = (
        ""
        if row.lower is None or row.upper is None
        else numbers.interval(row.lower, row.upper, d.language, numbers.percent)
    )
    point = "" if row.percent is None else numbers.percent(row.percent, d.language)
    return f"{point} ({between})" if point and between else point or between

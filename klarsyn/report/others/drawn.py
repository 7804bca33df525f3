"""A group drawn: one interval chart a year, and where years can be followed, small charts with the breaks."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from klarsyn.mapping.tables import alphabetical
from klarsyn.report import numbers
from klarsyn.report.drawing import Drawing
from klarsyn.report.figures import (
    Chart,
    IntervalRow,
    Mark,
    Panel,
    TrendPoint,
    decimal_year,
    interval_plot,
    small_multiples,
)
from klarsyn.report.others.comparing import Block, Group, Row

WIDE, NARROW = 720, 360
_STATUS = {"..": "withheld", ".": "not_applicable", "-": "unavailable"}
Pair = tuple[Chart, Chart]


def years(group: Group, block: Block, language: str, invented: bool) -> Pair | None:
    """Municipalities of one year on their intervals; None where no rate can be drawn."""
    if not any(r.rate is not None for r in block.rows):
        return None
    rows = [_interval(r, language) for r in block.rows]
    said = "; ".join(f"{r.label}: {r.note}" for r in rows)
    wide, narrow = (_setting(group, block.period, language, w, invented) for w in (WIDE, NARROW))
    unit = per(group.first.per, language)
    return (
        interval_plot(rows, None, unit, **wide.look(said)),
        interval_plot(rows, None, unit, **narrow.look(said)),
    )


def over_time(group: Group, language: str, invented: bool) -> Pair | None:
    """One small chart a municipality, all breaks drawn; None with fewer than two years."""
    if len(group.blocks) < 2 or not any(r.rate is not None for b in group.blocks for r in b.rows):
        return None
    held = {r.held.municipality: r.held for b in reversed(group.blocks) for r in b.rows}
    names = dict(sorted(held.items(), key=lambda one: (not one[1].is_home, alphabetical(one[1].name))))
    panels = [Panel(h.name, _points(group, code), h.is_home) for code, h in names.items()]
    marks = [Mark(decimal_year(date.fromisoformat(b["on"])), b[language]) for b in group.breaks]
    said = "; ".join(f"{p.title}: {', '.join(point.period for point in p.points)}" for p in panels)
    wide, narrow = (_setting(group, "tid", language, w, invented) for w in (WIDE, NARROW))
    unit = per(group.first.per, language)
    return (
        small_multiples(panels, unit, breaks=marks, **wide.look(said)),
        small_multiples(panels, unit, breaks=marks, **narrow.look(said)),
    )


def per(number: int, language: str) -> str:
    """The unit of a rate in words."""
    return _("per %(n)s invånare") % {"n": numbers.count(number, language)}


def _interval(row: Row, language: str) -> IntervalRow:
    figure, label = row.figure, row.held.name
    if row.rate is None:
        return IntervalRow(
            label, None, None, None, row.held.is_home, status=_STATUS.get(figure.symbol, "unavailable")
        )
    note = f"{numbers.count(figure.count or 0, language)} / {numbers.count(figure.population or 0, language)}"
    return IntervalRow(label, row.rate, row.lower, row.upper, row.held.is_home, note)


def _points(group: Group, municipality: str) -> tuple[TrendPoint, ...]:
    mine = [r for b in reversed(group.blocks) for r in b.rows if r.held.municipality == municipality]
    return tuple(
        TrendPoint(
            r.figure.period,
            float(r.figure.period),
            r.rate,
            r.lower,
            r.upper,
            status="observed" if r.rate is not None else _STATUS.get(r.figure.symbol, "unavailable"),
        )
        for r in mine
    )


def _setting(group: Group, part: str, language: str, width: int, invented: bool) -> Drawing:
    title = group.first.title[language]
    return Drawing(
        f"andra-{group.indicator}-{part}-{width}".replace("_", "-"),
        title,
        part,
        "en" if language == "en" else "sv",
        width,
        "light",
        heading=False,
        invented=invented,
    )

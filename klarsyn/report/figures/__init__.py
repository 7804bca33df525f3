"""Charts of the report: pure functions, rows in, one SVG with its text alternative out."""

from klarsyn.report.figures.classes import rounded_quantiles
from klarsyn.report.figures.dial import assumption_dial
from klarsyn.report.figures.dots import dot_rows
from klarsyn.report.figures.funnel import funnel_plot
from klarsyn.report.figures.intervals import interval_plot
from klarsyn.report.figures.maps import choropleth
from klarsyn.report.figures.methods import method_panel
from klarsyn.report.figures.model import (
    BadFigure,
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
from klarsyn.report.figures.timeline import decimal_year
from klarsyn.report.figures.trends import trend

__all__ = [
    "BadFigure",
    "Chart",
    "ChartText",
    "DialPoint",
    "DotRow",
    "DotValue",
    "FunnelLimit",
    "FunnelPoint",
    "Ground",
    "IntervalRow",
    "Language",
    "Look",
    "MapValue",
    "Mark",
    "MethodRow",
    "OverlapRow",
    "Panel",
    "Reference",
    "RoundedGroup",
    "RoundedRow",
    "Span",
    "SpanRow",
    "TrendPoint",
    "assumption_dial",
    "choropleth",
    "decimal_year",
    "dot_rows",
    "funnel_plot",
    "interval_plot",
    "method_panel",
    "overlap_rows",
    "rounded_quantiles",
    "rounded_rows",
    "small_multiples",
    "span_plot",
    "trend",
]

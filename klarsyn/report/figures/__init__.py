"""Charts of the report: pure functions, rows in, one SVG with its text alternative out."""

from klarsyn.report.figures.classes import rounded_quantiles
from klarsyn.report.figures.dots import dot_rows
from klarsyn.report.figures.funnel import funnel_plot
from klarsyn.report.figures.intervals import interval_plot
from klarsyn.report.figures.maps import choropleth
from klarsyn.report.figures.model import (
    BadFigure,
    Chart,
    ChartText,
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
    Panel,
    Reference,
    RoundedGroup,
    RoundedRow,
    Span,
    SpanRow,
    TrendPoint,
)
from klarsyn.report.figures.multiples import small_multiples
from klarsyn.report.figures.rounded import rounded_rows
from klarsyn.report.figures.spans import span_plot
from klarsyn.report.figures.timeline import decimal_year
from klarsyn.report.figures.trends import trend

__all__ = [
    "BadFigure",
    "Chart",
    "ChartText",
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
    "Panel",
    "Reference",
    "RoundedGroup",
    "RoundedRow",
    "Span",
    "SpanRow",
    "TrendPoint",
    "choropleth",
    "decimal_year",
    "dot_rows",
    "funnel_plot",
    "interval_plot",
    "rounded_quantiles",
    "rounded_rows",
    "small_multiples",
    "span_plot",
    "trend",
]

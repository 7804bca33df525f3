"""What goes into a chart and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Required, TypedDict

Language = Literal["sv", "en"]
Ground = Literal["light", "dark"]


class BadFigure(ValueError):
    """The rows cannot be drawn honestly: the message names the row and what is wrong with it."""


ABSENT: Final = ("withheld", "unavailable", "not_applicable")


def check_absence(status: str, what: str) -> None:
    """Raises BadFigure unless `status` says why a value is not there."""
    if status not in ABSENT:
        raise BadFigure(f"{what}: no value, and the status {status!r} does not say why")


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished picture: `svg` is one `<svg>` element, ready for a page, a PDF or a file of its own."""

    svg: str
    title: str
    description: str
    width: int = 0  # of the viewBox; 0 only in hand-made charts
    height: int = 0


@dataclass(frozen=True, slots=True)
class ChartText:
    """The words of a chart. `title` states the finding; `description` is what a listener hears instead."""

    title: str
    subtitle: str  # measure, place, time
    description: str


class Look(TypedDict, total=False):
    """What every chart takes besides its rows. `text` and `id` are required; `id` is unique in the page."""

    text: Required[ChartText]
    id: Required[str]
    language: Language  # "sv"
    width: int  # 720 page, 360 narrow, 1600 slide; any width from 280 works
    ground: Ground  # "light"; "dark" = ink ground for the council hall
    heading: bool  # False; True draws title and subtitle in the picture, for a file that stands alone
    invented: bool  # False; True marks the picture PÅHITTADE TAL / INVENTED FIGURES


@dataclass(frozen=True, slots=True)
class Reference:
    """A comparison value: a thin dashed line, named in place."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One place with its estimate. `value` None needs a `status` that says why."""

    label: str
    value: float | None
    lower: float | None
    upper: float | None  # may be inf: drawn as an arrow
    is_home: bool = False
    note: str = ""  # small line under the label: "17 dömda, 141 081 invånare"
    ring: float | None = None  # shrunken estimate
    status: str = "observed"  # observed | withheld | unavailable | not_applicable


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One place: how many live there and its rate."""

    label: str
    population: float
    rate: float
    is_home: bool = False


FunnelLimit = tuple[
    float, float, float, float, float, float
]  # population, low998, low95, target, high95, high998


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period. `year` is where the period begins (2019.0 = 1 January 2019), `length` in years."""

    period: str  # as printed on the axis: "2019"
    year: float
    value: float | None
    lower: float | None = None
    upper: float | None = None
    status: str = "observed"
    is_approximate: bool = False
    label: str = ""  # the source, where two sources give the same period: "SVT"
    length: float = 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A break in the series: decimal year (2011.5 = 1 July 2011) and the reason."""

    year: float
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """A police operation: from, until (decimal years) and its name."""

    start: float
    end: float
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several small charts on the same scale."""

    title: str
    points: tuple[TrendPoint, ...]
    is_home: bool = False


@dataclass(frozen=True, slots=True)
class MapValue:
    """One municipality on the map. `value` 0 is a real zero and has its own mark."""

    value: float | None
    status: str = "observed"  # observed | withheld | unavailable | not_applicable


@dataclass(frozen=True, slots=True)
class SpanRow:
    """A survey share in percent: with its interval, as a published span, or as a bare point."""

    label: str
    note: str
    percent: float | None
    lower: float | None
    upper: float | None
    kind: Literal["interval", "span", "point"]
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class DotValue:
    """A count in a period."""

    period: str
    value: float | None
    status: str = "observed"
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class DotRow:
    """One group over the periods: "Kvinnor", "Män", "Flickor", "Pojkar"."""

    label: str
    values: tuple[DotValue, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class RoundedRow:
    """A protected count: the published value, and the limits the true one lies within.

    `value` None needs a `status` that says why. Limits equal to the value: the count is not rounded.
    """

    label: str
    value: int | None
    lower: int = 0
    upper: int = 0
    status: str = "observed"  # observed | withheld | unavailable | not_applicable


@dataclass(frozen=True, slots=True)
class RoundedGroup:
    """Rows under one heading: the parts of a town, the ages of women."""

    label: str
    rows: tuple[RoundedRow, ...]


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One method's answer. `state` says how the calculation went, `word` the same for the reader.

    `value` None: no number is shown. `carries`: whether the published answer rests on it.
    """

    label: str
    state: str  # interior | boundary | unbounded | not_converged | refused | withheld_by_rule
    word: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    carries: bool = False


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """Persons on exactly these lists: `on` are places in the names of the lists."""

    on: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DialPoint:
    """The total if the assumption were off by a factor `xi`; `label` names the point, "" = none."""

    xi: float
    total: float
    label: str = ""

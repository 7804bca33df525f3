"""Charts of the published figures that the report draws, and hostile ones: shared by the tests here."""

from __future__ import annotations

import math
from collections.abc import Callable

from klarsyn.report.figures import (
    Chart,
    ChartText,
    DialPoint,
    DotRow,
    DotValue,
    FunnelLimit,
    FunnelPoint,
    IntervalRow,
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
    assumption_dial,
    choropleth,
    dot_rows,
    funnel_plot,
    interval_plot,
    method_panel,
    overlap_rows,
    rounded_rows,
    small_multiples,
    span_plot,
    trend,
)
from klarsyn.report.figures.geo import municipalities

TEXT = ChartText(
    "Jönköping ligger över Göteborg", "Dömda 2019", "Jönköping 12,1, Malmö 6,4 och Göteborg 3,8."
)
UNIT = "dömda per 100 000 invånare"
WIDTHS = (720, 360, 1600)

# Sveriges Radio's count of 2019 by way of jnytt 2021, population by Statistics Sweden, exact intervals.
THREE = (
    IntervalRow("Jönköping", 12.05, 7.02, 19.29, True, "17 dömda, 141 081 invånare"),
    IntervalRow("Göteborg", 3.80, 2.38, 5.75, False, "22 dömda, 579 281 invånare"),
    IntervalRow("Malmö", 6.39, 4.01, 9.68, False, "22 dömda, 344 166 invånare"),
)
THREE_POINTS = (
    FunnelPoint("Jönköping", 141_081, 12.05, True),
    FunnelPoint("Göteborg", 579_281, 3.80),
    FunnelPoint("Malmö", 344_166, 6.39),
)
# Two sources for Stockholm 2019 (SVT 2021 and polisen.se 2020), one for 2020.
STOCKHOLM = (
    TrendPoint("2019", 2019.0, 163, 138.9, 190.0, label="SVT"),
    TrendPoint("2019", 2019.0, 173, 148.2, 200.8, label="polisen.se"),
    TrendPoint("2020", 2020.0, 327, 292.5, 364.4, label="SVT"),
)
NATION = (
    TrendPoint("2007", 2007.0, 80, 63.4, 99.6),
    *(TrendPoint(str(y), float(y), None, status="unavailable") for y in range(2008, 2019)),
    TrendPoint("2019", 2019.0, 300, is_approximate=True),
    TrendPoint("2020", 2020.0, 456, 415.1, 499.8),
    TrendPoint("2021", 2021.0, 715, 663.5, 769.4),
)
BREAKS = (
    Mark(2011.496, "juli 2011: maxstraffet höjs till ett år"),
    Mark(2015.0, "2015: polisregioner i stället för län"),
    Mark(2022.58, "augusti 2022: böter tas bort"),
)
OPERATIONS = (
    Span(2020.33, 2020.42, "Insats i Stockholm, maj 2020"),
    Span(2019.0, 2020.99, "Väst, uppbyggnad"),
)
# Known to the regional coordinators, as published year by year; None = not stated.
YEARS = ("2016", "2018", "2019", "2021", "2022", "2023", "2024")
VICTIMS = {
    "Kvinnor": (100, 163, 202, 289, 223, None, None),
    "Män": (42, 42, 46, 142, 139, None, None),
    "Flickor": (None, 19, 23, 32, None, None, None),
    "Pojkar": (None, 38, 26, 21, None, None, None),
}


def limits(target: float, low: float = 100_000, high: float = 1_000_000) -> tuple[FunnelLimit, ...]:
    """Rough limits on the square-root scale: enough for a picture."""
    rows = []
    for i in range(60):
        population = low * (high / low) ** (i / 59)
        root = math.sqrt(population / 1e5 * target)
        at = [max(0.0, root + z / 2) ** 2 / population * 1e5 for z in (-3.09, -1.96, 1.96, 3.09)]
        rows.append((population, at[0], at[1], target, at[2], at[3]))
    return tuple(rows)


def intervals(width: int = 720, id: str = "a") -> Chart:
    return interval_plot(
        THREE, Reference(5.73, "de tre tillsammans 5,7"), UNIT, text=TEXT, id=id, width=width
    )


def ratios(width: int = 720, id: str = "b") -> Chart:
    rows = (
        IntervalRow("Jönköping / Göteborg", 3.17, 1.66, 5.99, True),
        IntervalRow("Jönköping / Malmö", 1.89, 0.99, 3.56),
        IntervalRow("Malmö / Ödeshög", 1.2, 0.0, math.inf),
    )
    return interval_plot(rows, Reference(1, "lika"), "kvot", log=True, text=TEXT, id=id, width=width)


def funnel(width: int = 720, id: str = "c") -> Chart:
    return funnel_plot(
        THREE_POINTS, limits(5.73), UNIT, text=TEXT, id=id, width=width, target_label="de tre 5,7"
    )


def nation(width: int = 720, id: str = "d") -> Chart:
    return trend(NATION, BREAKS, OPERATIONS, "lagförda personer", text=TEXT, id=id, width=width)


def stockholm(width: int = 720, id: str = "e") -> Chart:
    return trend(STOCKHOLM, (), (), "anmälda brott", text=TEXT, id=id, width=width)


def regions(width: int = 720, id: str = "f") -> Chart:
    counts = {"Stockholm": (163, 327), "Syd": (99, 142), "Väst": (43, 135)}
    panels = [
        Panel(
            name,
            (
                TrendPoint("2019", 2019.0, a, a * 0.8, a * 1.2),
                TrendPoint("2020", 2020.0, b, b * 0.9, b * 1.1),
            ),
        )
        for name, (a, b) in counts.items()
    ]
    return small_multiples(panels, "anmälda brott", text=TEXT, id=id, width=width)


def coverage(width: int = 720, id: str = "g") -> Chart:
    known = {"0680": MapValue(12.05), "1480": MapValue(3.80), "1280": MapValue(6.39)}
    return choropleth(
        known, kind="hex", classes=(5.0, 10.0), home="0680", unit=UNIT, text=TEXT, id=id, width=width
    )


def all_values(width: int = 720, id: str = "h") -> Chart:
    statuses = ("withheld", "unavailable", "not_applicable")
    values = {m.code: MapValue(float(i % 23)) for i, m in enumerate(municipalities())}
    values |= {m.code: MapValue(None, statuses[i % 3]) for i, m in enumerate(municipalities()) if i % 17 == 0}
    return choropleth(
        values,
        kind="true",
        classes=(4, 8, 12, 16),
        home="0680",
        unit=UNIT,
        text=TEXT,
        id=id,
        width=width,
        invented=True,
    )


def prevalence(width: int = 720, id: str = "i") -> Chart:
    rows = (
        SpanRow(
            "Någon gång betalat för sex", "män 16–84, SRHR2017, 6 048 svarande", 9.5, 8.8, 10.3, "interval"
        ),
        SpanRow("Någon gång köpt sex", "män 18–65, Länsstyrelsen 2014, webbpanel", 7.5, None, None, "point"),
        SpanRow("Någon gång gett ersättning", "män, Folkhälsomyndighetens översikt", None, 8, 13, "span"),
        SpanRow("Fått ersättning", "befolkningen, Folkhälsomyndighetens översikt", None, None, 1, "span"),
        SpanRow("Senaste köpet skedde utomlands", "män, omkring 8 av 10", 80, None, None, "point", True),
    )
    return span_plot(rows, "procent", text=TEXT, id=id, width=width)


def victims(width: int = 720, id: str = "j") -> Chart:
    rows = [
        DotRow(
            name,
            tuple(
                DotValue(year, count, "unavailable" if count is None else "observed")
                for year, count in zip(YEARS, counts, strict=True)
            ),
        )
        for name, counts in VICTIMS.items()
    ]
    return dot_rows(rows, "personer kända för regionkoordinatorerna", text=TEXT, id=id, width=width)


# Invented people rounded to fives; one cell hidden, one zero.
GROUPS = (
    RoundedGroup("Norra stadsdelarna", (RoundedRow("Kvinnor", 45, 41, 49), RoundedRow("Män", 10, 6, 14))),
    RoundedGroup("Västra stadsdelarna", (RoundedRow("Kvinnor", 15, 11, 19), RoundedRow("Män", 0, 0, 4),
                                         RoundedRow("Transpersoner och andra", None, status="withheld"))),
)  # fmt: skip


def protected(width: int = 720, id: str = "k") -> Chart:
    return rounded_rows(GROUPS, "människor, avrundat till femtal", text=TEXT, id=id, width=width)


# United Kingdom 2013 by five lists (Silverman 2014): some methods, some combinations of lists.
METHODS = (
    MethodRow("stegvis val av modell", "interior", "konvergerade", 11310, 9130, 15510, True),
    MethodRow("bästa modell enligt BIC", "interior", "konvergerade", 25310, 10870, 51350, True),
    MethodRow("oberoende listor", "interior", "konvergerade", 13440, 11980, 15170),
    MethodRow("stegvis, tröskel 1", "boundary", "på gränsen", 11230),
    MethodRow("människor olika synliga", "unbounded", "utan övre gräns", None),
    MethodRow("dolda klasser", "not_converged", "konvergerade inte", None),
    MethodRow("täckningsgrad", "withheld_by_rule", "regeln håller inne talet", None),
)
LISTS = ("statliga myndigheter", "allmänheten", "lokala myndigheter", "ideella organisationer", "polisen")
CELLS = (OverlapRow((4,), 995), OverlapRow((0, 4), 76), OverlapRow((1, 3), 1), OverlapRow((0, 2, 3, 4), 1))
MET = Reference(2744, "2 744 mötta")
DIAL = (DialPoint(0.25, 4890), DialPoint(0.34, 5656, "hälften vid 0,34"), DialPoint(1, 11310, "som antaget: 11 310"),
        DialPoint(2.32, 22620, "dubbelt vid 2,32"), DialPoint(4, 37020))  # fmt: skip


def methods(width: int = 720, id: str = "l") -> Chart:
    return method_panel(METHODS, MET, "människor", text=TEXT, id=id, width=width)


def overlaps(width: int = 720, id: str = "m") -> Chart:
    return overlap_rows(LISTS, CELLS, "Stapel: människor", text=TEXT, id=id, width=width)


def dial(width: int = 720, id: str = "n") -> Chart:
    return assumption_dial(DIAL, MET, "människor enligt en metod", text=TEXT, id=id, width=width)


PUBLISHED: dict[str, Callable[..., Chart]] = {
    f.__name__: f
    for f in (
        intervals,
        ratios,
        funnel,
        nation,
        stockholm,
        regions,
        coverage,
        all_values,
        prevalence,
        victims,
        protected,
        methods,
        overlaps,
        dial,
    )
}

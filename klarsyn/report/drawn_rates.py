"""Charts of rates: intervals, ratios, funnel, hexagon map, true map, expected counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final, Literal

from klarsyn.mapping.results import FigureResult
from klarsyn.report import numbers
from klarsyn.report.drawing import Draw, Drawing
from klarsyn.report.figures import (
    Chart,
    FunnelPoint,
    IntervalRow,
    MapValue,
    Reference,
    choropleth,
    funnel_plot,
    interval_plot,
    rounded_quantiles,
)
from smallcounts.results import Cell

FEW: Final = 12  # places that can be drawn one by one
Rows = Sequence[dict[str, Cell]]


def rows_of(figure: FigureResult, name: str) -> list[dict[str, Cell]]:
    return next((t.to_rows() for t in figure.tables if t.name == name), [])


def compared(figure: FigureResult, language: str) -> dict[str, Draw]:
    """Few places: their intervals and ratios. Many: home computed in several ways. Then funnel and maps."""
    rates, ratios, funnel = (rows_of(figure, n) for n in ("rates", "ratios", "funnel"))
    many = len(rates) > FEW
    plans: dict[str, Draw] = {}
    if rates and not many:
        plans["intervals"] = partial(_intervals, rates, funnel)
    if many:
        plans["smoothed"] = partial(_smoothed, figure)
    if ratios and all(r["upper"] is not None for r in ratios):
        plans["ratios"] = partial(_ratios, ratios)
    if funnel:
        plans["funnel"] = partial(_funnel, rates, funnel)
    values = _map_values(figure)
    if values:
        home = next((str(r["area"]) for r in rates if r["is_home"]), "")
        kind = "_smoothed" if rows_of(figure, "spatial") else ""
        plans[f"hex{kind}"] = partial(_map, "hex", values, home)
        plans[f"map{kind}"] = partial(_map, "true", values, home)
    return plans


def unit(d: Drawing) -> str:
    return d.say("per 100 000 invånare", "per 100,000 inhabitants")


def _f(value: Cell) -> float:
    return float(value or 0)


def _o(value: Cell) -> float | None:
    return None if value is None else float(value)


def _note(row: dict[str, Cell], d: Drawing) -> str:
    count, people = (
        numbers.count(_f(row["count"]), d.language),
        numbers.count(_f(row["population"]), d.language),
    )
    return d.say(f"{count} av {people} invånare", f"{count} of {people} inhabitants")


def _read(row: dict[str, Cell], d: Drawing, name: str = "name", value: str = "rate") -> str:
    write = numbers.ratio if value == "ratio" else numbers.rate
    between = numbers.interval(_f(row["lower"]), _f(row["upper"]), d.language, write)
    return f"{row[name]} {write(_f(row[value]), d.language)} ({between})"


def _intervals(rates: Rows, funnel: Rows, d: Drawing) -> Chart:
    rows = [
        IntervalRow(
            label=str(r["name"]),
            value=_o(r["rate"]),
            lower=_o(r["lower"]),
            upper=_o(r["upper"]),
            is_home=bool(r["is_home"]),
            note=_note(r, d),
        )
        for r in rates
    ]
    reference = None
    if funnel and len(rates) > 1:
        level = _f(funnel[0]["target"])
        said = numbers.rate(level, d.language)
        reference = Reference(
            level, d.say(f"kommunerna tillsammans {said}", f"the municipalities together {said}")
        )
    return interval_plot(rows, reference, unit(d), **d.look("; ".join(_read(r, d) for r in rates)))


def _smoothed(figure: FigureResult, d: Drawing) -> Chart:
    names = {
        "rates": d.say("Uppmätt", "Measured"),
        "shrunken": d.say("Utjämnat mot alla", "Smoothed towards all"),
        "spatial": d.say("Utjämnat mot grannar", "Smoothed towards neighbours"),
    }
    found = [(label, rows[0]) for name, label in names.items() if (rows := rows_of(figure, name))]
    drawn = [
        IntervalRow(label, _o(r["rate"]), _o(r["lower"]), _o(r["upper"]), is_home=True, note=str(r["name"]))
        for label, r in found
    ]
    said = "; ".join(f"{label}: {_read(r, d)}" for label, r in found)
    return interval_plot(drawn, None, unit(d), **d.look(said))


def _ratios(ratios: Rows, d: Drawing) -> Chart:
    against = d.say("mot", "against")
    rows = [
        IntervalRow(
            f"{r['name_a']} {against} {r['name_b']}",
            _o(r["ratio"]),
            _o(r["lower"]),
            _o(r["upper"]),
            is_home=True,
        )
        for r in ratios
    ]
    said = "; ".join(f"{against} {_read(r, d, 'name_b', 'ratio')}" for r in ratios)
    reference = Reference(1.0, d.say("1 = lika", "1 = equal"))
    words = d.say("gånger det andra talet", "times the other rate")
    return interval_plot(rows, reference, words, log=True, **d.look(said))


def _funnel(rates: Rows, funnel: Rows, d: Drawing) -> Chart:
    points = [
        FunnelPoint(str(r["name"]), _f(r["population"]), _f(r["rate"]), bool(r["is_home"])) for r in rates
    ]
    limits = [
        (
            _f(r["population"]),
            _f(r["low_998"]),
            _f(r["low_95"]),
            _f(r["target"]),
            _f(r["high_95"]),
            _f(r["high_998"]),
        )
        for r in funnel
    ]
    outside = [r for r in rates if not _is_inside(r, funnel)]
    if len(outside) <= FEW:
        names = numbers.listing([str(r["name"]) for r in outside], d.language) or d.say("ingen", "none")
    else:
        names = d.say(
            f"{len(outside)} av {len(rates)} kommuner", f"{len(outside)} of {len(rates)} municipalities"
        )
    said = d.say(
        f"Utanför det fält där 95 av 100 hamnar av slump ligger: {names}.",
        f"Outside the field where chance puts 95 of 100 lie: {names}.",
    )
    label = d.say("gemensam nivå", "common level")
    return funnel_plot(points, limits, unit(d), target_label=label, **d.look(said))


def _is_inside(rate: dict[str, Cell], funnel: Rows) -> bool:
    near = min(funnel, key=lambda r: abs(_f(r["population"]) - _f(rate["population"])))
    return _f(near["low_95"]) <= _f(rate["rate"]) <= _f(near["high_95"])


def _map_values(figure: FigureResult) -> dict[str, MapValue]:
    smooth = {str(r["area"]): _o(r["rate"]) for r in rows_of(figure, "spatial")}
    return {
        str(r["area"]): MapValue(smooth.get(str(r["area"]), _o(r["rate"])), str(r["status"]))
        for r in rows_of(figure, "coverage")
    }


def _map(kind: Literal["true", "hex"], values: dict[str, MapValue], home: str, d: Drawing) -> Chart:
    known = [v.value for v in values.values() if v.value is not None]
    cuts = rounded_quantiles(known) if len(known) > FEW else _three(known)
    missing = sum(1 for v in values.values() if v.status == "unavailable")
    said = d.say(
        f"Karta över {len(values)} kommuner. {len(known)} har ett tal, {missing} saknar uppgift.",
        f"Map of {len(values)} municipalities. {len(known)} have a rate, {missing} have no figure.",
    )
    return choropleth(values, kind=kind, classes=cuts, home=home, unit=unit(d), **d.look(said))


def _three(known: Sequence[float]) -> tuple[float, ...]:
    """With a handful of values, whole numbers that part the lowest from the highest."""
    if len(known) < 2 or max(known) - min(known) < 2:
        return ()
    low, high = min(known), max(known)
    return tuple(sorted({round(low + (high - low) * share) for share in (1 / 3, 2 / 3)}))


def expected(figure: FigureResult, language: str) -> dict[str, Draw]:
    return {"expected": partial(_expected, by_size(rows_of(figure, "expected")))}


def by_size(rows: Rows) -> list[dict[str, Cell]]:
    """Home, and the largest, the middle and the smallest by population: chosen by size, never by outcome."""
    ordered = sorted(rows, key=lambda r: -_f(r["population"]))
    picked = [rows[0], ordered[0], ordered[len(ordered) // 2], ordered[-1]]
    return list({str(r["area"]): r for r in picked}.values())


def _expected(rows: Rows, d: Drawing) -> Chart:
    drawn = [
        IntervalRow(
            label=str(r["name"]),
            value=_o(r["expected"]),
            lower=min(_f(r["lower"]), _f(r["expected"])),
            upper=max(_f(r["upper"]), _f(r["expected"])),
            is_home=i == 0,
            note=d.say("", "")
            + numbers.count(_f(r["population"]), d.language)
            + d.say(" invånare", " inhabitants"),
        )
        for i, r in enumerate(rows)
    ]
    said = "; ".join(_few(r, d) for r in rows)
    return interval_plot(
        drawn,
        None,
        d.say("lagförda under ett år", "found guilty in a year"),
        decimals=1,
        **d.look(said),
    )


def _few(row: dict[str, Cell], d: Drawing) -> str:
    """Expected with the counts chance mostly gives: whole numbers."""
    between = numbers.interval(_f(row["lower"]), _f(row["upper"]), d.language, numbers.count)
    return f"{row['name']} {numbers.mean(_f(row['expected']), d.language)} ({between})"

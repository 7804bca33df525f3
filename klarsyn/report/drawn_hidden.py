"""Charts of the hidden number: methods side by side, who stands on which lists, the assumption dial."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from klarsyn.mapping.results import FigureResult
from klarsyn.report import hidden_words, numbers, sentences, texts
from klarsyn.report.drawing import Draw, Drawing
from klarsyn.report.figures import (
    Chart,
    DialPoint,
    MethodRow,
    OverlapRow,
    Reference,
    assumption_dial,
    method_panel,
    overlap_rows,
)
from smallcounts.results import Cell

MOST: Final = 24  # combinations of lists that are drawn; all stand in the table
Row = dict[str, Cell]


def hidden(figure: FigureResult, language: str) -> dict[str, Draw]:
    """The overlap first, since all rests on it; then the methods, and the dial where any total is shown."""
    methods, cells, turned = (_rows(figure, f"hidden_{name}") for name in ("methods", "overlap", "dial"))
    plans: dict[str, Draw] = {}
    if cells:
        plans["hidden_overlap"] = partial(_overlap, figure, cells)
    if methods:
        plans["hidden_methods"] = partial(_methods, figure, methods)
    if len(turned) > 1:
        plans["hidden_dial"] = partial(_dial, figure, turned)
    return plans


def _rows(figure: FigureResult, name: str) -> list[Row]:
    return next((t.to_rows() for t in figure.tables if t.name == name), [])


def _verdict(figure: FigureResult, d: Drawing) -> str:
    """What the rule allows, said in every picture that holds a number."""
    return sentences.sentence(figure.findings[0], figure, d.language)


def _people(figure: FigureResult) -> int:
    return int(figure.findings[0].get("observed"))


def _met(figure: FigureResult, d: Drawing) -> Reference:
    met = _people(figure)
    many = numbers.count(met, d.language)
    return Reference(float(met), d.say(f"{many} mötta", f"{many} met"))


def _overlap(figure: FigureResult, cells: Sequence[Row], d: Drawing) -> Chart:
    lists = [str(row["on_list"]) for row in _rows(figure, "hidden_lists")]
    drawn = [
        OverlapRow(
            tuple(lists.index(name) for name in str(c["on_lists"]).split(hidden_words.JOINT)), _i(c["count"])
        )
        for c in cells[:MOST]
    ]
    said = "; ".join(
        f"{hidden_words.listed_all(str(c['on_lists']), d.language)}: "
        f"{numbers.count(_i(c['count']), d.language)}"
        for c in cells[:MOST]
    )
    named = [hidden_words.listed(name, d.language) for name in lists]
    return overlap_rows(named, drawn, d.say("Stapel: människor", "Bar: people"), **d.look(said))


def _methods(figure: FigureResult, found: Sequence[Row], d: Drawing) -> Chart:
    drawn = [
        MethodRow(
            label=_word(row["estimator"], d),
            state=str(row["state"]),
            word=_word(row["state"], d) + _bare(row, d),
            value=_f(row["estimate"]),
            lower=_f(row["lower"]),
            upper=_f(row["upper"]),
            carries=row["counts_in"] == "counts",
        )
        for row in found
    ]
    said = "; ".join(f"{r.label}, {r.word}{_number(r, d)}" for r in drawn)
    unit = d.say("människor, mötta och inte mötta tillsammans", "people, met and not met together")
    return method_panel(drawn, _met(figure, d), unit, **d.look(f"{_verdict(figure, d)} {said}."))


def _bare(row: Row, d: Drawing) -> str:
    """Said of a total that has no limits of its own: it may not carry an answer."""
    if row["estimate"] is None or row["lower"] is not None:
        return ""
    return d.say(", utan intervall", ", without an interval")


def _number(row: MethodRow, d: Drawing) -> str:
    if row.value is None:
        return ""
    said = f": {numbers.count(row.value, d.language)}"
    if row.lower is None or row.upper is None:
        return said
    return f"{said} ({numbers.interval(row.lower, row.upper, d.language, numbers.count)})"


def _dial(figure: FigureResult, turned: Sequence[Row], d: Drawing) -> Chart:
    points = [DialPoint(_f(r["xi"]) or 1.0, _f(r["estimate"]) or 0.0) for r in turned]
    base = next(p.total for p in points if p.xi == 1.0)
    points = [p for p in points if p.xi != 1.0] + [DialPoint(1.0, base, d.say("som antaget", "as assumed"))]
    points += _turning(figure, base, d)
    said = "; ".join(
        f"{numbers.ratio(p.xi, d.language)}: {numbers.count(p.total, d.language)}"
        for p in sorted(points, key=lambda p: p.xi)
    )
    unit = d.say("människor enligt stegvis val av modell", "people by the model chosen step by step")
    return assumption_dial(points, _met(figure, d), unit, **d.look(f"{_verdict(figure, d)} {said}."))


def _turning(figure: FigureResult, base: float, d: Drawing) -> list[DialPoint]:
    """The factors that halve and double the answer, where they lie on the dial."""
    told = next((f for f in figure.findings if f.code == "hidden_dial"), None)
    if told is None:
        return []
    words = {"halves": (0.5, "hälften vid", "half at"), "doubles": (2.0, "dubbelt vid", "double at")}
    found = [(float(told.get(name)), *words[name]) for name in words]
    return [
        DialPoint(xi, base * times, f"{d.say(sv, en)} {numbers.ratio(xi, d.language)}")
        for xi, times, sv, en in found
        if 0.25 <= xi <= 4
    ]


def _word(value: Cell, d: Drawing) -> str:
    return str(texts.read("tables")["values"][str(value)][d.language])


def _f(value: Cell) -> float | None:
    return None if value is None else float(value)


def _i(value: Cell) -> int:
    return int(value or 0)

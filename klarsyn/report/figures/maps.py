"""The 290 municipalities, as hexagons of equal weight or in their true outlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, Unpack

from klarsyn.report.figures import marks
from klarsyn.report.figures.classes import class_of
from klarsyn.report.figures.geo import Municipality, municipalities
from klarsyn.report.figures.labels import Box
from klarsyn.report.figures.maplabels import Wanted, draw_labels
from klarsyn.report.figures.mapshapes import Field, field_of
from klarsyn.report.figures.model import BadFigure, Chart, Look, MapValue
from klarsyn.report.figures.numbers import check, decimals_for, number
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.svg import leading, middle, n
from klarsyn.report.figures.text import shorten, width, wrap

Kind = Literal["true", "hex"]
NAMED: Final = 6  # up to so many values are named on the map; beyond it the home municipality alone
_ABSENT: Final = MapValue(None, "unavailable")
_STATUSES: Final = ("zero", "withheld", "unavailable", "not_applicable")


@dataclass(frozen=True, slots=True)
class Group:
    """The municipalities that look alike: a class ("c1" …) or a status."""

    look: str
    word: str
    codes: tuple[str, ...]


def choropleth(
    values: Mapping[str, MapValue],
    *,
    kind: Kind = "hex",
    classes: Sequence[float],
    home: str,
    unit: str,
    **look: Unpack[Look],
) -> Chart:
    """A map in at most five classes. A municipality that `values` does not name is drawn as unavailable.

    `classes` are 0 to 4 rising cuts; a value equal to a cut belongs to the class above it. Zero, withheld, unavailable and
    not applicable have marks of their own. Raises BadFigure for cuts out of order, unknown codes and NaN.
    """
    _check(values, classes, home)
    on = sheet(corner=True, **look)
    groups = _groups(on, values, classes)
    field = field_of(on, kind, _legend_width(on, groups))
    legend, below = "", field.bottom
    taken: list[Box] = []
    if on.sizes.is_narrow:
        legend, below = _legend(on, groups, unit, field, 0, field.bottom + on.sizes.step * 2, on.width)
    else:
        legend, low = _legend(on, groups, unit, field, 0, on.top, field.left + field.clear)
        taken, below = [Box(0, on.top, field.left + field.clear, low)], max(below, low)
    corner = ""
    if on.invented:
        corner, box = ribbon(on, field.bottom)
        taken.append(box)
    body = ["".join(_group(on, field, g) for g in groups), _zeros(on, field, groups)]
    body += [
        field.home(on, home),
        draw_labels(on, field, _wanted(on, values, home, classes), taken),
        legend,
        corner,
    ]
    return finish(on, body, below + 2, [marks.hatch(on), marks.bars(on)])


def _check(values: Mapping[str, MapValue], classes: Sequence[float], home: str) -> None:
    codes = {m.code for m in municipalities()}
    strangers = sorted({*values, home} - codes - {""})
    if strangers:
        raise BadFigure(f"no municipality has the code {strangers[0]!r}")
    if len(classes) > 4 or any(not a < b for a, b in pairwise(classes)):
        raise BadFigure(f"at most four cuts in rising order, not {tuple(classes)}")
    for code, v in values.items():
        if v.value is None and v.status == "observed":
            raise BadFigure(f"{code}: no value, and no status that says why")
        check(0.0 if v.value is None else v.value, code)


def _groups(on: Sheet, values: Mapping[str, MapValue], classes: Sequence[float]) -> list[Group]:
    found: dict[str, list[str]] = {}
    for m in municipalities():
        v = values.get(m.code, _ABSENT)
        if v.value is None:
            look = v.status
        else:
            look = "zero" if v.value == 0 else _class(class_of(v.value, classes), len(classes) + 1)
        found.setdefault(look, []).append(m.code)
    ranges = dict(zip((_class(i, len(classes) + 1) for i in range(5)), _ranges(on, classes), strict=False))
    words = on.words
    ranges |= {"zero": words.zero, "withheld": words.withheld, "unavailable": words.unavailable}
    ranges["not_applicable"] = words.not_applicable
    order = [*(f"c{i}" for i in range(1, 6)), *_STATUSES]
    used = [look for look in order if look in found or (look.startswith("c") and look in ranges and classes)]
    return [Group(look, ranges[look], tuple(found.get(look, ()))) for look in used]


def _class(index: int, count: int) -> str:
    """Classes keep the ends of the ramp when there are fewer than five."""
    return {1: ("c4",), 2: ("c2", "c4"), 3: ("c1", "c3", "c5"), 4: ("c1", "c2", "c4", "c5")}.get(
        count, ("c1", "c2", "c3", "c4", "c5")
    )[min(index, count - 1)]


def _ranges(on: Sheet, classes: Sequence[float]) -> list[str]:
    if not classes:
        return [on.words.value]
    decimals = _cut_decimals(classes)
    cuts = [number(c, decimals, on.language) for c in classes]
    inner = [f"{a}–{b}" for a, b in pairwise(cuts)]
    return [f"{on.words.under} {cuts[0]}", *inner, f"{cuts[-1]} {on.words.or_more}"]


def _cut_decimals(classes: Sequence[float]) -> int:
    return next(
        (d for d in range(6) if all(abs(round(c, d) - c) < 1e-9 * max(1, abs(c)) for c in classes)), 6
    )


def _group(on: Sheet, field: Field, g: Group) -> str:
    if not g.codes:
        return ""
    shapes, thin = "".join(field.shapes[c] for c in g.codes), on.sizes.hair * 0.8 / field.scale
    p = on.pen.palette
    if g.look.startswith("c"):
        look = on.pen.both(g.look, f"{g.look}-line", thin)
    elif g.look == "unavailable":
        look = on.pen.both("none", "grey", thin)
    elif g.look == "zero":
        look = on.pen.both("paper", "ink", thin)
    else:
        pattern = "hatch" if g.look == "withheld" else "bars"
        look = f'class="s-soft" fill="url(#{on.id}-{pattern})" stroke="{p["soft"]}" stroke-width="{n(thin)}"'
    return (
        f'<g {look} stroke-linejoin="round" transform="{field.transform}" data-group="{g.look}">{shapes}</g>'
    )


def _zeros(on: Sheet, field: Field, groups: Sequence[Group]) -> str:
    """The dot in the middle that says "counted, and none"."""
    codes = next((g.codes for g in groups if g.look == "zero"), ())
    r = n(on.sizes.dot * 0.4)
    return "".join(
        f'<circle cx="{n(field.centres[c][0])}" cy="{n(field.centres[c][1])}" r="{r}" {on.pen.fill("ink")}/>'
        for c in codes
    )


def _legend_width(on: Sheet, groups: Sequence[Group]) -> float:
    s = on.sizes
    return max(width(_entry(on, g), s.label) for g in groups) + s.step * 5


def _entry(on: Sheet, g: Group) -> str:
    word = on.words.municipality if len(g.codes) == 1 else on.words.municipalities
    return f"{g.word} · {number(len(g.codes), 0, on.language)} {word}"


def _legend(
    on: Sheet, groups: Sequence[Group], unit: str, field: Field, x: float, top: float, room: float
) -> tuple[str, float]:
    s = on.sizes
    rows = wrap(unit, room, s.label, True, 4)
    out = [on.pen.lines(x, top + s.label, rows, s.label, bold=True)]
    y = top + s.label * 0.6 + leading(s.label) * len(rows) + s.step
    high = max(leading(s.label), s.step * 3) * 1.1
    for g in groups:
        out.append(_swatch(on, g, x + s.step * 1.5, y))
        words = shorten(_entry(on, g), room - s.step * 4, s.label)
        out.append(on.pen.text(x + s.step * 4, middle(y, s.label), words, s.label))
        y += high
    return "".join(out), y


def _swatch(on: Sheet, g: Group, x: float, y: float) -> str:
    r, p = on.sizes.step * 1.35, on.pen.palette
    points = [(0, -r), (r * 0.87, -r / 2), (r * 0.87, r / 2), (0, r), (-r * 0.87, r / 2), (-r * 0.87, -r / 2)]
    trace = "L".join(f"{n(x + a)} {n(y + b)}" for a, b in points)
    if g.look.startswith("c"):
        look = on.pen.both(
            g.look, f"{g.look}-line" if g.look in ("c1", "c2", "c3") else g.look, on.sizes.hair
        )
    elif g.look in ("unavailable", "zero"):
        look = (
            on.pen.both("none", "grey", on.sizes.hair)
            if g.look == "unavailable"
            else on.pen.both("paper", "ink", on.sizes.hair)
        )
    else:
        pattern = "hatch" if g.look == "withheld" else "bars"
        look = f'class="s-soft" fill="url(#{on.id}-{pattern})" stroke="{p["soft"]}" stroke-width="{n(on.sizes.hair)}"'
    dot = on.pen.circle(x, y, on.sizes.dot * 0.4, "ink") if g.look == "zero" else ""
    return f'<path d="M{trace}z" {look}/>{dot}'


def _wanted(on: Sheet, values: Mapping[str, MapValue], home: str, classes: Sequence[float]) -> list[Wanted]:
    """Names on the map: the home municipality first, the others only where values are few."""
    names: dict[str, Municipality] = {m.code: m for m in municipalities()}
    seen = {c: v.value for c, v in values.items() if v.value is not None}
    others = sorted(c for c in seen if c != home) if len(seen) <= NAMED else []
    decimals = decimals_for(seen.values())
    wanted = []
    for code in [home, *others] if home else others:
        v = values.get(code, _ABSENT)
        said = number(v.value, decimals, on.language) if v.value is not None else _status_word(on, v.status)
        wanted.append(Wanted(code, names[code].name, said, code == home))
    return wanted


def _status_word(on: Sheet, status: str) -> str:
    words = {"withheld": on.words.withheld, "unavailable": on.words.unavailable}
    return words.get(status, on.words.not_applicable)


def ribbon(on: Sheet, bottom: float) -> tuple[str, Box]:
    """INVENTED FIGURES across the lower right corner, and the box it takes."""
    size = on.sizes.small * 0.85
    long = width(on.words.invented, size, True)
    leg, thick = long / 1.414 + size * 2.2, size * 1.9
    w = on.width
    points = (
        (w, bottom - leg),
        (w, bottom - leg + thick * 1.414),
        (w - leg + thick * 1.414, bottom),
        (w - leg, bottom),
    )
    trace = "L".join(f"{n(a)} {n(b)}" for a, b in points)
    shape = f'<path d="M{trace}z" {on.pen.both("amber-paper", "amber", on.sizes.hair)}/>'
    x, y = w - leg / 2 + thick * 0.3535, bottom - leg / 2 + thick * 0.3535
    word = on.pen.text(x, y + size * 0.33, on.words.invented, size, "amber", "middle", True)
    turned = f'<g transform="rotate(-45 {n(x)} {n(y)})">{word}</g>'
    return shape + turned, Box(w - leg, bottom - leg, w, bottom)

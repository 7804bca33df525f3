"""The 290 municipalities, as hexagons of equal weight or in their true outlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, Unpack

from klarsyn.report.figures import marks
from klarsyn.report.figures.geo import municipalities
from klarsyn.report.figures.labels import Box
from klarsyn.report.figures.mapgroups import Group, check_values, groups, legend, legend_width, look_of
from klarsyn.report.figures.maplabels import Wanted, draw_labels
from klarsyn.report.figures.mapshapes import Field, field_of
from klarsyn.report.figures.model import Chart, Look, MapValue
from klarsyn.report.figures.numbers import decimals_for, number
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.svg import n
from klarsyn.report.figures.text import width

Kind = Literal["true", "hex"]
NAMED: Final = 6  # up to so many values are named on the map; beyond it the home municipality alone
_ABSENT: Final = MapValue(None, "unavailable")


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

    `classes` are 0 to 4 rising cuts; a value equal to a cut belongs to the class above it. Zero, withheld,
    unavailable and not applicable have marks of their own. `home` may be "" for a map without one.
    Raises BadFigure for cuts out of order, unknown codes, NaN and an absence without a reason.
    """
    check_values(values, classes, home)
    on = sheet(corner=True, **look)
    shown = groups(on, values, classes)
    field = field_of(on, kind, legend_width(on, shown))
    taken: list[Box] = []
    if on.sizes.is_narrow:
        words, below = legend(on, shown, unit, field.bottom + on.sizes.step * 2, on.width)
    else:
        words, low = legend(on, shown, unit, on.top, field.left + field.clear)
        taken, below = [Box(0, on.top, field.left + field.clear, low)], max(field.bottom, low)
    corner = ""
    if on.invented:
        corner, box = ribbon(on, field.bottom)
        taken.append(box)
    body = [*(_group(on, field, g) for g in shown if g.codes), _zeros(on, field, shown), field.home(on, home)]
    body += [draw_labels(on, field, _wanted(on, values, home), taken), words, corner]
    return finish(
        on, body, below + 2, [draw(on, field.fine) for draw in (marks.hatch, marks.bars, marks.crosses)]
    )


def _group(on: Sheet, field: Field, g: Group) -> str:
    shapes = "".join([field.shapes[c] for c in g.codes])
    look = look_of(on, g, on.sizes.hair * 0.8 / field.scale)
    return (
        f'<g {look} stroke-linejoin="round" transform="{field.transform}" data-group="{g.look}">{shapes}</g>'
    )


def _zeros(on: Sheet, field: Field, shown: Sequence[Group]) -> str:
    """The dot in the middle that says "counted, and none"."""
    codes = next((g.codes for g in shown if g.look == "zero"), ())
    look = f'r="{n(on.sizes.dot * 0.4)}" {on.pen.fill("ink")}'
    return "".join(f'<circle cx="{n(x)}" cy="{n(y)}" {look}/>' for x, y in map(field.centre, codes))


def _wanted(on: Sheet, values: Mapping[str, MapValue], home: str) -> list[Wanted]:
    """Names on the map: the home municipality first, the others only where values are few."""
    seen = {c: v.value for c, v in values.items() if v.value is not None}
    others = sorted(c for c in seen if c != home) if len(seen) <= NAMED else []
    decimals = decimals_for(seen.values())
    names = {m.code: m.name for m in municipalities() if m.code == home or m.code in others}
    wanted = []
    for code in [home, *others] if home else others:
        v = values.get(code, _ABSENT)
        said = (
            on.words.status(v.status)
            if v.value is None
            else number(v.value, decimals if v.value else 0, on.language)
        )
        wanted.append(Wanted(code, names[code], said, code == home))
    return wanted


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

"""The marks of the house: the same thing looks the same in every chart, on paper, on a phone and in grey."""

from __future__ import annotations

from klarsyn.report.figures.sheet import Sheet
from klarsyn.report.figures.svg import n


def interval(on: Sheet, x1: float, x2: float, y: float, role: str = "band", thick: float = 0.0) -> str:
    """An uncertainty interval: a thick line whose round ends stop exactly at the limits."""
    thick = thick or on.sizes.band
    left, long = min(x1, x2), abs(x2 - x1)
    return (
        f'<rect class="f-{role} fig-interval" x="{n(left)}" y="{n(y - thick / 2)}" width="{n(long)}" '
        f'height="{n(thick)}" rx="{n(min(thick, long) / 2)}" fill="{on.pen.palette[role]}"/>'
    )


def reach(on: Sheet, x1: float, x2: float, y: float) -> str:
    """What rounding leaves open: a thin box with square ends, never to be taken for an interval of chance."""
    tall = on.sizes.band * 0.8
    return (
        f'<rect class="f-wash-2 s-soft fig-reach" x="{n(min(x1, x2))}" y="{n(y - tall / 2)}" '
        f'width="{n(abs(x2 - x1))}" height="{n(tall)}" fill="{on.pen.palette["wash-2"]}" '
        f'stroke="{on.pen.palette["soft"]}" stroke-width="{n(on.sizes.pen)}"/>'
    )


def upright(on: Sheet, x: float, y1: float, y2: float, role: str = "band", thick: float = 0.0) -> str:
    """The same interval standing up, for charts over time."""
    thick = thick or on.sizes.band * 0.8
    top, long = (y1, y2 - y1) if y1 < y2 else (y2, y1 - y2)
    round_ = (thick if thick < long else long) / 2
    return (
        f'<rect class="f-{role} fig-interval" x="{x - thick / 2:.1f}" y="{top:.1f}" width="{thick:.1f}" '
        f'height="{long:.1f}" rx="{round_:.1f}" fill="{on.pen.palette[role]}"/>'
    )


def estimate(on: Sheet, x: float, y: float, radius: float = 0.0, rim: bool = True) -> str:
    """A measured value: a solid dot of ink with a rim of paper that lifts it off its interval."""
    r = radius or on.sizes.dot
    look = on.pen.both("ink", "paper", on.sizes.pen) if rim else on.pen.fill("ink")
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {look}/>'


def fitted(long: float, thick: float, dot: float) -> tuple[float, float, bool]:
    """Width of an interval, radius of its dot, and whether the dot has a rim.

    Where an interval is hardly longer than its dot, it is drawn broader and the dot smaller, without a rim:
    the width never hides behind the value.
    """
    if long >= dot * 3:
        return thick, dot, True
    return thick * 1.5, max(dot * 0.6, long * 0.3), False


def ring(on: Sheet, x: float, y: float, radius: float = 0.0) -> str:
    """A shrunken estimate: an open ring, wide enough to lie round a dot on the same spot."""
    r, pen = radius or on.sizes.dot * 1.15, on.sizes.pen
    at = f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="none"'
    return f"{at} {on.pen.stroke('paper', pen * 3)}/>{at} {on.pen.stroke('ink', pen * 1.5)}/>"


def diamond(on: Sheet, x: float, y: float, radius: float = 0.0) -> str:
    """A published value whose uncertainty nobody has stated: never the mark of an estimate."""
    r = (radius or on.sizes.dot) * 1.2
    points = ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
    trace = "L".join(f"{n(a)} {n(b)}" for a, b in points)
    return f'<path d="M{trace}z" {on.pen.both("paper", "ink", on.sizes.pen * 1.5)}/>'


def arrow(on: Sheet, x: float, y: float, way: int, role: str = "band") -> str:
    """The interval goes on beyond the scale: a head at `x` pointing right (`way` 1) or left (-1)."""
    r = on.sizes.band * 0.95
    points = ((x, y), (x - way * r, y - r * 0.8), (x - way * r, y + r * 0.8))
    return on.pen.shape(points, role)


def hatch(on: Sheet, fine: float = 1.0) -> str:
    """Definition of the hatch that means "too few cases"; `fine` below 1 for small fields."""
    step, pen = on.sizes.step * 0.75 * fine, on.sizes.pen * fine
    return (
        f'<pattern id="{on.id}-hatch" width="{n(step)}" height="{n(step)}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{n(step)}" height="{n(step)}" {on.pen.fill("paper")}/>'
        f'<line x1="0" y1="0" x2="0" y2="{n(step)}" {on.pen.stroke("soft", pen * 1.6)}/></pattern>'
    )


def bars(on: Sheet, fine: float = 1.0) -> str:
    """Definition of the level lines that mean "not applicable"."""
    step, pen = on.sizes.step * 0.75 * fine, on.sizes.pen * fine
    return (
        f'<pattern id="{on.id}-bars" width="{n(step)}" height="{n(step)}" patternUnits="userSpaceOnUse">'
        f'<rect width="{n(step)}" height="{n(step)}" {on.pen.fill("paper")}/>'
        f'<path d="M0 {n(step / 2)}h{n(step)}" {on.pen.stroke("grey", pen * 0.8)}/>'
        "</pattern>"
    )


def crosses(on: Sheet, fine: float = 1.0) -> str:
    """Definition of the fine crosses that mean "not available"."""
    step, grey = on.sizes.step * 0.85 * fine, on.pen.stroke("grey", on.sizes.pen * 0.5 * fine)
    a, b = n(step * 0.32), n(step * 0.36)
    strokes = f"M{a} {a}l{b} {b}m0-{b}l-{b} {b}"
    return (
        f'<pattern id="{on.id}-crosses" width="{n(step)}" height="{n(step)}" patternUnits="userSpaceOnUse">'
        f'<rect width="{n(step)}" height="{n(step)}" {on.pen.fill("none")}/>'
        f'<path d="{strokes}" fill="none" {grey}/></pattern>'
    )


def withheld(on: Sheet, x: float, y: float, long: float, high: float) -> str:
    """Too few cases to be shown: a hatched field (the word stands beside it)."""
    return (
        f'<rect class="s-soft fig-withheld" x="{n(x)}" y="{n(y)}" width="{n(long)}" height="{n(high)}" '
        f'fill="url(#{on.id}-hatch)" stroke="{on.pen.palette["soft"]}" stroke-width="{n(on.sizes.hair)}"/>'
    )


def cross(on: Sheet, x: float, y: float) -> str:
    """No figure available: a small cross."""
    r = on.sizes.dot * 0.8
    strokes = f"M{n(x - r)} {n(y - r)}l{n(2 * r)} {n(2 * r)}m0-{n(2 * r)}l-{n(2 * r)} {n(2 * r)}"
    return f'<path d="{strokes}" fill="none" {on.pen.stroke("soft", on.sizes.pen)} stroke-linecap="round"/>'


def dash(on: Sheet, x: float, y: float) -> str:
    """Not applicable: a short level stroke."""
    r = on.sizes.dot
    return on.pen.line((x - r, y), (x + r, y), "soft", on.sizes.pen * 1.5, cap="round")


def approximate(on: Sheet, x: float, y: float, radius: float = 0.0) -> str:
    """An approximate value: a dot with a broken rim (its number carries ≈)."""
    r = (radius or on.sizes.dot) * 0.95
    dots = f"{n(r * 0.7)} {n(r * 0.5)}"
    look = on.pen.both("paper", "ink", on.sizes.pen * 1.3)
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" {look} stroke-dasharray="{dots}"/>'


def span(on: Sheet, x1: float, x2: float, y: float, open_left: bool = False) -> str:
    """A span between published figures: a bracket with square ends. `open_left`: "under" its upper end."""
    tall, pen = on.sizes.band * 0.7, on.sizes.pen * 1.4
    out = [on.pen.line((x1, y), (x2, y), "ink", pen, f"{pen * 2:g} {pen * 2:g}" if open_left else "")]
    ends = (x2,) if open_left else (x1, x2)
    out += [on.pen.line((x, y - tall), (x, y + tall), "ink", pen) for x in ends]
    return f'<g class="fig-span">{"".join(out)}</g>'

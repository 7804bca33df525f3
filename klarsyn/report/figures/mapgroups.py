"""Which municipalities look alike, and the legend that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import fsum, isfinite
from typing import Final

from klarsyn.report.figures.classes import class_of
from klarsyn.report.figures.geo import municipalities
from klarsyn.report.figures.model import ABSENT, BadFigure, MapValue, check_absence
from klarsyn.report.figures.numbers import check, number
from klarsyn.report.figures.scale import tick_decimals
from klarsyn.report.figures.sheet import Sheet
from klarsyn.report.figures.svg import leading, middle, n
from klarsyn.report.figures.text import shorten, width, wrap

STATUSES: Final = ("zero", *ABSENT)
# Fewer than five classes keep the ends of the ramp.
_RAMPS: Final = (
    ("c4",),
    ("c2", "c4"),
    ("c1", "c3", "c5"),
    ("c1", "c2", "c4", "c5"),
    ("c1", "c2", "c3", "c4", "c5"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """The municipalities that look alike: a class ("c1" …) or a status."""

    look: str
    word: str
    codes: tuple[str, ...]

    @property
    def is_class(self) -> bool:
        return self.look not in STATUSES


@cache
def codes() -> dict[str, None]:
    """The 290 codes in order."""
    return dict.fromkeys(m.code for m in municipalities())


def check_values(values: Mapping[str, MapValue], classes: Sequence[float], home: str) -> None:
    """Raises BadFigure for unknown codes, cuts out of order, NaN, and an absence without a reason."""
    known = codes()
    if home and home not in known:
        raise BadFigure(f"no municipality has the code {home!r}")
    if len(classes) > 4 or any(not a < b for a, b in pairwise(classes)):
        raise BadFigure(f"at most four cuts in rising order, not {tuple(classes)}")
    for code, v in values.items():
        if code not in known:
            raise BadFigure(f"no municipality has the code {code!r}")
        if v.value is None:
            check_absence(v.status, code)
    if not isfinite(fsum(v.value for v in values.values() if v.value is not None)):
        for code, v in values.items():
            check(v.value or 0.0, code)


def groups(on: Sheet, values: Mapping[str, MapValue], classes: Sequence[float]) -> list[Group]:
    """Classes from low to high, empty ones too, then the statuses that occur."""
    ramp = _RAMPS[len(classes)]
    found: dict[str, list[str]] = {look: [] for look in (*ramp, *STATUSES)}
    for code in codes():
        v = values.get(code)
        if v is None:
            found["unavailable"].append(code)
        elif v.value is None:
            found[v.status].append(code)
        else:
            found[ramp[class_of(v.value, classes)] if v.value else "zero"].append(code)
    words = on.words
    said = dict(zip(ramp, _ranges(on, classes), strict=True))
    said |= {"zero": words.zero, "withheld": words.withheld, "unavailable": words.unavailable}
    said["not_applicable"] = words.not_applicable
    return [Group(k, said[k], tuple(c)) for k, c in found.items() if c or (k in ramp and classes)]


def _ranges(on: Sheet, classes: Sequence[float]) -> list[str]:
    if not classes:
        return [on.words.value]
    decimals = tick_decimals(tuple(classes))
    cuts = [number(c, decimals, on.language) for c in classes]
    inner = [f"{a}–{b}" for a, b in pairwise(cuts)]
    return [f"{on.words.under} {cuts[0]}", *inner, f"{cuts[-1]} {on.words.or_more}"]


def look_of(on: Sheet, group: Group, thin: float) -> str:
    """Fill, outline and class of a group: every class has an outline that stands 3:1 against its own fill."""
    if group.is_class:
        return on.pen.both(group.look, f"{group.look}-line", thin)
    if group.look == "zero":
        return on.pen.both("paper", "ink", thin)
    pattern = {"withheld": "hatch", "unavailable": "crosses"}.get(group.look, "bars")
    line = on.pen.palette["soft"]
    return f'class="s-soft" fill="url(#{on.id}-{pattern})" stroke="{line}" stroke-width="{n(thin)}"'


def legend_width(on: Sheet, shown: Sequence[Group]) -> float:
    return max(width(_entry(on, g), on.sizes.label) for g in shown) + on.sizes.step * 5


def legend(on: Sheet, shown: Sequence[Group], unit: str, top: float, room: float) -> tuple[str, float]:
    """The unit in words, then each look with its range and how many municipalities have it."""
    s = on.sizes
    rows = wrap(unit, room, s.label, True, 4)
    out = [on.pen.lines(0, top + s.label, rows, s.label, bold=True)]
    y = top + s.label * 0.6 + leading(s.label) * len(rows) + s.step
    for g in shown:
        words = shorten(_entry(on, g), room - s.step * 4, s.label)
        out.append(_swatch(on, g, s.step * 1.5, y))
        out.append(on.pen.text(s.step * 4, middle(y, s.label), words, s.label))
        y += max(leading(s.label), s.step * 3) * 1.1
    return "".join(out), y


def _entry(on: Sheet, g: Group) -> str:
    word = on.words.municipality if len(g.codes) == 1 else on.words.municipalities
    return f"{g.word} · {number(len(g.codes), 0, on.language)} {word}"


def _swatch(on: Sheet, g: Group, x: float, y: float) -> str:
    r = on.sizes.step * 1.35
    w, h = n(r * 0.87), n(r / 2)
    ring = f"l{w} {h}v{n(r)}l-{w} {h}l-{w} -{h}v-{n(r)}z"
    dot = on.pen.circle(x, y, on.sizes.dot * 0.4, "ink") if g.look == "zero" else ""
    return f'<path d="M{n(x)} {n(y - r)}{ring}" {look_of(on, g, on.sizes.hair)}/>{dot}'

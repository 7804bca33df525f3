"""What protected counts say, and never more than rounding leaves certain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from klarsyn.mapping.findings import say
from klarsyn.mapping.methods.counted import joined
from klarsyn.mapping.results import Finding
from smallcounts.change import carried
from smallcounts.disclosure.programme import Programme


@dataclass(frozen=True, slots=True)
class Rounded:
    """A published count and the limits that the true one lies within."""

    value: int
    lower: int
    upper: int

    def is_surely_above(self, other: Rounded) -> bool:
        return self.lower > other.upper


Shown = Mapping[str, Rounded]  # by the cell's text; what is hidden is not there


def findings(programme: Programme, shown: Shown, *, year: str, hidden: int) -> tuple[Finding, ...]:
    """The total of the year, its change, each variable's largest category, pairs, and what protection did."""
    return (
        *_first(programme, shown, year),
        *_change(shown, year),
        *_largest(programme, shown, year),
        *_pairs(shown, year),
        *_protection(shown, hidden),
    )


def _first(programme: Programme, shown: Shown, year: str) -> tuple[Finding, ...]:
    """The total; that each kind stands by itself where the programme has none; nothing where it is hidden."""
    total = shown.get(year)
    if total:
        return (say("protected_total", period=year, count=total.value, lower=total.lower, upper=total.upper),)
    has_total = any(() in table.shown_margins() for table in programme.tables)
    return () if has_total else (say("protected_apart", period=year),)


def _change(shown: Shown, year: str) -> tuple[Finding, ...]:
    """From the year before, when both totals are shown."""
    totals = sorted(cell for cell in shown if cell.isdecimal() and cell <= year)
    for before, after in list(pairwise(totals))[-1:]:
        if after == year:
            old, new = shown[before], shown[after]
            sure = int(old.is_surely_above(new) or new.is_surely_above(old))
            return (
                say(
                    "protected_change",
                    **{"from": before, "to": after},
                    count_from=old.value,
                    count_to=new.value,
                    is_sure=sure,
                ),
            )
    return ()


def _largest(programme: Programme, shown: Shown, year: str) -> list[Finding]:
    """Of each variable with sums of its own the largest category, or those that any may be the largest of.

    None where no total is shown: then the categories have units of their own, and none is more than another.
    """
    found: list[Finding] = []
    if year not in shown:
        return found
    for variable in programme.variables:
        for name in variable.names()[::-1]:  # the coarsest level is enough
            start = f"{year}|{name}="
            own = {cell.removeprefix(start): r for cell, r in shown.items() if cell.startswith(start)}
            sums = {category: r for category, r in own.items() if "|" not in category}
            if len(sums) > 1:
                found.append(_first_of(sums, year, name))
                break
    return found


def _first_of(sums: Mapping[str, Rounded], year: str, variable: str) -> Finding:
    top = max(sums.values(), key=lambda r: r.value)
    near = {c: r for c, r in sums.items() if not top.is_surely_above(r)}
    if len(near) == 1:
        (category,) = near
        return say("protected_most", period=year, variable=variable, category=category, count=top.value)
    return say(
        "protected_close",
        period=year,
        variable=variable,
        categories=joined(list(near)),
        counts=joined([str(r.value) for r in near.values()]),
    )


def _pairs(shown: Shown, year: str) -> list[Finding]:
    """Of pairs that moved nearer or further, at each time: whether the direction holds however rounding fell.

    Only the published limits are asked. A p-value or an effect is never worked out from rounded counts.
    """
    by_time: dict[str, dict[str, Rounded]] = {}
    for cell, rounded in shown.items():
        period, *parts = cell.split("|")
        of = dict(part.split("=", 1) for part in parts)
        if period == year and set(of) == {"point", "moved"}:
            by_time.setdefault(of["point"], {})[of["moved"]] = rounded
    return [
        say(
            "protected_pairs",
            period=year,
            point=point,
            nearer=up.value,
            further=down.value,
            carried=carried((up.lower, up.upper), (down.lower, down.upper)),
        )
        for point, moved in by_time.items()
        if (up := moved.get("nearer")) and (down := moved.get("further"))
    ]


def _protection(shown: Shown, hidden: int) -> tuple[Finding, ...]:
    widest = max((max(r.upper - r.value, r.value - r.lower) for r in shown.values()), default=0)
    return (say("protected_how", error=widest, hidden=hidden),)

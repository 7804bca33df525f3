"""Weeks of events against other weeks: a ratio made of published numbers alone, or a refusal."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from klarsyn.mapping.findings import say
from klarsyn.mapping.methods.protected_findings import Rounded, Shown
from klarsyn.mapping.results import Finding, Step
from smallcounts.counts import CountTable
from smallcounts.rates.compare import RateRatio, rate_ratio

EVENT, OTHER = "event", "other"
OUTREACH: Final = "outreach_contacts"
LEAST_COUNT: Final = 20  # published, on either side: with fewer, rounding alone moves the ratio by a fifth
LEAST_WEEKS: Final = 2  # of either kind: one week is one event, and says nothing of events


def compared(table: CountTable, shown: Shown, year: str) -> tuple[tuple[Finding, ...], tuple[Step, ...]]:
    """The finding and how it was made; nothing where the counts know no weeks of events.

    Only what is published anyway goes in: the two rounded sums and the calendar's weeks. So the ratio tells
    nothing that its reader could not work out. Its limits are the widest exact ones of all the true counts
    that the rounding leaves possible, and hold them whichever they are.
    """
    weeks, is_outreach = _weeks(table, year), table.measure == OUTREACH
    if not weeks:
        return (say("outreach_weeks_unsaid", period=year),) if is_outreach and _knows(table, year) else (), ()
    sums = [shown.get(f"{year}|during={during}") for during in (EVENT, OTHER)]
    event, other = sums
    if (
        event is None or other is None
        or min(event.value, other.value) < LEAST_COUNT
        or min(weeks.get(EVENT, 0), weeks.get(OTHER, 0)) < LEAST_WEEKS
    ):  # fmt: skip
        rule = Step("", f"a, b ≥ {LEAST_COUNT}; A, B ≥ {LEAST_WEEKS}", "", "–", "clopper-pearson-1934")
        code = "outreach_weeks_too_few" if is_outreach else "weeks_too_few"
        return (say(code, period=year, least=LEAST_COUNT, weeks=LEAST_WEEKS),), (rule,)
    made, step = _ratio(event, other, weeks[EVENT], weeks[OTHER])
    if is_outreach:
        a, b = weeks[EVENT], weeks[OTHER]
        step = replace(step, numbers=f"{step.numbers}; 7 · {a} = {7 * a}, 7 · {b} = {7 * b}")
        days = {"days_event": 7 * a, "days_other": 7 * b}
        return (say("outreach_weeks_ratio", period=year, **days, **made),), (step,)
    return (say("weeks_ratio", period=year, **made),), (step,)


def _knows(table: CountTable, year: str) -> bool:
    """Whether the year's counts say in which kind of week, as those of editions from before do not."""
    return any("during" in dict(c.categories) for c in table.observed() if c.period == year)


def _weeks(table: CountTable, year: str) -> dict[str, int]:
    """By what the rows say: a side on which nothing was logged has no row, and then nothing is compared."""
    return {
        during: count.population
        for count in table.observed()
        if count.period == year and count.population and (during := dict(count.categories).get("during"))
    }


def _ratio(event: Rounded, other: Rounded, busy: int, calm: int) -> tuple[dict[str, str | float], Step]:
    def of(a: int, b: int) -> RateRatio:
        return rate_ratio(a, busy, b, calm, method="exact")

    # Written with two decimals and outwards, so that the verdict is that of the limits as they are read.
    middle = round(of(event.value, other.value).value, 2)
    lower = math.floor(of(event.lower, other.upper).interval.lower * 100) / 100
    upper = math.ceil(of(event.upper, other.lower).interval.upper * 100) / 100
    verdict = "above" if lower > 1 else "below" if upper < 1 else "not_shown"
    made: dict[str, str | float] = {
        "count_event": event.value, "weeks_event": busy, "count_other": other.value, "weeks_other": calm,
        "ratio": middle, "lower": lower, "upper": upper, "verdict": verdict,
    }  # fmt: skip
    step = Step(
        "",
        "(a / A) / (b / B); limits: the widest of all a and b that the rounding leaves possible",
        f"({event.value} / {busy}) / ({other.value} / {calm})",
        f"{middle:.2f} ({lower:.2f}–{upper:.2f})",
        "clopper-pearson-1934",
    )
    return made, step

"""English: comparisons, expected counts and series."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from klarsyn.report.numbers import capital, genitive, listing
from klarsyn.report.numbers import ratio as write_ratio
from klarsyn.report.sentences.told import Told
from klarsyn.sources.values import Measure

FEW = 4
THING = {
    Measure.PRESS_COUNT_CONVICTED: "people convicted of purchase of sexual services",
    Measure.COURT_COUNT: "people convicted of purchase of sexual services",
    Measure.CONVICTED_PERSONS: "people found guilty of purchase of sexual services",
    Measure.REPORTED_OFFENCES: "reported purchases of sexual services",
    Measure.SIMULATED: "invented cases",
}


def thing(t: Told) -> str:
    return THING.get(t.measure, "cases") if t.measure else "cases"


def home_summary(t: Told) -> str:
    parts = _against(t)
    if not parts:
        return f"{_home(t)}; there is no other municipality to compare with."
    return capital("; ".join(parts)) + "."


def home_headline(t: Told) -> str:
    parts = _against(t, middle=f" in {t.period()}", of=f" in {thing(t)} per inhabitant")
    if not parts:
        return home_summary(t)
    return ". ".join(capital(part) for part in parts) + "."


def _home(t: Told) -> str:
    one = "1 case" if t.number("count") == 1 else f"{t.count('count')} {thing(t)}"
    return f"{t.text('name')} {t.period()}: {one}"


def _against(t: Told, middle: str = "", of: str = "") -> list[str]:
    name, above, below, unsure = t.text("name"), t.names("above"), t.names("below"), t.names("not_shown")
    verb = "was" if middle else "is"
    parts = []
    if above:
        parts.append(f"{name} {verb} clearly above {_named(above)}{of}{middle}")
    if below:
        who = "it" if above else name
        parts.append(f"{who} {verb} clearly below {_named(below)}{'' if above else of + middle}")
    if unsure and parts:
        noun = "difference" if len(unsure) == 1 else "differences"
        parts.append(f"the {noun} from {_named(unsure)} may be chance")
    elif unsure:
        parts.append(f"the difference between {name} and {_named(unsure)}{of}{middle} may be chance")
    return parts


def _named(names: list[str]) -> str:
    return listing(names, "en") if len(names) <= FEW else f"{len(names)} other municipalities"


def home_missing(t: Told) -> str:
    why = {
        "withheld": "is not shown, since the cases are too few",
        "not_applicable": "does not exist: the municipality did not exist then",
    }.get(t.text("status"), "is not known to us; unknown is not zero")
    return f"{genitive(t.text('name'), 'en')} count for {t.period()} {why}."


def _ratio(t: Told) -> str:
    if math.isinf(t.number("ratio")):
        return (
            f"The count in {t.text('name_b')} was zero, so its ratio to {t.text('name_a')} has no "
            "finite value "
            f"(95% uncertainty interval {t.between(write_ratio)})."
        )
    return (
        f"The rate in {t.text('name_a')} was {t.ratio()} times the rate in {t.text('name_b')} "
        f"(95% uncertainty interval {t.between(write_ratio)})."
    )


def ratio_above(t: Told) -> str:
    return f"{_ratio(t)} Chance seldom makes so large a difference."


def ratio_below(t: Told) -> str:
    return f"{_ratio(t)} Chance seldom makes so large a difference."


def ratio_not_shown(t: Told) -> str:
    return f"{_ratio(t)} This may be chance."


def rates_span(t: Told) -> str:
    low, high = t.rate("lowest_rate"), t.rate("highest_rate")
    if t.number("areas") == 1:
        return f"Only one municipality's rate is known for {t.period()}: {low} per {t.per()} inhabitants."
    return (
        f"In the {t.count('areas')} municipalities whose count is known for {t.period()}, rates lay between "
        f"{low} and {high} per {t.per()} inhabitants."
    )


def coverage(t: Told) -> str:
    known, rest = t.number("known"), t.number("total") - t.number("known")
    if not rest:
        return f"The count is known for all {t.count('total')} municipalities in {t.period()}."
    if not known:
        return f"The count is not known for any of {t.count('total')} municipalities in {t.period()}."
    return (
        f"The count is known for {t.count('known')} of {t.count('total')} municipalities in {t.period()}. "
        "Of the others we know nothing; unknown is not zero."
    )


def home_shrunken(t: Told) -> str:
    return (
        f"Smoothed towards all municipalities, {t.text('name')} stands at {t.rate()} per {t.per()} "
        "inhabitants "
        f"(95% uncertainty interval {t.between()})."
    )


def home_rank(t: Told) -> str:
    return (
        f"If one insists on a position, {t.text('name')} lands somewhere between {t.count('rank_lower')} and "
        f"{t.count('rank_upper')} of {t.count('areas')}. The probability that it is among the "
        f"{t.count('top')} with "
        f"the highest rates is {t.chance('probability_top')}."
    )


def rank_width(t: Told) -> str:
    return (
        "A municipality's position is so uncertain that its interval is typically "
        f"{t.count('median_width')} places "
        f"wide, out of {t.count('areas')}. No ranking is therefore made."
    )


def below_one(t: Told) -> str:
    return (
        f"With some {t.count('national')} findings of guilt a year in the country, {t.count('n')} of "
        f"{t.count('total')} "
        "municipalities would have fewer than one a year, even if all were alike."
    )


def home_expected(t: Told) -> str:
    return (
        f"{t.text('name')} would have about {t.mean('expected')} a year, and chance alone mostly gives "
        f"{t.count('lower')}–{t.count('upper')}. The probability of none in a single year is "
        f"{t.chance('probability_zero')}. This is arithmetic on population, not a finding about the "
        "municipality."
    )


NATION = ("Riket", "Sverige", "Hela landet")
SAID = {
    Measure.REPORTED_OFFENCES: "{} purchases of sexual services were reported",
    Measure.CONVICTED_PERSONS: "there were {} findings of guilt for purchase of sexual services",
    Measure.SIMULATED: "the computer made up {} cases",
}


def series_last(t: Told) -> str:
    about = "about " if t.number("is_approximate") else ""
    number = about + t.count("count")
    said = SAID.get(t.measure, "the count was {}") if t.measure else "the count was {}"
    return f"In {t.period()}, {said.format(number)} {_where(t)}."


def _where(t: Told) -> str:
    return "in the whole country" if t.raw("name") in NATION else f"in {t.text('name')}"


def series_last_rate(t: Told) -> str:
    return f"{t.period()}: {t.rate()} per {t.per()} inhabitants (95% uncertainty interval {t.between()})."


def series_change(t: Told) -> str:
    rose = t.number("probability_rose") >= 0.5
    return (
        f"From {t.period('from')} to {t.period('to')} the count went from {t.count('count_from')} to "
        f"{t.count('count_to')}. The probability that the level {'rose' if rose else 'fell'} is "
        f"{t.chance('probability_rose', of_not=not rose)}; police work alone can explain it."
    )


HEADLINES: Mapping[str, Callable[[Told], str]] = {"home_summary": home_headline}
SENTENCES: Mapping[str, Callable[[Told], str]] = {
    write.__name__: write
    for write in (
        home_summary, home_missing, ratio_above, ratio_below, ratio_not_shown, rates_span, coverage,
        home_shrunken, home_rank, rank_width, below_one, home_expected, series_last, series_last_rate,
        series_change,
    )
}  # fmt: skip

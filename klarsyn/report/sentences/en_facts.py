"""English: police regions, presumed victims, surveys, receptions and earlier mappings; warnings in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klarsyn.report import numbers
from klarsyn.report.numbers import genitive, listing
from klarsyn.report.numbers import ratio as write_ratio
from klarsyn.report.sentences.told import Told

KINDS = {"mika": "a Mika reception", "kast": "a KAST reception", "mika+kast": "Mika and KAST in one house"}


def region_change(t: Told) -> str:
    return (
        f"{t.text('name')}: {t.count('count_from')} reported in {t.period('from')}, {t.count('count_to')} in "
        f"{t.period('to')}. The rate is {t.ratio()} times as high (95% uncertainty interval "
        f"{t.between(write_ratio)}). "
        f"Source: {t.publisher(t.text('source'))}."
    )


def home_region(t: Told) -> str:
    if t.number("known"):
        return (
            f"{t.text('name')} belongs to police region {numbers.region(str(t.raw('region')))}, which "
            "is included here."
        )
    return (
        f"{t.text('name')} belongs to police region {numbers.region(str(t.raw('region')))}. For that "
        "region we have no count of "
        "reports; unknown is not zero."
    )


def conflict(t: Told) -> str:
    pairs = zip(t.names("values"), t.names("sources"), strict=True)
    said = listing([f"{value} ({t.publisher(source)})" for value, source in pairs], "en")
    return (
        f"On {t.text('name')} in {t.period()} the sources differ: {said}. Both are shown; we do not choose."
    )


def victims_last(t: Told) -> str:
    total = t.number("total")
    if total == 0:
        return f"In {t.period()} the regional coordinators knew of no presumed victim of trafficking."
    who = "1 presumed victim" if total == 1 else f"{t.count('total')} presumed victims"
    return f"In {t.period()} the regional coordinators knew of {who} of trafficking in the country."


def victims_adults(t: Told) -> str:
    return (
        f"Among those who became known in {t.period()}, {t.count('women')} were women and "
        f"{t.count('men')} men."
    )


def victims_children(t: Told) -> str:
    girls, boys = t.number("girls"), t.number("boys")
    girl = "1 was a girl" if girls == 1 else f"{t.count('girls')} were girls"
    boy = "1 was a boy" if boys == 1 else f"{t.count('boys')} were boys"
    return f"Among the children in {t.period()}, {girl} and {boy}."


def victims_purpose(t: Told) -> str:
    return (
        f"In {t.period()}, {t.count('labour')} presumed victims concerned labour and {t.count('sexual')} "
        "sexual purposes."
    )


def shares_known(t: Told) -> str:
    return (
        f"{t.count('surveys')} surveys have asked people themselves; only in {t.count('with_asked')} "
        "of them do we know "
        "how many answered."
    )


def places_known(t: Told) -> str:
    return (
        f"We know of {t.count('places')} receptions: Mika at {t.count('mika')} and KAST at {t.count('kast')}."
    )


def home_place(t: Told) -> str:
    since = f" since {t.period('since')}" if t.text("since") else "; since when is not stated"
    kind = KINDS.get(t.text("kind").lower(), t.text("kind"))
    return f"{t.text('name')} has {kind}{since}."


def home_no_place(t: Told) -> str:
    return f"We know of no Mika or KAST reception in {t.text('name')}."


def statements_known(t: Told) -> str:
    unlike = {0: "none contradicts another", 1: "in 1 case the sources differ"}.get(
        int(t.number("conflicts")), f"in {t.count('conflicts')} cases the sources differ"
    )
    return f"Receptions have published {t.count('statements')} figures about their work; {unlike}."


def statement_conflict(t: Told) -> str:
    unit = {"procent": "%"}.get(t.text("unit"), f" {t.text('unit')}")
    pairs = zip(t.names("values"), t.names("sources"), strict=True)
    said = listing([f"{value}{unit} ({t.publisher(source)})" for value, source in pairs], "en")
    when = "" if t.text("period") in ("", "okänt", "okänd") else f" {t.period()}"
    return f"{t.text('town')}, {t.text('service')}, “{t.text('what')}”{when}: the sources differ, {said}."


def earlier_known(t: Told) -> str:
    return (
        f"{t.count('mappings')} mappings {t.period('first')}–{t.period('last')} counted different things "
        "in different ways."
    )


def home_population(t: Told) -> str:
    return (
        f"{t.text('name')} had {t.count('count')} inhabitants on 31 December {t.period()}, "
        f"of {t.count('nation')} in the country."
    )


def home_population_by_sex(t: Told) -> str:
    return (
        f"Of {genitive(t.text('name'), 'en')} inhabitants in {t.period()}, {t.count('women')} were women and "
        f"{t.count('men')} were men."
    )


WARNINGS: Mapping[str, str] = {
    "no_data": "Nothing is known for this period. That does not mean zero.",
    "single_year": "A single year cannot show a level. With several years the intervals narrow.",
    "compared_with_neighbours": (
        "There are many municipalities, so home is compared only with those it borders on."
    ),
    "too_few_for_shrinkage": "Fewer than ten municipalities have a known count, so rates cannot be smoothed.",
    "too_few_for_spatial": "Too few municipalities have a known count for a map of smoothed rates.",
    "too_few_years_for_panel": (
        "Fewer than three years are known, so no development by municipality is shown."
    ),
    "spatial_not_reliable": "The map model did not pass its own checks, so its figures are not shown.",
    "panel_not_reliable": "The model over years did not pass its own checks, so its figures are not shown.",
    "approximate_input": "At least one figure is approximate in its source and is to be read so.",
    "conflict": "Two sources differ about the same thing. Both are shown; we do not average.",
    "undated": "At least one source gives no year. Those figures are part of no development.",
    "no_population": "The population is missing for at least one row: a count without rate and interval.",
    "series_break": (
        "The law or the way of counting changed within the series. It is not one series across the line."
    ),
    "interval_only_where_asked_known": (
        "Uncertainty could be computed only where the number of respondents is known."
    ),
}
SENTENCES: Mapping[str, Callable[[Told], str]] = {
    write.__name__: write
    for write in (
        region_change, home_region, conflict, victims_last, victims_adults, victims_children, victims_purpose,
        shares_known, places_known, home_place, home_no_place, statements_known, statement_conflict,
        earlier_known, home_population, home_population_by_sex,
    )
}  # fmt: skip

"""What a figure may say: every finding code with the names of its numbers, the contract with the report.

A list of names is one text joined by "|" (an empty text: none). Rates are per `per` inhabitants,
probabilities between 0 and 1, intervals at 95 per cent. A ratio against a count of zero has no finite
value: here it is the text "inf", in a table an empty cell.
"""

from collections.abc import Mapping
from typing import Final

from klarsyn.mapping.results import Finding, Param

_RATIO = ("name_a", "name_b", "ratio", "lower", "upper", "p_value")
_CHANGE = ("from", "to", "count_from", "count_to", "ratio", "lower", "upper", "probability_rose")

FINDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    # rates_compared; above, below, not_shown: names of the areas that home is shown above, below, neither
    "home_summary": (
        "name",
        "period",
        "count",
        "population",
        "rate",
        "lower",
        "upper",
        "per",
        "above",
        "below",
        "not_shown",
    ),
    "home_missing": ("name", "period", "status"),  # the municipality's own count is not known to us
    "ratio_above": _RATIO,
    "ratio_below": _RATIO,
    "ratio_not_shown": _RATIO,
    "rates_span": ("period", "areas", "lowest_name", "lowest_rate", "highest_name", "highest_rate", "per"),
    "coverage": ("known", "total", "period"),
    "home_shrunken": ("name", "rate", "lower", "upper", "per"),
    "home_rank": ("name", "rank_lower", "rank_upper", "areas", "probability_top", "top"),
    "rank_width": ("areas", "median_width"),  # how many places wide the interval of a position is, on median
    # expected
    "below_one": ("n", "total", "national", "period"),
    "home_expected": ("name", "expected", "probability_zero", "lower", "upper", "national", "period"),
    # series; is_approximate 0/1; rate, lower, upper only where the population is known
    "series_last": ("name", "period", "count", "is_approximate"),
    "series_last_rate": ("name", "period", "rate", "lower", "upper", "per"),
    "series_change": ("name", *_CHANGE),
    # regions
    "region_change": ("name", "source", *_CHANGE),
    "home_region": ("name", "region", "known"),  # known 0/1: is there any figure of the home region
    "conflict": (
        "name",
        "period",
        "values",
        "sources",
    ),  # values and sources joined by "|", in the same order
    # victims; a finding is left out where the source does not state its number
    "victims_last": ("period", "total"),
    "victims_adults": ("period", "women", "men"),
    "victims_children": ("period", "girls", "boys"),
    "victims_purpose": ("period", "labour", "sexual"),
    # shares, places, statements, earlier, population
    "shares_known": ("surveys", "with_asked"),
    "places_known": ("places", "mika", "kast"),  # a house for both counts in both
    "home_place": ("name", "kind", "since"),  # since "" = not stated
    "home_no_place": ("name",),
    "statements_known": ("statements", "conflicts"),
    "statement_conflict": ("town", "service", "what", "period", "values", "unit", "sources"),
    "earlier_known": ("mappings", "first", "last"),
    "home_population": ("name", "period", "count", "nation"),
    "home_population_by_sex": ("name", "period", "women", "men"),
    # protected; counts as published, rounded; lower and upper: what the true count lies within
    "protected_total": ("period", "count", "lower", "upper"),
    "protected_apart": ("period",),  # each kind has a unit of its own, and no sum is shown
    "protected_change": ("from", "to", "count_from", "count_to", "is_sure"),  # is_sure 0/1: beyond rounding
    "protected_most": ("period", "variable", "category", "count"),  # surely above every other category
    "protected_close": ("period", "variable", "categories", "counts"),  # any of these may be the largest
    # weeks with an event and others, of published counts alone; the limits hold every true count left open
    "weeks_ratio": (
        "period",
        "count_event",
        "weeks_event",
        "count_other",
        "weeks_other",
        "ratio",
        "lower",
        "upper",
        "verdict",  # "above", "below", "not_shown"
    ),
    # the same of outreach, with the days of those weeks: fewer or more tries are also fewer or more shifts
    "outreach_weeks_ratio": (
        "period",
        "count_event",
        "weeks_event",
        "days_event",
        "count_other",
        "weeks_other",
        "days_other",
        "ratio",
        "lower",
        "upper",
        "verdict",
    ),
    "outreach_weeks_too_few": ("period", "least", "weeks"),
    "outreach_weeks_unsaid": ("period",),  # a sheet did not say its week, in a month with an event
    "weeks_too_few": ("period", "least", "weeks"),  # signs and weeks that each side must have
    # pairs: how many moved one way and the other; carried: what smallcounts.change.carried says of the limits
    "protected_pairs": ("period", "point", "nearer", "further", "carried"),
    "protected_how": ("error", "hidden"),  # how far a true count may be, at most; how many cells are hidden
    # hidden_population; reason and reasons: codes of smallcounts.mse.words.REASONS; limits in persons;
    # whose: "chao" or "methods", on whose lower limit the bound rests
    "hidden_range": ("name", "period", "lists", "observed", "lower", "upper"),
    "hidden_bound": ("name", "period", "lists", "observed", "lower", "whose", "reason"),
    "hidden_nothing": ("name", "period", "lists", "observed", "reason"),
    "hidden_against": ("reasons",),  # all that speaks against saying more
    "hidden_spread": ("methods", "lower", "upper", "verdict"),  # the limits of those that count, together
    "hidden_dial": (
        "lower",
        "upper",
        "halves",
        "doubles",
        "verdict",
    ),  # N(1/4), N(4); halves 0 = nothing does
    "hidden_shared": (
        "observed",
        "on_several",
        "pairs",
        "empty",
    ),  # pairs of lists; empty: with nobody on both
    "hidden_known": ("tests", "held"),  # on lists of known size; limits that held it
    "hidden_how": ("draws", "stepwise_draws", "seed"),
}

WARNINGS: Final = (
    "no_data",  # nothing known for the period: the figure has no tables
    "single_year",  # one year cannot show a level
    "compared_with_neighbours",  # so many areas that only those next to home are compared one by one
    "too_few_for_shrinkage",  # fewer than 10 areas with a count
    "too_few_for_spatial",  # fewer than 100 areas with a count, or no borders
    "too_few_years_for_panel",  # fewer than 3 years
    "spatial_not_reliable",  # the model's own diagnostics say no; the table is left out
    "panel_not_reliable",
    "approximate_input",
    "conflict",  # two sources disagree; both are shown
    "undated",  # the source gives no year
    "no_population",  # a count without its denominator: no rate
    "series_break",  # a break falls inside the series
    "interval_only_where_asked_known",
)


def say(code: str, **params: Param) -> Finding:
    """A finding with exactly the numbers its code promises; KeyError names what is missing or too much."""
    if set(params) != set(FINDINGS[code]):
        raise KeyError(f"{code}: {sorted(set(params) ^ set(FINDINGS[code]))}")
    return Finding(code, tuple((name, params[name]) for name in FINDINGS[code]))

"""The tables of a mapping: their columns, units and keys. The contract with the report, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from smallcounts.results import Cell, Column

# Kinds by column name (results.Column); what is not named here is a text.
_KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("area", "area_a", "area_b", "code"), "area"),
    **dict.fromkeys(("period", "from", "to"), "period"),
    **dict.fromkeys(
        ("count", "count_from", "count_to", "total", "adults", "children", "women", "men"), "count"
    ),
    **dict.fromkeys(
        ("adults_other", "girls", "boys", "children_unknown", "labour", "sexual", "asked"), "count"
    ),
    **dict.fromkeys(("rate", "lower", "upper", "ratio", "p_value", "expected", "value", "target"), "number"),
    **dict.fromkeys(("low_998", "low_95", "high_95", "high_998", "rank_lower", "rank_upper"), "number"),
    **dict.fromkeys(("probability_top", "probability_zero", "probability_rose"), "number"),
    **dict.fromkeys(("size", "shared", "alone", "met"), "count"),
    **dict.fromkeys(("estimate", "xi", "number", "behind", "per_met"), "number"),
    **dict.fromkeys(("quarter", "three_quarters", "by_steps", "by_average"), "number"),
    **dict.fromkeys(("missed", "kept", "weight", "changed"), "percent"),
    **dict.fromkeys(("is_home", "is_approximate", "is_conflict"), "number"),
    "population": "population",
    "percent": "percent",
    "status": "status",
}
_PROBABILITIES = ("p_value", "probability_top", "probability_zero", "probability_rose")


@dataclass(frozen=True, slots=True)
class Layout:
    """`unit` is that of the computed numbers; "per" becomes per_100000 (or what the indicator says)."""

    columns: str
    key: str
    unit: str = ""


_RATES = "area name period count population rate lower upper"
LAYOUTS: Final[Mapping[str, Layout]] = {
    "rates": Layout(f"{_RATES} is_home source", "area period source", "per"),
    "ratios": Layout(
        "area_a name_a area_b name_b ratio lower upper p_value verdict", "area_a area_b", "ratio"
    ),
    "funnel": Layout("population low_998 low_95 target high_95 high_998", "population", "per"),
    "coverage": Layout("area name status count population rate", "area", "per"),
    "shrunken": Layout("area name rate lower upper", "area", "per"),
    "spatial": Layout("area name rate lower upper probability_top", "area", "per"),
    "panel": Layout("area period name count population rate lower upper", "area period", "per"),
    "ranks": Layout("area name rank_lower rank_upper probability_top", "area", "place"),
    "expected": Layout("area name population expected probability_zero lower upper", "area", "count"),
    "series": Layout(
        "period count population rate lower upper status is_approximate source", "period source", "per"
    ),
    "regions": Layout(f"{_RATES} source", "area period source", "per"),
    "partial": Layout("area name period count source", "area period source"),
    "change": Layout(
        "area name from to count_from count_to ratio lower upper probability_rose source",
        "area from to source",
        "ratio",
    ),
    "conflicts": Layout("area name period count source", "area period source"),
    "victims": Layout(
        "period total adults children women men adults_other girls boys children_unknown labour sexual"
        " source note",
        "period source",
    ),
    "nation": Layout("period population", "period"),
    "shares": Layout(
        "survey year population question percent lower upper asked source note kind",
        "survey population question",
        "percent",
    ),
    "places": Layout("town code kind local_name catchment age_limit since host source note", "town kind"),
    "statements": Layout(
        "town service period what value unit source note is_conflict", "town service period what source"
    ),
    "earlier": Layout("year publisher area method result source", "year publisher"),
    "population": Layout("period area name count", "area period"),
    "hidden_methods": Layout(
        "period estimator state estimate lower upper counts_in model", "estimator", "count"
    ),
    "hidden_lists": Layout("number on_list size shared alone", "on_list"),
    "hidden_overlap": Layout("on_lists count", "on_lists"),
    "hidden_pairs": Layout(
        "first_list second_list count ratio lower upper verdict", "first_list second_list", "ratio"
    ),
    "hidden_dial": Layout("xi estimate", "xi", "count"),
    "hidden_near": Layout("near_model behind weight estimate", "near_model", "count"),
    "hidden_arranged": Layout(
        "arrangement on_lists met shared by_steps by_average", "arrangement on_lists", "count"
    ),
    "hidden_links": Layout("missed met quarter estimate three_quarters", "missed", "count"),
    "hidden_person": Layout("on_lists count moved estimate changed", "on_lists moved", "count"),
    "hidden_tested": Layout(
        "on_list estimator size met estimate lower upper covered", "on_list estimator", "count"
    ),
    "hidden_trajectory": Layout("kept met quarter estimate three_quarters per_met", "kept", "count"),
    "population_by_sex": Layout("period area name category count", "area period category"),
}
# In these tables a column name means words from the source, not what it means elsewhere.
_TEXT_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "shares": ("population",),
    "earlier": ("area",),
    "statements": ("period",),
}


def columns(table: str, *, per: int) -> tuple[Column, ...]:
    """The columns of `table`, in order, with kind and unit."""
    layout = LAYOUTS[table]
    return tuple(_column(table, name, layout.unit, per) for name in layout.columns.split())


def _column(table: str, name: str, unit: str, per: int) -> Column:
    kind = "text" if name in _TEXT_IN.get(table, ()) else _KINDS.get(name, "text")
    if kind in ("count", "population"):
        return Column(name, kind, "persons" if kind == "population" else "count")
    if name in _PROBABILITIES:
        return Column(name, kind, "probability")
    if kind != "number" or name.startswith("is_") or name in ("value", "xi"):
        return Column(name, kind)
    return Column(name, kind, f"per_{per}" if unit == "per" else unit)


def row_id(table: str, row: Mapping[str, Cell]) -> str:
    """What a Step's `row` says: the table and the row's key, as "rates:0680:2019:scb-folkmangd"."""
    return ":".join([table, *(str(row[name]) for name in LAYOUTS[table].key.split())])


def sorted_rows(rows: Sequence[dict[str, Cell]], home: str) -> tuple[dict[str, Cell], ...]:
    """Home first, then by name in the Swedish alphabet: never by value, since that would be a ranking."""
    return tuple(sorted(rows, key=lambda row: (row["area"] != home, alphabetical(str(row["name"])))))


_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "y"})


def alphabetical(name: str) -> str:
    """A sort key in which å, ä and ö follow z."""
    return name.casefold().translate(_AFTER_Z)

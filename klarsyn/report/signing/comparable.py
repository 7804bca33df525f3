"""Which figures of an edition another municipality may set beside its own, and what each of them means."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from klarsyn.mapping.definitions import Indicator, Method
from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.report import sentences
from klarsyn.report.opendata.facts import Sheet
from klarsyn.report.protected_tables import cells_of, is_protected, variables
from klarsyn.report.signing.manifest import canonical
from smallcounts.results import SafeTable


def definition(indicator: Indicator) -> str:
    """The version of what is counted: another numerator, denominator or measure is another version.

    Title, explanations, areas and years are not part of it: they change nothing in what a number means.
    """
    said = {
        "id": indicator.id,
        "method": indicator.method.value,
        "measures": [m.value for m in indicator.measures],
        "per": indicator.per,
        "numerator": indicator.numerator.sv.split(),
        "denominator": indicator.denominator.sv.split(),
    }
    return hashlib.sha256(canonical(said)).hexdigest()[:16]


def comparable(mapping: FrozenMapping) -> list[dict[str, Any]]:
    """The municipality's own figures that can be compared, as the manifest says them."""
    return [entry for figure in mapping.figures for entry in _entries(figure, mapping)]


def population_file(mapping: FrozenMapping) -> str:
    """The file that says how many live in the municipality; "" when the edition has none."""
    for figure in mapping.figures:
        for table in figure.tables:
            if figure.indicator.method is Method.POPULATION and table.name == "population":
                return f"{Sheet(figure, table).name}.csv"
    return ""


def _entries(figure: FigureResult, mapping: FrozenMapping) -> Iterator[dict[str, Any]]:
    for table in figure.tables:
        if _is_of_rates(figure, table, mapping.municipality):
            yield _entry(figure, table, "rate")
        elif is_protected(table) and _has_sum(table):
            yield _entry(figure, table, "count")
            return  # every protected table has the same sum of everybody


def _is_of_rates(figure: FigureResult, table: SafeTable, home: str) -> bool:
    is_rates = figure.indicator.method is Method.RATES_COMPARED and table.name == "rates"
    return is_rates and home in table.column("area")


def _has_sum(table: SafeTable) -> bool:
    if not any(c.name == "count" for c in table.columns):
        return False
    return any(() in cells_of(table, str(period)) for period in set(table.column("period")))


def _entry(figure: FigureResult, table: SafeTable, kind: str) -> dict[str, Any]:
    indicator = figure.indicator
    error = next((int(f.get("error")) for f in figure.findings if f.code == sentences.PROTECTION), 0)
    return {
        "indicator": indicator.id,
        "definition": definition(indicator),
        "measures": [m.value for m in indicator.measures],
        "kind": kind,
        "file": f"{Sheet(figure, table).name}.csv",
        "per": indicator.per,
        "level": 0.95,
        "rounded_by": error,
        "variables": list(variables(table)) if kind == "count" else [],
        "title": {"sv": indicator.title.sv, "en": indicator.title.en},
        "says_not": {
            "sv": " ".join(indicator.says_not.sv.split()),
            "en": " ".join(indicator.says_not.en.split()),
        },
        "numerator": {"sv": indicator.numerator.sv, "en": indicator.numerator.en},
        "sources": [f"{s.publisher}: {s.title}" for s in figure.sources],
        "breaks": [{"on": b.on.isoformat(), "sv": b.title_sv, "en": b.title_en} for b in figure.breaks],
        "is_invented": table.is_invented,
    }

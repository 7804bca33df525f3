"""Titles made of several findings, or of the mapping's own year and the newest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from klarsyn.mapping.results import FigureResult, Finding
from klarsyn.report import numbers
from klarsyn.report.sentences import en_hidden, sv_hidden
from klarsyn.report.sentences.told import Told
from klarsyn.sources.values import Measure

NOUNS: Mapping[Measure, tuple[str, str]] = {
    Measure.CONVICTED_PERSONS: ("lagföringar", "findings of guilt"),
    Measure.REPORTED_OFFENCES: ("anmälda köp", "reported purchases"),
    Measure.SIMULATED: ("påhittade fall", "invented cases"),
}
Title = Callable[[FigureResult, Told], str]


def region_change(figure: FigureResult, t: Told) -> str:
    """How many regions rose for certain, by every source that speaks of them."""
    by_region: dict[str, list[Finding]] = defaultdict(list)
    for finding in figure.findings:
        if finding.code == "region_change":
            by_region[str(finding.get("name"))].append(finding)
    rose = [name for name, found in by_region.items() if all(float(f.get("lower")) > 1 for f in found)]
    n, of = numbers.count(len(rose), t.language), numbers.count(len(by_region), t.language)
    if t.language == "sv":
        return (
            f"Anmälningarna steg klart i {n} av {of} polisregioner med uppgift, från "
            f"{t.period('from')} till {t.period('to')}"
        )
    return (
        f"Reports clearly rose in {n} of {of} police regions with a figure, from {t.period('from')} to "
        f"{t.period('to')}"
    )


def series_last(figure: FigureResult, t: Told) -> str:
    """The mapping's own year first, then the newest."""
    row = _of_year(figure, "series", t.year)
    if row is None or t.text("period") == str(t.year) or row["count"] is None:
        return ""
    about = ("omkring " if t.language == "sv" else "about ") if row.get("is_approximate") else ""
    then = about + numbers.count(float(row["count"]), t.language)
    noun = NOUNS.get(t.measure, ("fall", "cases"))[t.language == "en"] if t.measure else ""
    if t.language == "sv":
        return f"{t.year} blev det {then} {noun} i hela landet, {t.period()} blev det {t.count('count')}"
    return f"There were {then} {noun} in the whole country in {t.year} and {t.count('count')} in {t.period()}"


def victims_last(figure: FigureResult, t: Told) -> str:
    row = _of_year(figure, "victims", t.year)
    if row is None or t.text("period") == str(t.year) or row["total"] is None:
        return ""
    then = numbers.count(float(row["total"]), t.language)
    if t.language == "sv":
        return (
            f"{t.year} kände regionkoordinatorerna till {then} förmodade offer för människohandel, "
            f"{t.period()} till {t.count('total')}"
        )
    return (
        f"The regional coordinators knew of {then} presumed victims of trafficking in {t.year} and "
        f"{t.count('total')} in {t.period()}"
    )


def _of_year(figure: FigureResult, table: str, year: int) -> Mapping[str, str | int | float | None] | None:
    """The year's row, when exactly one source speaks of it."""
    rows = next((t.to_rows() for t in figure.tables if t.name == table), [])
    found = [row for row in rows if row["period"] == str(year)]
    return found[0] if len(found) == 1 else None


def hidden(figure: FigureResult, t: Told) -> str:
    """Whose lists and what the rule says. Abroad it is a methods example, and says so before all else."""
    said = sv_hidden.title(t) if t.language == "sv" else en_hidden.title(t)
    if any(table.is_invented for table in figure.tables):
        return said  # the mark of invented figures stands before it
    example = (
        "Metodexempel, inte om kommunen" if t.language == "sv" else "Methods example, not the municipality"
    )
    return f"{example}. {said}"


TITLES: Mapping[str, Title] = {
    **{f.__name__: f for f in (region_change, series_last, victims_last)},
    **dict.fromkeys(("hidden_range", "hidden_bound", "hidden_nothing"), hidden),
}

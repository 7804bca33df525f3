"""Rates of a row, their steps from the result's own explanation, and what stands where there is none."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from klarsyn.mapping.drafts import Row
from klarsyn.mapping.methods.counted import source
from klarsyn.mapping.results import Param, Step
from smallcounts.counts import Count
from smallcounts.rates import Change, rate


class Explained(Protocol):
    """A result of smallcounts: it can say how it was made and on whose word."""

    @property
    def sources(self) -> tuple[str, ...]: ...

    def explain(self) -> tuple[tuple[str, str, str], ...]: ...


def steps(row: str, result: Explained) -> tuple[Step, ...]:
    """The result's own explanation, tied to a row of a table."""
    reference = result.sources[0] if result.sources else ""
    return as_steps(row, result.explain(), reference)


def as_steps(row: str, explained: Iterable[tuple[str, str, str]], reference: str) -> tuple[Step, ...]:
    """Steps of smallcounts (formula, numbers, result) tied to a row."""
    return tuple(Step(row, formula, numbers, result, reference) for formula, numbers, result in explained)


def without_rate(count: Count) -> Count:
    """An approximate count has no rate: an interval round "about 300" would promise what nobody counted."""
    return replace(count, population=None) if count.is_approximate else count


def rate_cells(count: Count, per: int) -> tuple[Row, tuple[tuple[str, str, str], ...], str]:
    """The cells rate, lower, upper with their explanation; empty cells where there is no denominator."""
    if count.value is None or count.population is None:
        return {"rate": None, "lower": None, "upper": None}, (), ""
    result = rate(count.value, count.population, per=per)
    cells: Row = {"rate": result.value, "lower": result.interval.lower, "upper": result.interval.upper}
    return cells, result.explain(), result.sources[0] if result.sources else ""


def rate_row(count: Count, per: int) -> Row:
    """A row of counts with rate: area, name, period, count, population, rate, lower, upper, source."""
    cells, _, _ = rate_cells(count, per)
    return {
        "area": count.area,
        "name": count.name,
        "period": count.period,
        "count": count.value,
        "population": count.population,
        **cells,
        "source": source(count),
    }


def rate_steps(row: str, count: Count, per: int) -> tuple[Step, ...]:
    """Where the rate of a row comes from; nothing where it has none."""
    _, explained, reference = rate_cells(count, per)
    return as_steps(row, explained, reference)


def finite(value: float) -> Param:
    """For a finding: a ratio against zero is the text "inf"."""
    return value if math.isfinite(value) else "inf"


def change_ratio(result: Change) -> Param:
    """For a finding: the ratio of the rates; the median where both counts are zero and there is no ratio."""
    return result.median if math.isnan(result.ratio) else finite(result.ratio)


def finite_cell(value: float) -> float | None:
    """For a table: a ratio against zero leaves the cell empty."""
    return value if math.isfinite(value) else None

"""What the results share: errors, the words behind the codes, aligned text, the single rate and the table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from smallcounts.results import Cell, Interval

Method = Literal["exact", "mid-p"]

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "poisson_counts": "each event happens independently of the others; one event never brings another",
        "scattered_counts": "counts scatter more than chance (negative binomial), by one size everywhere",
        "size_known": "the size of the scatter is known without error and holds for these counts",
        "additive_levels": "every area has the same change from year to year, but for scatter",
        "population_known": "the population is known without error and belongs to the same area and period",
        "measure_as_recorded": "the count is what the source recorded, not what happened unseen",
        "independent_areas": "the two counts come from different events",
        "expected_known": "the expected counts are known without error",
        "reference_rates_known": "the reference rates are known without error and fit every area",
        "areas_exchangeable": "before the data are seen no area is thought different from another",
        "gamma_rates": "the true relative rates follow one gamma distribution",
        "hyperparameters_uncertain": "the intervals carry the uncertainty of the common distribution",
        "target_known": "the target is known without error",
        "same_measure_all_years": "the measure means the same in all the years of a period",
        "jeffreys_prior": "before the data are seen, Jeffreys' prior for each rate",
        "draws_represent_posterior": "the draws represent what is known about the rates",
        "zero_count": "no event was counted; the lower limit is 0 by definition",
        "both_counts_zero": "no event on either side: the data say nothing about the ratio",
        "ratio_unbounded": "no event in the comparison area: the ratio has no upper limit",
        "p_and_interval_differ": "the mid-p p-value is small but the exact interval holds 1: not shown",
        "no_overdispersion": "the areas differ no more than chance does: every area gets the common rate",
        "few_areas": "fewer than 30 areas: the common distribution is poorly known",
        "rows_left_out": "rows without a number or without a population are left out",
        "overdispersed": "the areas differ more than chance alone would make them",
        "not_overdispersed": "no over-dispersion was found: the plain Poisson limits are used",
        "target_from_data": "the target is the pooled rate of the same areas",
        "break_inside_year": "a series break falls inside a year: that year stands alone",
        "year_missing": "a year is missing inside the series: the period ends before it",
        "years_differ": "the years differ more than chance alone would make them: the interval is too narrow",
        "no_scatter": "the counts scatter no more than chance does: the size is infinite",
        "size_vague": "the size is poorly known: its upper limit is more than four times the lower",
        "unknown_cells": "cells without a count are left out",
        "ties": "equal draws share their mean rank",
    }
)


class RateError(ValueError):
    """The numbers put in cannot be right; the message says which and how to mend it."""


class TooFew(RateError):
    """Too few areas for the method; the message says how many are needed."""


class Step(NamedTuple):
    """One step of a calculation: the formula, the numbers put into it, and what came out."""

    formula: str
    numbers: str
    result: str


def cell(value: float) -> float | None:
    """A float for a table: None where it is not finite, since a table cannot hold infinity."""
    return float(value) if math.isfinite(value) else None


def show(value: Cell) -> str:
    """A cell as text: floats with four significant digits, whole numbers as they are, None as a dash."""
    if value is None:
        return "–"
    if isinstance(value, float):
        if not math.isfinite(value):
            return "∞" if value > 0 else "–"
        return f"{value:.2f}" if 1 <= abs(value) < 1000 else f"{value:.4g}"
    return str(value)


def aligned(rows: Sequence[Mapping[str, Cell]]) -> str:
    """Rows as a text table: words to the left, numbers to the right, one line a row."""
    if not rows:
        return ""
    names = list(rows[0])
    text = [names, *([show(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[i]) for line in text) for i in range(len(names))]
    words = [all(isinstance(row[name], str) for row in rows) for name in names]
    return "\n".join(
        "  ".join(
            v.ljust(w) if left else v.rjust(w) for v, w, left in zip(line, widths, words, strict=True)
        ).rstrip()
        for line in text
    )


def footnotes(assumptions: Sequence[str], warnings: Sequence[str]) -> str:
    """The assumptions and warnings in words, one a line."""
    lines = [f"Assumes: {WORDS.get(code, code)}." for code in assumptions]
    return "\n".join([*lines, *(f"Warning: {WORDS.get(code, code)}." for code in warnings)])


def limits_text(interval: Interval) -> str:
    """An interval as "7.02 to 19.29 (95 %, exact)"."""
    return f"{show(interval.lower)} to {show(interval.upper)} ({interval.level:.4g}, {interval.method})"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of events per `per` people, never without its interval. Made by `rate`."""

    count: int
    population: float
    per: float
    value: float
    interval: Interval
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict: count, population, rate, lower, upper."""
        lower, upper = self.interval.lower, self.interval.upper
        return [
            {
                "count": self.count,
                "population": self.population,
                "rate": self.value,
                "lower": lower,
                "upper": upper,
            }
        ]

    def summary(self) -> str:
        """The rate and what it rests on, as text."""
        return f"{aligned(self.to_rows())}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps, with the numbers."""
        return (
            Step(
                "rate = count / population · per",
                f"{self.count} / {self.population:.12g} · {self.per:.12g}",
                show(self.value),
            ),
            Step(
                interval_formula(self.interval.method),
                f"y = {self.count}, a = {1 - self.interval.level:.4g}; "
                f"/ {self.population:.12g} · {self.per:.12g}",
                limits_text(self.interval),
            ),
        )


def interval_formula(method: str) -> str:
    """The formula of a Poisson interval by its method's name."""
    if method == "mid-p":
        return "P(Y<y|m) + P(Y=y|m)/2 = 1-a/2 gives the lower m, = a/2 the upper"
    if method == "mid-p, scattered":
        return "P(Y<y|m) + P(Y=y|m)/2 = 1-a/2 gives the lower m, = a/2 the upper; Y negative binomial, size K"
    if method == "exact, scattered":
        return "P(Y>=y|m) = a/2 gives the lower m, P(Y<=y|m) = a/2 the upper; Y negative binomial, size K"
    return "lower = chi2(a/2; 2y)/2, upper = chi2(1-a/2; 2y+2)/2"


@dataclass(frozen=True, slots=True)
class RateRow:
    """One row of a RateTable: the count as it came, with its rate and limits per `per` of the table."""

    area: str
    name: str
    period: str
    count: int
    population: float
    rate: float
    lower: float
    upper: float
    sources: tuple[str, ...]  # keys of the data's publishers, not of the method
    is_approximate: bool
    note: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that could not become a rate: `reason` is its status, or "no_population"."""

    area: str
    name: str
    period: str
    reason: str


@dataclass(frozen=True, slots=True)
class RateTable:
    """Rates of one measure, in the order of the counts; never sorted by size. Made by `rates`."""

    measure: str
    unit: str
    per: float
    level: float
    method: str
    rows: tuple[RateRow, ...]
    left_out: tuple[LeftOut, ...]
    is_invented: bool
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """Plain dicts in the table's order: area, name, period, count, population, rate, lower, upper."""
        names = ("area", "name", "period", "count", "population", "rate", "lower", "upper")
        return [{name: getattr(row, name) for name in names} for row in self.rows]

    def summary(self) -> str:
        """The table as aligned text, with assumptions, warnings and what is left out."""
        head = f"{self.measure}, per {self.per:.12g}, {self.level:.4g} {self.method} intervals"
        out = [f"Left out: {row.name or row.area} {row.period} ({row.reason})." for row in self.left_out]
        return "\n".join(
            t for t in (head, aligned(self.to_rows()), *out, footnotes(self.assumptions, self.warnings)) if t
        )

    def explain(self) -> tuple[Step, ...]:
        """The formulas once, then each row's numbers."""
        formula = interval_formula(self.method)
        return tuple(
            Step(
                f"rate = count / population · per; {formula}",
                f"{row.name or row.area} {row.period}: {row.count} / {row.population:.12g} · {self.per:.12g}",
                f"{show(row.rate)} ({show(row.lower)} to {show(row.upper)})",
            )
            for row in self.rows
        )

"""Years pooled into periods that never cross a series break or a missing year."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from scipy.special import chdtrc

from smallcounts.rates.intervals import LEVEL, PER, check_counts, check_positive, rate
from smallcounts.rates.results import Method, Rate, RateError, Step, aligned, cell, footnotes, show
from smallcounts.rates.scattered_interval import SOURCES, check_size, scattered_interval
from smallcounts.results import Cell, Interval

_RARE = 0.05


@dataclass(frozen=True, slots=True)
class PooledPeriod:
    """The years `first` to `last` as one: `rate.count` events in `rate.population` person-years.

    `ends_with`: why the period stops there: "break", "missing_year", "length" or "series_end".
    `spread`: how much more the single years vary than chance would make them (1 = chance alone, or chance and
    the scatter given); None for a single year or no event. `size`: of the pooled count, when one was given.
    """

    first: int
    last: int
    rate: Rate
    ends_with: str
    spread: float | None
    size: float | None = None

    @property
    def label(self) -> str:
        """ "2015–2019", or "2015" for a single year."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Pooling:
    """Periods in order of time. Made by `pool`."""

    periods: tuple[PooledPeriod, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """A dict per period: period, years, count, person_years, rate, lower, upper, spread, ends_with.

        With a size also the pooled size, None where infinite.
        """
        return [
            {
                "period": p.label,
                "years": p.last - p.first + 1,
                "count": p.rate.count,
                "person_years": p.rate.population,
                "rate": p.rate.value,
                "lower": p.rate.interval.lower,
                "upper": p.rate.interval.upper,
                "spread": p.spread,
                "ends_with": p.ends_with,
                **({} if p.size is None else {"size": cell(p.size)}),
            }
            for p in self.periods
        ]

    def summary(self) -> str:
        """The periods and what they rest on, as text."""
        return f"{aligned(self.to_rows())}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The sums per period, then each period's rate in steps."""
        return tuple(
            step
            for p in self.periods
            for step in (
                Step(
                    "count and person-years = sums over the years of the period",
                    p.label,
                    f"{p.rate.count} in {p.rate.population:.12g}",
                ),
                *_size_step(p),
                *p.rate.explain(),
            )
        )


def pool(
    counts_by_year: Mapping[int, int | None],
    populations_by_year: Mapping[int, float],
    breaks: Sequence[date | int] = (),
    *,
    years: int | None = None,
    size: float | None = None,
    per: float = PER,
    level: float = LEVEL,
    method: Method = "exact",
) -> Pooling:
    """Sum counts and person-years over years that mean the same.

    counts_by_year: year -> count, None (or absent) = not known: never taken as zero. populations_by_year:
    year -> mean or year-end population, for every counted year. breaks: dates (or years, meaning 1 January)
    when the series changed meaning; a break inside a year leaves that year alone. years: at most so
    many in a period, counted back from the end of each stretch, so that the latest period is full.
    size: for counts that scatter more than chance, variance = mean + mean²/size in a year (`scatter` learns
    it from all areas; taken as known). With the years' means m as their person-years the sum has the size
    K = size·(Σm)²/Σm², exactly when years are alike, and the interval of `scattered_interval`.
    Not to hide a change: see `change`. When years differ more than by chance, or by chance and scatter when
    a size is given (`years_differ`), the interval is too narrow: take a panel. RateError on bad numbers.
    """
    known = _known(counts_by_year, populations_by_year, years)
    starts = [_start(b) for b in breaks]
    stretches = _stretches(known, starts)
    periods = tuple(
        _period(part, why, counts_by_year, populations_by_year, per, level, method)
        for stretch, end in stretches
        for part, why in _parts(stretch, end, years)
    )
    if size is not None:
        periods = tuple(_scattered(p, size, counts_by_year, populations_by_year, method) for p in periods)
    first = periods[0].rate
    return Pooling(
        periods,
        (*first.assumptions, "same_measure_all_years"),
        _warnings(periods, known, starts, stretches),
        first.sources,
    )


def _known(
    counts: Mapping[int, int | None], populations: Mapping[int, float], years: int | None
) -> list[int]:
    if years is not None and years < 1:
        raise RateError(f"a period has at least one year, not {years}")
    known = sorted(year for year, count in counts.items() if count is not None)
    if not known:
        raise RateError("no year has a count")
    without = [year for year in known if year not in populations]
    if without:
        raise RateError(f"the year {without[0]} has a count but no population")
    return known


def _warnings(
    periods: Sequence[PooledPeriod],
    known: Sequence[int],
    starts: Sequence[tuple[int, bool]],
    stretches: Sequence[tuple[list[int], str]],
) -> tuple[str, ...]:
    found = {
        "break_inside_year": any(not whole and known[0] <= year <= known[-1] for year, whole in starts),
        "year_missing": any(end == "missing_year" for _, end in stretches),
        "years_differ": any(_differs(p) for p in periods),
    }
    return tuple(code for code, holds in found.items() if holds)


def _differs(period: PooledPeriod) -> bool:
    """Whether chance, and scatter if given, would vary the years so much at most once in twenty times.

    With a size chi-square errs on the safe side: it speaks in at most 5 of 100 periods without a difference,
    and hardly ever in three years of tiny counts.
    """
    if period.spread is None:
        return False
    freedom = period.last - period.first
    return float(chdtrc(freedom, period.spread * freedom)) < _RARE


def _start(moment: date | int) -> tuple[int, bool]:
    """The year of a break, and whether it stands at the turn of the year."""
    if isinstance(moment, date):
        return moment.year, (moment.month, moment.day) == (1, 1)
    return int(moment), True


def _stretches(known: Sequence[int], starts: Sequence[tuple[int, bool]]) -> list[tuple[list[int], str]]:
    """Years that belong together, each stretch with the reason it ends."""
    turns = {year for year, _ in starts} | {year + 1 for year, whole in starts if not whole}
    stretches: list[tuple[list[int], str]] = []
    current = [known[0]]
    for before, after in pairwise(known):
        if any(before < turn <= after for turn in turns):
            stretches.append((current, "break"))
            current = []
        elif after != before + 1:
            stretches.append((current, "missing_year"))
            current = []
        current.append(after)
    return [*stretches, (current, "series_end")]


def _parts(stretch: list[int], end: str, years: int | None) -> list[tuple[list[int], str]]:
    if years is None or len(stretch) <= years:
        return [(stretch, end)]
    return [*_parts(stretch[:-years], "length", years), (stretch[-years:], end)]


def _period(
    part: Sequence[int],
    ends_with: str,
    counts: Mapping[int, int | None],
    populations: Mapping[int, float],
    per: float,
    level: float,
    method: Method,
) -> PooledPeriod:
    y = check_counts([counts[year] or 0 for year in part])
    people = check_positive([populations[year] for year in part], "a population")
    pooled = rate(int(y.sum()), float(people.sum()), per=per, level=level, method=method)
    spread = None
    if len(part) > 1 and y.sum() > 0:
        mean = people * y.sum() / people.sum()
        spread = float(((y - mean) ** 2 / mean).sum() / (len(part) - 1))
    return PooledPeriod(part[0], part[-1], pooled, ends_with, spread)


def _scattered(
    period: PooledPeriod,
    size: float,
    counts: Mapping[int, int | None],
    populations: Mapping[int, float],
    method: Method,
) -> PooledPeriod:
    """The period with the interval and the spread of counts that scatter by `size` in each year."""
    if math.isinf(float(check_size(size))):
        return replace(period, size=size)
    years = range(period.first, period.last + 1)
    people = [float(populations[year]) for year in years]
    plain, total = period.rate, sum(people)
    pooled = size * total**2 / sum(n**2 for n in people)
    level = plain.interval.level
    limits = scattered_interval(plain.count, pooled, level=level, method=method)
    lower, upper = (float(limit) / total * plain.per for limit in limits)
    found = replace(
        plain,
        interval=Interval(lower, upper, level, f"{method}, scattered"),
        assumptions=("scattered_counts", "size_known", *plain.assumptions[1:]),
        sources=SOURCES[method],
    )
    spread = None
    if period.spread is not None:
        means = [n * plain.count / total for n in people]
        pairs = zip(years, means, strict=True)
        terms = [((counts[year] or 0) - m) ** 2 / (m + m**2 / size) for year, m in pairs]
        spread = sum(terms) / (len(people) - 1)
    return replace(period, rate=found, size=pooled, spread=spread)


def _size_step(period: PooledPeriod) -> tuple[Step, ...]:
    if period.size is None:
        return ()
    years = f"{period.last - period.first + 1} years"
    return (Step("K = size · (Σ person-years)² / Σ person-years²", years, f"K = {show(period.size)}"),)

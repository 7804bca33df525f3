"""Small tables to learn and test with: one published, one invented with a known truth."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Scotland:
    """Lip cancer among men in 56 districts of Scotland 1975–1980, in the order of the publication.

    `observed` (56,) cases; `expected` (56,) from the age distribution and the national rates; `borders`
    0-based pairs, each once, lower first. Sources: Kemp et al. 1985; Clayton & Kaldor 1987, table 1, whose
    list of adjacent districts gives Orkney, Shetland and the Western Isles neighbours across water.
    """

    names: tuple[str, ...]
    observed: tuple[int, ...]
    expected: tuple[float, ...]
    borders: tuple[tuple[int, int], ...]
    sources: tuple[str, ...] = ("clayton-kaldor-1987", "kemp-1985", "breslow-clayton-1993")


@dataclass(frozen=True, slots=True)
class SimulatedRate:
    """One invented count: `count` was drawn from `true_rate_per_100000` in `population` people.

    The area codes and populations are real, the counts are not: never to be shown as real.
    """

    area: str
    year: int
    population: int
    count: int
    true_rate_per_100000: float


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((files(__name__) / name).read_text(encoding="utf-8").splitlines()))


@cache
def scotland() -> Scotland:
    """The lip cancer table that small-area methods are tried on since 1987."""
    rows = _rows("scotland.csv")
    pairs = {
        (min(here, there), max(here, there))
        for here, row in enumerate(rows)
        for there in (int(number) - 1 for number in row["neighbours"].split())
    }
    return Scotland(
        names=tuple(row["name"] for row in rows),
        observed=tuple(int(row["observed"]) for row in rows),
        expected=tuple(float(row["expected"]) for row in rows),
        borders=tuple(sorted(pairs)),
    )


@cache
def _simulated() -> tuple[SimulatedRate, ...]:
    return tuple(
        SimulatedRate(
            row["area"],
            int(row["year"]),
            int(row["population"]),
            int(row["count"]),
            float(row["true_rate_per_100000"]),
        )
        for row in _rows("simulated_rates.csv")
    )


def simulated_rates() -> list[SimulatedRate]:
    """2,900 invented counts, 290 municipalities 2015–2024, by area and then year, with the true rates."""
    return list(_simulated())

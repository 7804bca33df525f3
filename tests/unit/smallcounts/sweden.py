"""The map and the invented counts that the models' tests share."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smallcounts.datasets import simulated_rates

DATA = Path(__file__).parents[2] / "published" / "data"
Array = NDArray[np.float64]


def read(name: str) -> list[dict[str, str]]:
    """Rows of a stored table."""
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def areas() -> tuple[str, ...]:
    """290 codes in the order of the arrays."""
    return tuple(sorted({row.area for row in simulated_rates()}))


@cache
def borders() -> tuple[tuple[int, int], ...]:
    at = {code: i for i, code in enumerate(areas())}
    return tuple((at[row["area_a"]], at[row["area_b"]]) for row in read("borders_sweden.csv"))


@cache
def cells() -> tuple[Array, Array, Array]:
    """Counts, populations and true rates per person, each (290, 10)."""
    rows = sorted(simulated_rates(), key=lambda row: (row.area, row.year))
    columns = [(row.count, row.population, row.true_rate_per_100000 / 1e5) for row in rows]
    counts, populations, truth = np.array(columns, float).T.reshape(3, len(areas()), -1)
    return counts, populations, truth


def expected(counts: Array, populations: Array) -> Array:
    """Expected counts (n,) when every area has the pooled rate."""
    return np.asarray(populations * counts.sum() / populations.sum())


def structured_root(n: int, pairs: Sequence[tuple[int, int]]) -> Array:
    """A root (n, n) of the scaled ICAR covariance of a connected map, made by another way than ours."""
    laplacian = np.zeros((n, n))
    for a, b in pairs:
        laplacian[[a, b], [a, b]] += 1
        laplacian[[a, b], [b, a]] -= 1
    inverse = np.linalg.pinv(laplacian)
    scaled = inverse / np.exp(np.log(np.diag(inverse)).mean())
    values, vectors = np.linalg.eigh(scaled)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0)))

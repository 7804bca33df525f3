"""How often `pooled_years` holds the true total of each year, beside each year on its own.

    python benchmarks/mse_years.py [--worlds 60]

Worlds of five years and four lists whose reach differs between years and which depend on each other, some
overlaps a year. Nominal level 0.95. No bar: a report.
"""

import argparse
import os
import sys
from itertools import combinations
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is imported

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # after the number of threads

from smallcounts.mse import CaptureTable, StrataTable, pooled_years  # noqa: E402  # after the path
from smallcounts.mse.darroch import darroch  # noqa: E402
from smallcounts.mse.stepwise import stepwise  # noqa: E402
from smallcounts.mse.strata import Factor  # noqa: E402

LISTS, YEARS = tuple("abcd"), 5


def world(random: np.random.Generator, depend: float) -> tuple[np.ndarray, np.ndarray]:
    """True totals (years,) and counts (years, 16); `depend` is the spread of the pairs' dependence."""
    masks = np.arange(16)
    on = np.array([masks >> j & 1 for j in range(4)], dtype=float)
    both = np.array([on[i] * on[j] for i, j in combinations(range(4), 2)])
    reach, pairs = random.normal(-2.2, 0.5, 4), random.normal(0, depend, len(both))
    truth = random.poisson(600 * np.exp(0.1 * np.arange(YEARS)))
    counts = np.zeros((YEARS, 16), dtype=np.int64)
    for year, size in enumerate(truth):
        eta = (reach + random.normal(0, 0.3, 4)) @ on + (pairs + random.normal(0, 0.2, len(both))) @ both
        counts[year] = random.multinomial(size, np.exp(eta) / np.exp(eta).sum())
    counts[:, 0] = 0
    return truth, counts


def report(depend: float, worlds: int) -> str:
    """One line: coverage and width (median ratio of the limits), pooled and each year alone."""
    random = np.random.default_rng(5)
    held: dict[str, list[bool]] = {"pooled": [], "independence": [], "stepwise": []}
    width: dict[str, list[float]] = {name: [] for name in held}
    for _ in range(worlds):
        truth, counts = world(random, depend)
        table = StrataTable(LISTS, (Factor("year", tuple("12345")),), counts)
        rows = pooled_years(table, "year").details["years"]
        limits = [("pooled", y, row["lower"], row["upper"]) for y, row in enumerate(rows)]
        for year, cells in enumerate(counts):
            masks = np.flatnonzero(cells)
            alone = CaptureTable.from_masks(LISTS, masks, cells[masks])
            for name, one in (("independence", darroch(alone)), ("stepwise", stepwise(alone, draws=1000))):
                limits.append((name, year, one.lower or np.inf, one.upper or -np.inf))
        for name, year, low, high in limits:
            held[name].append(bool(low <= truth[year] <= high))
            width[name].append(high / low if low > 0 else np.inf)
    told = "; ".join(
        f"{name} {np.mean(held[name]):.2f}, width ×{np.median(width[name]):.1f}" for name in held
    )
    return f"dependence of pairs N(0, {depend:g}²): {told}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--worlds", type=int, default=60, help="invented worlds for each line")
    args = parser.parse_args()
    for depend in (0.0, 0.5, 1.0):
        print(report(depend, args.worlds), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The speed that `smallcounts.rates` promises: one line per claim, in CPU seconds on one thread.

    python benchmarks/rates.py [--json] [--runs 7]

A claim is met when the median of the runs after one warm-up is within its bar. The exit status is 1 when
one is missed. PyMC is not run here: its time is a constant measured by `benchmarks/peers/` (see README.md).
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is imported

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # after the number of threads

from smallcounts.datasets import simulated_rates  # noqa: E402  # after the path
from smallcounts.rates import panel, poisson_interval, ranks, scan, spatial  # noqa: E402  # after the path

PYMC_STATED = 26.0  # seconds, PyMC 5.28.5 + nutpie 0.16.8 as stated when the bar was set
PYMC_MEASURED = 15.9  # CPU seconds, compile cache warm, on the machine of benchmarks/README.md; cold 20.0
LEAST_RATIO = 20.0


@dataclass(frozen=True)
class Claim:
    """What was measured, the bar it must stay under, and how many times under it is."""

    name: str
    median_seconds: float
    bar_seconds: float
    ratio: float
    verdict: str


def median_cpu(run: Callable[[], object], runs: int) -> float:
    """Median CPU seconds of `runs` runs after a warm-up."""
    run()
    times = []
    for _ in range(runs):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def claim(name: str, seconds: float, bar: float) -> Claim:
    return Claim(name, seconds, bar, bar / seconds, "ok" if seconds <= bar else "missed")


def sweden() -> tuple[np.ndarray, np.ndarray, list[tuple[int, int]]]:
    """Invented counts and populations (290, 10), and the borders as pairs."""
    rows = sorted(simulated_rates(), key=lambda row: (row.area, row.year))
    codes = sorted({row.area for row in rows})
    at = {code: i for i, code in enumerate(codes)}
    lines = (ROOT / "tests/published/data/borders_sweden.csv").read_text(encoding="utf-8").split()[1:]
    borders = [(at[a], at[b]) for a, b, _ in (line.split(",") for line in lines)]
    counts, populations = np.array([(r.count, r.population) for r in rows]).T.reshape(2, len(codes), -1)
    return counts, populations, borders


def claims(runs: int) -> list[Claim]:
    counts, populations, borders = sweden()
    year, people = counts[:, 9], populations[:, 9]
    expected = people * year.sum() / people.sum()
    model = spatial(year, expected, borders)
    draws = model.draws(4000, seed=1)
    fit = median_cpu(lambda: spatial(year, expected, borders), runs)
    places = np.random.default_rng(1).uniform(0, 1e6, (len(year), 2))
    return [
        claim("BYM2, 290 areas", fit, 1.0),
        claim("BYM2 20 times faster than PyMC + nutpie, stated 26 s", fit, PYMC_STATED / LEAST_RATIO),
        claim(
            f"BYM2 20 times faster than PyMC + nutpie, measured {PYMC_MEASURED:g} s CPU",
            fit,
            PYMC_MEASURED / LEAST_RATIO,
        ),
        claim(
            "panel, 290 areas x 10 years", median_cpu(lambda: panel(counts, populations, borders), runs), 2.0
        ),
        claim(
            "exact intervals, 2,900 counts", median_cpu(lambda: poisson_interval(counts.ravel()), runs), 0.005
        ),
        claim("ranks, 4,000 draws x 290", median_cpu(lambda: ranks(draws, top=10), runs), 0.1),
        claim("draws, 4,000 of 290 (no bar set: 1 s)", median_cpu(lambda: model.draws(4000), runs), 1.0),
        claim(
            "scan, 290 centres, 999 maps (no bar set: 2 s)",
            median_cpu(lambda: scan(year, people, places), runs),
            2.0,
        ),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--json", action="store_true", help="the same as a list of objects")
    parser.add_argument("--runs", type=int, default=7, help="runs after the warm-up, 5 or more")
    args = parser.parse_args()
    found = claims(max(5, args.runs))
    if args.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
    else:
        width = max(len(one.name) for one in found)
        print(f"{'claim':<{width}}  {'median s':>9}  {'bar s':>7}  {'bar/median':>10}")
        for one in found:
            print(
                f"{one.name:<{width}}  {one.median_seconds:>9.4f}  {one.bar_seconds:>7.3f}"
                f"  {one.ratio:>9.1f}x  {one.verdict}"
            )
        fit = found[0].median_seconds
        print(f"PyMC + nutpie / ours: stated {PYMC_STATED / fit:.0f}x, measured {PYMC_MEASURED / fit:.0f}x")
    return int(any(one.verdict == "missed" for one in found))


if __name__ == "__main__":
    sys.exit(main())

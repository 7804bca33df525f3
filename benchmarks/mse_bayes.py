"""The speed of the Bayesian methods of `smallcounts.mse`; lines for benchmarks/mse.py, or alone.

    python benchmarks/mse_bayes.py [--json] [--runs 5]

The peers' user CPU seconds (dga 2.0.2, MCMCpack 1.6.3, LCMCR 0.4.14, R 4.2.2, two shared cores, one thread)
were measured when the bars were set. Effective draws are counted over four chains from different starts, so
that a chain stuck in one mode does not count as many draws. The exit status is 1 when a claim is missed.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is imported

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import time  # noqa: E402  # after the number of threads

import numpy as np  # noqa: E402

from benchmarks.mse_claims import Claim, claim, median_cpu, peak_megabytes, seconds, show  # noqa: E402
from smallcounts.datasets import lists  # noqa: E402
from smallcounts.mse import CaptureTable  # noqa: E402
from smallcounts.mse.averaging import decomposable_average  # noqa: E402
from smallcounts.mse.convergence import convergence  # noqa: E402
from smallcounts.mse.graphs import decomposable_graphs  # noqa: E402
from smallcounts.mse.latent_chain import LEVELS, TRAVEL, new_chain  # noqa: E402
from smallcounts.mse.thresholding import bayesian_threshold  # noqa: E402

LEAST_GAIN = 5.0
CHAINS, CLASSES = 4, 10
PLAIN_SWEEPS, TEMPERED_SWEEPS = 100_000, 2000


@dataclass(frozen=True)
class Efficiency:
    """Effective draws of log N a CPU second, plain sampler and ours, with R-hat of each."""

    name: str
    plain_r_hat: float
    plain_per_second: float
    ours_r_hat: float
    ours_per_second: float

    @property
    def gain(self) -> float:
        return self.ours_per_second / self.plain_per_second


def seven_lists() -> CaptureTable:
    """The six UK lists and a seventh that meets each person with chance 5 %, and 80 nobody else meets."""
    six, rng = lists.uk_2013().table, np.random.default_rng(1)
    cells = np.zeros(128, dtype=np.int64)
    for mask, count in enumerate(six.cells):
        moved = rng.binomial(count, 0.05)
        cells[mask] += count - moved
        cells[mask | 64] += moved
    cells[64] = 80
    return CaptureTable.from_masks((*six.lists, "seventh"), range(1, 128), cells[1:])


def average_afresh(table: CaptureTable) -> None:
    """The average with the graphs listed anew."""
    decomposable_graphs.cache_clear()
    decomposable_average(table)


def plain_sweeps(table: CaptureTable) -> None:
    new_chain(table, CLASSES, 1, 1, 1).sweep(PLAIN_SWEEPS, travel=0.0)


def bayes_claims(runs: int) -> list[Claim]:
    five, six, seven = lists.uk_2013_five().table, lists.uk_2013().table, seven_lists()
    kosovo = lists.kosovo().table
    few = max(runs // 2, 1)
    return [
        claim(
            "graphs averaged, five lists", median_cpu(lambda: decomposable_average(five), runs), 0.010, 3.7
        ),
        claim("graphs averaged, six lists", median_cpu(lambda: average_afresh(six), runs), 0.1, 1.3),
        claim("graphs averaged, seven lists", median_cpu(lambda: average_afresh(seven), few), 10.0),
        claim("thresholding, five lists", median_cpu(lambda: bayesian_threshold(five), runs), None, 0.51),
        claim("thresholding, six lists", median_cpu(lambda: bayesian_threshold(six), runs), None, 0.76),
        claim(
            "plain latent class, 100,000 sweeps, Kosovo",
            median_cpu(lambda: plain_sweeps(kosovo), few),
            1.7,
            1.47,
        ),
        claim(
            "plain latent class, 100,000 sweeps, five lists",
            median_cpu(lambda: plain_sweeps(five), few),
            1.7,
            1.28,
        ),
        claim(
            "plain latent class, 100,000 sweeps, six lists",
            median_cpu(lambda: plain_sweeps(six), few),
            1.7,
            1.69,
        ),
    ]


def _run(table: CaptureTable, levels: int, travel: float, warm_up: int, sweeps: int) -> tuple[float, float]:
    """R-hat, and effective draws a CPU second with the warm-up paid for."""
    begin, logs = time.process_time(), []
    for stream in range(CHAINS):
        chain = new_chain(table, CLASSES, levels, 1, stream)
        chain.sweep(warm_up, travel=travel, tune=True)
        logs.append(np.log(table.n + chain.sweep(sweeps, travel=travel)))
    spent = time.process_time() - begin
    found = convergence(np.array(logs))
    return found.r_hat, min(found.bulk, found.tail) / spent


def efficiencies() -> list[Efficiency]:
    """Plain and tempered chains on the published tables, from the same random places."""
    names = ("korea", "kosovo", "uk_2013_four", "uk_2013_five", "uk_2013", "hare")
    found = []
    for name in names:
        table = getattr(lists, name)().table
        _run(table, LEVELS, TRAVEL, 10, 100)
        plain = _run(table, 1, 0.0, 10_000, PLAIN_SWEEPS)
        ours = _run(table, LEVELS, TRAVEL, 1000, TEMPERED_SWEEPS)
        found.append(Efficiency(name, *plain, *ours))
    return found


def show_efficiencies(found: list[Efficiency]) -> str:
    lines = [f"{'effective draws a second':<26}{'plain':>8}{'R-hat':>8}{'ours':>8}{'R-hat':>8}{'gain':>8}"]
    for one in found:
        lines.append(
            f"{one.name:<26}{one.plain_per_second:>8,.0f}{one.plain_r_hat:>8.3f}"
            f"{one.ours_per_second:>8,.0f}{one.ours_r_hat:>8.3f}{one.gain:>7.1f}x"
        )
    lines.append(
        f"where the plain chains disagree (R-hat above 1.05) the gain must be at least {LEAST_GAIN:g}x"
    )
    return "\n".join(lines)


def gains_hold(found: list[Efficiency]) -> bool:
    """Five times the effective draws wherever the plain sampler has not converged, and R-hat near 1."""
    hard = [one for one in found if one.plain_r_hat > 1.05]
    return all(one.gain >= LEAST_GAIN for one in hard) and all(one.ours_r_hat <= 1.05 for one in found)


def growth() -> str:
    """How the average over graphs grows with lists, and a tempered sweep with classes."""
    tables = [lists.korea(), lists.kosovo(), lists.uk_2013_five(), lists.uk_2013()]
    spent = [
        (table.k, median_cpu(lambda table=table: average_afresh(table), 3))
        for table in (*(one.table for one in tables), seven_lists())
    ]
    words = ", ".join(f"{k} lists {seconds(s)}" for k, s in spent)
    five, sweeps = tables[2].table, []
    for classes in (5, 10, 20):
        chain = new_chain(five, classes, LEVELS, 1, 1)
        chain.sweep(300, travel=TRAVEL, tune=True)
        each = median_cpu(lambda chain=chain: chain.sweep(200, travel=TRAVEL), 3, per=200)
        sweeps.append(f"{classes} classes {seconds(each)}")
    return f"graphs averaged: {words}\na tempered sweep of five lists: {', '.join(sweeps)}"


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--json", action="store_true")
    words.add_argument("--runs", type=int, default=5)
    args = words.parse_args()
    found, rates = bayes_claims(args.runs), efficiencies()
    if args.json:
        rows = [asdict(one) for one in found] + [asdict(one) | {"gain": one.gain} for one in rates]
        print(json.dumps(rows, indent=1))
    else:
        print(show(found))
        print(show_efficiencies(rates))
        print(growth())
        print(f"most memory held: {peak_megabytes():.0f} MB (bar 500)")
    return 0 if gains_hold(rates) and all(one.verdict != "missed" for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())

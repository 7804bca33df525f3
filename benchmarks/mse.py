"""The speed that `smallcounts.mse` promises: one line per claim, in CPU seconds, beside its peer's.

    python benchmarks/mse.py [--json] [--runs 5]

A claim is met when the median of the runs after one warm-up is within its bar. The exit status is 1 when one
is missed. The peers are R packages and are not run here: their user CPU seconds were measured on two shared
cores with one thread (tests/published/data/mse/README.md names the versions). Threads of ours are summed.
"""

import argparse
import itertools
import json
import math
import os
import sys
from dataclasses import asdict
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is imported

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # after the number of threads
from numba import njit  # noqa: E402

from benchmarks.mse_bayes import bayes_claims  # noqa: E402
from benchmarks.mse_claims import Claim, claim, median_cpu, peak_megabytes, seconds, show  # noqa: E402
from benchmarks.mse_first import first_answer, told  # noqa: E402
from smallcounts.datasets import lists  # noqa: E402  # after the path
from smallcounts.mse import CaptureTable  # noqa: E402
from smallcounts.mse.bic import bic  # noqa: E402
from smallcounts.mse.branch import branch, branch_estimator  # noqa: E402
from smallcounts.mse.facial import classify  # noqa: E402
from smallcounts.mse.fits import Problem  # noqa: E402
from smallcounts.mse.lattice import newton  # noqa: E402
from smallcounts.mse.model_space import fit_models, model_space  # noqa: E402
from smallcounts.mse.models import parse_model, terms_of  # noqa: E402
from smallcounts.mse.stepwise import estimator, stepwise  # noqa: E402

REPEATS = 5000


@njit
def _fits(terms, p, k, margins, keep, start, alpha, work, hess, repeats):  # type: ignore[no-untyped-def]
    for _ in range(repeats):
        alpha[:] = start
        newton(terms, p, k, margins, keep, alpha, work, hess)


@njit
def _classes(terms, p, k, cells, margins, kept, keep, scratch, repeats):  # type: ignore[no-untyped-def]
    for _ in range(repeats):
        classify(terms, p, k, cells, margins, kept, keep, scratch)


def one_fit(table: CaptureTable, runs: int) -> float:
    """A fit of the stepwise model from its parent, as the search meets it."""
    problem, parent = Problem(table), Problem(table)
    _, rank, _, _ = parent.classify(terms_of(parse_model("[12,13,24,25,35]", table.k)))
    parent.newton(rank)
    _, rank, _, _ = problem.classify(terms_of(parse_model("[12,13,24,25,35,45]", table.k)))
    return median_cpu(
        lambda: _fits(
            problem.kept, rank, table.k, problem.margins, problem.keep, parent.alpha, problem.alpha,
            problem.work, problem.hess, REPEATS,
        ),
        runs, per=REPEATS,
    )  # fmt: skip


def one_existence(table: CaptureTable, model: str, runs: int) -> float:
    problem, terms = Problem(table), terms_of(parse_model(model, table.k))
    return median_cpu(
        lambda: _classes(
            terms, len(terms), table.k, problem.cells, problem.margins, problem.kept, problem.keep,
            problem.scratch, REPEATS,
        ),
        runs, per=REPEATS,
    )  # fmt: skip


def every_fit_and_existence(table: CaptureTable, runs: int) -> float:
    space = model_space(table.k, table.k - 1)
    return median_cpu(lambda: fit_models(table, space), runs)


def fit_claims(runs: int) -> list[Claim]:
    five = lists.uk_2013_five().table
    usual, largest = "[12,13,24,25,35,45]", "[1234,1235,1245,1345,2345]"
    return [
        claim("one fit, five lists, 12 parameters", one_fit(five, runs), 5e-6, 0.6e-3),
        claim("existence, 12 parameters", one_existence(five, usual, runs), 50e-6, 0.55e-3),
        claim("existence, the largest model", one_existence(five, largest, runs), 50e-6, 0.55e-3),
        claim("all 6,893 models fitted and listed", every_fit_and_existence(five, runs), 0.1, 14.3),
    ]


def search_claims(runs: int) -> list[Claim]:
    korea, kosovo = lists.korea().table, lists.kosovo().table
    five, six, few = lists.uk_2013_five().table, lists.uk_2013().table, max(runs // 2, 1)

    def steps(table: CaptureTable, draws: int, times: int) -> float:
        return median_cpu(lambda: stepwise(table, draws=draws), times)

    def models(table: CaptureTable, draws: int, times: int, order: int | None = None) -> float:
        return median_cpu(lambda: bic(table, draws=draws, max_order=order), times)

    return [
        claim("stepwise, five lists", steps(five, 0, runs), None, 0.044),
        claim("stepwise + BCa, B = 1,000, three lists", steps(korea, 1000, runs), None, 6.7),
        claim("stepwise + BCa, B = 1,000, four lists", steps(kosovo, 1000, runs), None, 25.0),
        claim("stepwise + BCa, B = 1,000, five lists", steps(five, 1000, runs), 0.3, 60.3),
        claim("stepwise + BCa, B = 1,000, six lists", steps(six, 1000, runs), 1.0, 269.1),
        claim("stepwise + BCa, B = 50,000, five lists", steps(five, 50_000, few), 60.0),
        claim("BIC, point, 113 models of four lists", models(kosovo, 0, runs), None, 0.55),
        claim("BIC, point, 6,893 models of five lists", models(five, 0, runs), 0.1, 14.3),
        claim("BIC, point, 32,768 pair models of six lists", models(six, 0, few, 2), None, 120.0),
        claim("BIC, point, 7,785,061 models of six lists", models(six, 0, few)),
        claim("BIC, B = 1,000, 113 models", models(kosovo, 1000, few), None, 93.6),
        claim("BIC, B = 1,000, 6,893 models", models(five, 1000, few), 20.0, 14_400.0),
        claim("BIC, B = 1,000, 7,785,061 models", models(six, 1000, 1)),
    ]


def growth() -> str:
    """How the cost grows with lists, models and draws."""
    tables = [lists.korea().table, lists.kosovo().table, lists.uk_2013_five().table, lists.uk_2013().table]
    rows = []
    for table in tables:
        once = estimator(table)
        counts = np.random.default_rng(1).multinomial(table.n, table.counts / table.n, size=200)
        step = median_cpu(lambda once=once, counts=counts: once(counts), 5, per=200)
        rows.append((table.k, step))
    lines = ["stepwise, per draw: " + ", ".join(f"{k} lists {seconds(s)}" for k, s in rows)]
    slope = [math.log2(b[1] / a[1]) for a, b in itertools.pairwise(rows)]
    lines.append("  doublings per list: " + ", ".join(f"{s:.1f}" for s in slope))
    rows = []
    spaces = (
        (1, 2, 64),
        (1, 3, 113),
        (2, 2, 1024),
        (2, 3, 6212),
        (2, 4, 6893),
        (3, 2, 32_768),
        (3, 5, 7_785_061),
    )
    for at, order, models in spaces:
        table = tables[at]
        found = branch(table, order, slack=0.0)
        once = branch_estimator(table, found)
        counts = np.random.default_rng(1).multinomial(table.n, table.counts / table.n, size=20)
        each = median_cpu(lambda once=once, counts=counts: once(counts), 3, per=20)
        rows.append((models, found.fits, each))
    told = ", ".join(f"{m:,} models {f:,} fits, {seconds(e)}" for m, f, e in rows)
    lines.append(f"BIC, fits on the data, and the time of one draw's search: {told}")
    five = tables[2]
    times = [median_cpu(lambda b=b: stepwise(five, draws=b), 3) for b in (1_000, 4_000, 16_000)]
    lines.append("stepwise, five lists, B = 1,000, 4,000, 16,000: " + ", ".join(map(seconds, times)))
    return "\n".join([*lines, f"most memory held: {peak_megabytes():.0f} MB (bar 500)"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--json", action="store_true", help="the same as a list of objects")
    parser.add_argument("--runs", type=int, default=5, help="runs after the warm-up, 5 or more")
    args = parser.parse_args()
    runs = max(5, args.runs)
    found = [*fit_claims(runs), *search_claims(runs), *bayes_claims(runs)]
    if args.json:
        print(json.dumps([{**asdict(one), "ratio": one.ratio} for one in found], indent=2))
    else:
        print(show(found))
        print()
        print(growth())
        print(told(*first_answer(runs)))
    return int(any(one.verdict == "missed" for one in found))


if __name__ == "__main__":
    sys.exit(main())

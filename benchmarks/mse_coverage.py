"""How often the intervals of `smallcounts.mse` hold a true total that is known, beside the nominal level.

    python benchmarks/mse_coverage.py [--sets 200] [--draws 2000]

Tables are drawn from models fitted to the five British lists (UK-like), from the same with a tenth of the
persons (sparse), and from independent lists; each is estimated as the front door would. No bar: a report.
"""

import argparse
import os
import sys
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is imported

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # after the number of threads

from smallcounts.datasets import lists  # noqa: E402  # after the path
from smallcounts.mse import CaptureError, CaptureTable, estimate_population  # noqa: E402
from smallcounts.mse.fits import fit_model, fitted_cells  # noqa: E402

LEVELS = (0.8, 0.95)


def truth(model: str, share: float) -> tuple[np.ndarray, float]:
    """Probabilities of the 2^5 patterns under a model fitted to the British lists, and the true total."""
    fit = fit_model(lists.uk_2013_five().table, model)
    cells = fitted_cells(5, fit.coefficients) * share
    return cells / cells.sum(), float(round(cells.sum()))


def covered(method: str, model: str, share: float, sets: int, draws: int) -> str:
    """One line: how often each level held the truth, how often nothing was bounded, the median error."""
    shares, total = truth(model, share)
    rng = np.random.default_rng(20251123)
    hits, unbounded, misses = dict.fromkeys(LEVELS, 0), 0, []
    for _ in range(sets):
        cells = rng.multinomial(int(total), shares)
        cells[0] = 0
        try:
            table = CaptureTable.from_masks(
                ["LA", "NG", "PF", "GO", "GP"], np.flatnonzero(cells), cells[cells > 0]
            )
        except CaptureError:
            continue
        found = [estimate_population(table, method, level=level, bootstrap=draws) for level in LEVELS]
        if found[0].lower is None or found[0].upper is None or found[0].estimate is None:
            unbounded += 1
            continue
        misses.append(np.log(found[0].estimate / total))
        for level, one in zip(LEVELS, found, strict=True):
            hits[level] += bool(
                one.lower is not None and one.upper is not None and one.lower <= total <= one.upper
            )
    done = len(misses)
    told = ", ".join(f"{hits[level] / max(done, 1):.2f} at {level}" for level in LEVELS)
    error = f"median log error {np.median(misses):+.2f}" if misses else "no number at all"
    return (
        f"{method:<13} {model:<24} N = {total:>6,.0f}: {told}; {error}; without bound {unbounded} of {sets}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sets", type=int, default=200, help="simulated tables for each line")
    parser.add_argument("--draws", type=int, default=2000, help="bootstrap draws for each interval")
    parser.add_argument("--methods", default="stepwise,independence,decomposable", help="parted by commas")
    args = parser.parse_args()
    for method in args.methods.split(","):
        for model, share in (
            ("[12,13,24,25,35,45]", 1.0),
            ("[12,13,24,25,35,45]", 0.1),
            ("independence", 1.0),
        ):
            print(covered(method, model, share, args.sets, args.draws), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

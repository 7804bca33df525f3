"""How soon `python -m smallcounts estimate` answers when the compiled loops stand in numba's cache.

    python benchmarks/mse_first.py [--runs 5]

Five British lists in a CSV file, the default method with its 50,000 draws. The clock runs from the start of
the process to the first line of the answer (the honesty panel follows and is stopped); CPU seconds are those
of a whole run without the panel, imports among them. The bar of 3 seconds is by the clock on two cores that
have nothing else to do; the exit status is 1 when the median is above it.
"""

import argparse
import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is imported

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from smallcounts.datasets import lists  # noqa: E402  # after the path

BAR = 3.0
COMMAND = [sys.executable, "-m", "smallcounts", "estimate"]


def first_answer(runs: int) -> tuple[float, float]:
    """Medians: seconds by the clock to the first line, CPU seconds of the answer alone."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lists.csv"
        rows = lists.uk_2013_five().table.to_rows()
        with file.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        whole = [_cpu(str(file)) for _ in range(runs + 1)][1:]  # the first fills the cache
        return statistics.median(_clock(str(file)) for _ in range(runs)), statistics.median(whole)


def _cpu(file: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*COMMAND, file, "--no-panel"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _clock(file: str) -> float:
    begin = time.perf_counter()
    with subprocess.Popen([*COMMAND, file], cwd=ROOT, stdout=subprocess.PIPE) as asked:
        assert asked.stdout is not None
        asked.stdout.readline()
        spent = time.perf_counter() - begin
        asked.kill()
    return spent


def told(clock: float, cpu: float) -> str:
    verdict = "ok" if clock <= BAR else "missed"
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"first command, cache warm: first line after {clock:.1f} s by the clock (bar {BAR:g} s), {verdict};"
        f" {cpu:.1f} CPU s; load {load:.1f} on {os.cpu_count()} cores"
    )


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--runs", type=int, default=5)
    clock, cpu = first_answer(words.parse_args().runs)
    print(told(clock, cpu))
    return int(clock > BAR)


if __name__ == "__main__":
    sys.exit(main())

"""How long the whole honesty panel takes, by the clock, on the tables of `smallcounts.datasets`.

    python benchmarks/mse_panel.py

The bar of 60 seconds is for the five British lists on two cores; the exit status is 1 when it is missed.
Clock seconds, since latent classes run on both cores; CPU seconds stand beside.
"""

import os
import sys
import time
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is imported

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.mse_claims import peak_megabytes  # noqa: E402  # after the path
from smallcounts.datasets import lists  # noqa: E402
from smallcounts.mse import honesty_panel  # noqa: E402

BAR = 60.0
TABLES = ("uk_2013_five", "uk_2013", "kosovo", "hepatitis_a", "korea", "hare")


def main() -> int:
    took: dict[str, float] = {}
    honesty_panel(lists.korea().table, draws=10)  # loads the compiled loops
    for name in TABLES:
        clock, cpu = time.perf_counter(), time.process_time()
        found = honesty_panel(getattr(lists, name)().table)
        took[name] = time.perf_counter() - clock
        told = f"{took[name]:5.1f} s by the clock, {time.process_time() - cpu:5.1f} CPU s"
        print(f"{name:14} {told}  {found.verdict.kind}, {', '.join(found.verdict.reasons)}", flush=True)
    is_met = took["uk_2013_five"] <= BAR
    print(
        f"five British lists, bar {BAR:g} s: {'ok' if is_met else 'missed'}; {peak_megabytes():.0f} MB held"
    )
    return int(not is_met)


if __name__ == "__main__":
    sys.exit(main())

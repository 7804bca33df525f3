"""The speed that the charts promise: a finished SVG within 1 ms of CPU time, a number within 1 microsecond.

    python benchmarks/figures.py [--json] [--runs 200]

A claim is met when the fastest of the runs after a warm-up is within its bar: what the work costs, not
what else the machine was doing. The exit status is 1 when one is missed. Where matplotlib happens to be
installed, its time for an interval plot of three rows as SVG is printed beside ours.
"""

import argparse
import importlib.util
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from klarsyn.report.figures import gallery  # noqa: E402  # after the path
from klarsyn.report.figures.model import ChartText  # noqa: E402  # after the path
from klarsyn.report.figures.numbers import number  # noqa: E402  # after the path

CHART_BAR = 1e-3
NUMBER_BAR = 1e-6
WIDTHS = (720, 360, 1600)
TEXT = ChartText("Rubrik", "mått, plats, tid", "Beskrivning.")


@dataclass(frozen=True)
class Claim:
    """What was measured, the bar it must stay under, and how many times under it is."""

    name: str
    best_seconds: float
    bar_seconds: float
    ratio: float
    verdict: str


def best_cpu(run: Callable[[], object], runs: int, inner: int = 1) -> float:
    """Fewest CPU seconds of one call, `inner` calls at a time, after a warm-up."""
    run()
    times = []
    for _ in range(runs):
        begin = time.process_time()
        for _ in range(inner):
            run()
        times.append((time.process_time() - begin) / inner)
    return min(times)


def claim(name: str, seconds: float, bar: float) -> Claim:
    return Claim(name, seconds, bar, bar / seconds, "ok" if seconds <= bar else "missed")


def measure(runs: int) -> list[Claim]:
    """Every chart of the gallery in three widths, and a number."""
    claims = []
    for name, _, draw in gallery.CHARTS:
        for width in WIDTHS:
            chart = partial(draw, text=TEXT, id="bench", width=width)
            claims.append(claim(f"{name} {width}", best_cpu(chart, runs), CHART_BAR))
    seconds = best_cpu(lambda: number(1234.5, 1, "sv"), runs, 1_000)
    return [*claims, claim("number", seconds, NUMBER_BAR)]


PEER = """
import io, time
import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plt
def draw():
    figure, axes = plt.subplots(figsize=(7.2, 3))
    axes.errorbar([12.4, 3.9, 0], [0, 1, 2], xerr=[[5.3, 1.5, 0], [7.4, 2, 14.6]], fmt="o")
    axes.axvline(5.7, linestyle="--")
    axes.set_yticks([0, 1, 2], ["Björkhamn", "Granvik", "Lillsund"])
    figure.savefig(io.StringIO(), format="svg")
    plt.close(figure)
draw()
times = []
for _ in range(20):
    begin = time.process_time()
    draw()
    times.append(time.process_time() - begin)
print(min(times))
"""


def matplotlib_seconds() -> float | None:
    """CPU seconds of matplotlib for an interval plot of three rows; None where it is not installed."""
    if importlib.util.find_spec("matplotlib") is None:
        return None
    done = subprocess.run([sys.executable, "-c", PEER], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=200)
    asked = parser.parse_args()
    claims, peer = measure(asked.runs), matplotlib_seconds()
    out = io.StringIO()
    for c in claims:
        out.write(
            f"{c.name:<18} {c.best_seconds * 1e6:9.1f} µs  {c.ratio:6.1f} times under the bar  {c.verdict}\n"
        )
    if peer:
        ours = next(c.best_seconds for c in claims if c.name == "intervals 720")
        out.write(f"matplotlib, three intervals: {peer * 1e3:.1f} ms, {peer / ours:.0f} times ours\n")
    written = json.dumps({"claims": [asdict(c) for c in claims], "matplotlib_seconds": peer})
    sys.stdout.write(written + "\n" if asked.json else out.getvalue())
    return 0 if all(c.verdict == "ok" for c in claims) else 1


if __name__ == "__main__":
    raise SystemExit(main())

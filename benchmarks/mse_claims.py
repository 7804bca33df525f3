"""What the benchmarks of the hidden number share: a claim with its bar and its peer, measured and printed."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """What was measured in CPU seconds, the bar it must stay under, and the peer's user seconds, if known."""

    name: str
    median_seconds: float
    bar_seconds: float | None
    peer_seconds: float | None
    verdict: str

    @property
    def ratio(self) -> float | None:
        """The peer's seconds for one of ours."""
        return None if self.peer_seconds is None else self.peer_seconds / self.median_seconds


def median_cpu(run: Callable[[], object], runs: int, *, per: int = 1) -> float:
    """Median CPU seconds of `runs` runs after a warm-up, for one of the `per` things each run does."""
    run()
    times = []
    for _ in range(runs):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return statistics.median(times) / per


def claim(name: str, seconds: float, bar: float | None = None, peer: float | None = None) -> Claim:
    verdict = "" if bar is None else "ok" if seconds <= bar else "missed"
    return Claim(name, seconds, bar, peer, verdict)


def show(found: list[Claim]) -> str:
    """The claims as a table: seconds, bar, peer, how many times faster."""
    width = max(len(one.name) for one in found)
    lines = [f"{'claim':<{width}}  {'median':>10}  {'bar':>8}  {'peer':>8}  {'peer/ours':>9}"]
    for one in found:
        ratio = "" if one.ratio is None else f"{one.ratio:,.0f}x"
        lines.append(
            f"{one.name:<{width}}  {seconds(one.median_seconds):>10}  {seconds(one.bar_seconds):>8}"
            f"  {seconds(one.peer_seconds):>8}  {ratio:>9}  {one.verdict}".rstrip()
        )
    return "\n".join(lines)


def seconds(value: float | None) -> str:
    if value is None:
        return ""
    for scale, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"


def peak_megabytes() -> float:
    """The most memory this process has held, in megabytes (Linux counts in kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

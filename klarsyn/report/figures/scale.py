"""From values to pixels, and the ticks a reader expects."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_DENSE = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Linear:
    """`low` falls on pixel `a`, `high` on pixel `b`; `b` may lie before `a` (a vertical axis)."""

    low: float
    high: float
    a: float
    b: float

    def at(self, value: float) -> float:
        return self.a + (value - self.low) / (self.high - self.low) * (self.b - self.a)

    def all(self, values: Iterable[float]) -> list[float]:
        """`at` for many values."""
        a, low, span, rise = self.a, self.low, self.high - self.low, self.b - self.a
        return [a + (v - low) / span * rise for v in values]


@dataclass(frozen=True, slots=True)
class Log:
    """As `Linear`, for positive values whose ratios matter."""

    low: float
    high: float
    a: float
    b: float

    def at(self, value: float) -> float:
        return self.a + math.log(value / self.low) / math.log(self.high / self.low) * (self.b - self.a)

    def all(self, values: Iterable[float]) -> list[float]:
        """`at` for many values."""
        log, start = math.log, math.log(self.low)
        unit = (self.b - self.a) / (log(self.high) - start)
        a = self.a
        return [a + (log(v) - start) * unit for v in values]


Scale = Linear | Log


@lru_cache(maxsize=512)  # a slide and the panels beside each other ask for the same ones again
def nice_ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """Round, evenly spaced ticks that cover [low, high]: first at or below low, last at or above high.

    At most about `count` of them (two when nothing rounder covers the span).
    """
    if not high > low:
        high = low + (abs(low) or 1.0)
    raw = (high - low) / max(1, count - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(s * power for s in _STEPS if s * power >= raw * (1 - 1e-9))
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return tuple(float(f"{i * step:.12g}") for i in range(first, last + 1))


@lru_cache(maxsize=512)
def tick_decimals(ticks: tuple[float, ...]) -> int:
    """Decimals enough to write every tick exactly (at most six)."""
    for decimals in range(6):
        if all(abs(round(t, decimals) - t) <= 1e-9 * max(1.0, abs(t)) for t in ticks):
            return decimals
    return 6


def fitting_ticks(
    low: float, high: float, room: float, width_of: Callable[[float, int], float], most: int = 7
) -> tuple[float, ...]:
    """The most ticks, at most `most`, whose labels stand clear of each other in `room` pixels."""
    best = nice_ticks(low, high, 2)
    for count in range(most, 1, -1):
        ticks = nice_ticks(low, high, count)
        decimals = tick_decimals(ticks)
        gap = room / max(1, len(ticks) - 1)
        if len(ticks) <= most + 1 and gap > 1.25 * max(width_of(t, decimals) for t in (ticks[0], ticks[-1])):
            return ticks
        best = ticks
    return best


def log_ticks(low: float, high: float, most: int = 7) -> tuple[float, ...]:
    """1-2-5 ticks covering [low, high], thinned to powers of ten (or further) when there are too many."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    fine = [m * 10.0**k for k in range(first, last + 1) for m in _DENSE]
    fine = _covering(fine, low, high)
    if len(fine) > most:
        stride = max(1, math.ceil((last - first) / (most - 1)))
        fine = _covering([10.0**k for k in range(first, last + stride + 1, stride)], low, high)
    return tuple(float(f"{t:.12g}") for t in fine)


def ratio_ticks(low: float, high: float, most: int = 7) -> tuple[float, ...]:
    """Doublings (… 0.5, 1, 2, 4 …) covering [low, high]; 1 is always among them."""
    first = min(0, math.floor(math.log2(low) + 1e-9))
    last = max(0, math.ceil(math.log2(high) - 1e-9))
    if first == last:
        first, last = -1, 1
    stride = max(1, math.ceil((last - first) / (most - 1)))
    first, last = -stride * math.ceil(-first / stride), stride * math.ceil(last / stride)
    return tuple(2.0**k for k in range(first, last + 1, stride))


def _covering(ticks: list[float], low: float, high: float) -> list[float]:
    inner = [t for t in ticks if low * (1 + 1e-9) < t < high * (1 - 1e-9)]
    below = [t for t in ticks if t <= low * (1 + 1e-9)]
    above = [t for t in ticks if t >= high * (1 - 1e-9)]
    return sorted({*below[-1:], *inner, *above[:1]})

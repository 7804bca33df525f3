"""The log-normal interval for a total of which a part is seen, and the answers that carry it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from scipy.special import ndtri

from smallcounts.mse.overlap_warnings import overlap_warnings
from smallcounts.mse.results import MethodResult, State
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.results import Step

LEVEL: Final = 0.95
NAME: Final = "log-normal"


def log_normal(observed: float, unseen: float, error: float, level: float = LEVEL) -> tuple[float, float]:
    """Limits n + n̂0/C and n + n̂0·C, C = exp(z·√log(1 + (se/n̂0)²)) (chao-1987).

    `observed` n, `unseen` n̂0 and its standard error in persons. The lower limit never falls below n, which
    n̂ ± z·se may. Nothing unseen: (n, n).
    """
    if unseen <= 0:
        return float(observed), float(observed)
    spread = float(ndtri((1 + level) / 2)) * math.sqrt(math.log1p((error / unseen) ** 2))
    return observed + unseen * math.exp(-spread), observed + unseen * math.exp(min(spread, 700.0))


def answer(
    table: CaptureTable,
    method: str,
    model: str,
    unseen: float,
    error: float,
    *,
    level: float,
    state: State = "interior",
    warnings: tuple[str, ...] = (),
    assumptions: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
    details: Mapping[str, Any] | None = None,
    steps: tuple[Step, ...] = (),
) -> MethodResult:
    """The result of a method with a standard error for the unseen; few overlaps are warned of here."""
    lower, upper = log_normal(table.n, unseen, error, level)
    return MethodResult(
        method, model, state, table.n, unseen, table.n + unseen, lower, upper, level, NAME,
        (*warnings, *overlap_warnings(table)), assumptions, sources,
        MappingProxyType({"standard_error": error, **(details or {})}),
        (*steps, Step("N̂ = n + n̂0", f"{table.n} + {unseen:.1f}", f"{table.n + unseen:.1f}")),
    )  # fmt: skip


def without(
    table: CaptureTable,
    method: str,
    model: str,
    why: str,
    *,
    level: float,
    state: State = "refused",
    interval: str = NAME,
    assumptions: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
) -> MethodResult:
    """The result of a method that gives no number, and why (a code of words.py)."""
    value = math.inf if state == "unbounded" else None
    return MethodResult(
        method, model, state, table.n, value, value, None, None, level, interval, (why,), assumptions, sources
    )

"""What every method of the hidden number answers with: point, interval, state, and what it rests on."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from smallcounts.mse.words import WORDS
from smallcounts.rates.results import Step, aligned, cell, show
from smallcounts.results import Cell

State = Literal["interior", "boundary", "unbounded", "not_converged", "refused"]

__all__ = ["MethodResult", "State", "Step"]


@dataclass(frozen=True, slots=True)
class MethodResult:
    """One method's answer to: how many, seen and unseen together?

    `model` is a name such as "[12,13,4]", or "" where the method has none. `observed` persons seen, `unseen`
    and `estimate` (= observed + unseen) in persons: inf when `state` is "unbounded", None when "refused".
    `lower`, `upper`: an interval at `level` by `interval_method`; None where none was made. `state`:
    "interior" (an ordinary maximum or a full posterior), "boundary" (some parameters are infinite, the number
    is not), "unbounded" (the lists do not bound the number), "not_converged" (a figure that must not be
    used), "refused" (no figure, for the reason in `warnings`). `warnings`, `assumptions`: codes whose
    sentences stand in words.py; `sources`: keys of references.py; `details`: the method's own figures.
    """

    method: str
    model: str
    state: State
    observed: int
    unseen: float | None
    estimate: float | None
    lower: float | None
    upper: float | None
    level: float
    interval_method: str
    warnings: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    steps: tuple[Step, ...] = ()

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict; an infinite or missing number is None, and `state` says which."""
        return [
            {
                "method": self.method,
                "model": self.model,
                "state": self.state,
                "observed": self.observed,
                "unseen": _cell(self.unseen),
                "estimate": _cell(self.estimate),
                "lower": _cell(self.lower),
                "upper": _cell(self.upper),
                "level": self.level,
                "interval_method": self.interval_method,
            }
        ]

    def to_json(self) -> dict[str, Any]:
        """Plain types for JSON: the row, the warnings as codes, and the method's own figures."""
        own = {key: plain(value) for key, value in self.details.items()}
        return {**own, **self.to_rows()[0], "warnings": list(self.warnings)}

    def summary(self) -> str:
        """The answer with its interval, in aligned text, and what it assumes."""
        rows: list[dict[str, Cell]] = [
            {"": "persons seen", "persons": show(self.observed)},
            {"": "persons unseen", "persons": persons(self.unseen)},
            {"": "together", "persons": persons(self.estimate)},
        ]
        head = f"{self.method} {self.model}".strip() + f", {self.state}"
        span = f"{persons(self.lower)} to {persons(self.upper)}"
        interval = f"{self.level:.4g} interval: {span} ({self.interval_method})"
        lines = [head, "", aligned(rows), interval if self.lower is not None else "No interval was made."]
        return "\n".join([*lines, "", self.footnotes()]).rstrip()

    def footnotes(self) -> str:
        """Assumptions and warnings in words, one a line."""
        lines = [f"Assumes: {WORDS.get(code, code)}." for code in self.assumptions]
        return "\n".join([*lines, *(f"Warning: {WORDS.get(code, code)}." for code in self.warnings)])

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps: formula, numbers, what came out."""
        return self.steps

    def _repr_html_(self) -> str:
        """What a notebook shows: the summary, as it is aligned."""
        return f"<pre>{html.escape(self.summary())}</pre>"


def persons(value: float | None) -> str:
    """A number of persons for reading: whole, with thousands apart; ∞ or a dash where there is none."""
    if value is None or math.isnan(value):
        return "–"
    return f"{value:,.0f}" if math.isfinite(value) else "∞"


def plain(value: Any) -> Any:
    """The value in types that JSON knows: infinity and not-a-number become None."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if hasattr(value, "tolist"):  # NumPy's arrays and numbers
        return plain(value.tolist())
    if hasattr(value, "_asdict"):  # a named tuple
        return plain(value._asdict())
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, float):
        return cell(value)
    return value


def _cell(value: float | None) -> float | None:
    return None if value is None else cell(value)

"""Goal attainment scaling: one number for how far a person's own goals were met, and its change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from smallcounts.errors import InputError

LEVELS: Final = (-2, -1, 0, 1, 2)
CORRELATION: Final = 0.3  # between the goals of one person, as the method's authors set it
MEAN, SPREAD = 50.0, 10.0
SOURCES: Final = ("kiresuk-sherman-1968",)
ASSUMPTIONS: Final = (
    "the five levels of a goal are equally far apart",
    "goals of one person correlate by 0.3",
    "levels were written down before the support began",
)


class GoalError(InputError):
    """The goals, levels or weights cannot be used; the message says which one and how to mend it."""


@dataclass(frozen=True, slots=True)
class Attainment:
    """T with the goals it rests on. 50: what was expected; each 10 up or down is one standard deviation.

    `one_level_off`: the lowest and highest T if a single goal had been judged one level lower or higher,
    for the honest reading of a number that rests on a few judgements. It is not a confidence interval.
    """

    value: float
    levels: tuple[int, ...]
    weights: tuple[float, ...]
    one_level_off: tuple[float, float]
    assumptions: tuple[str, ...] = ASSUMPTIONS
    sources: tuple[str, ...] = SOURCES

    @property
    def goals(self) -> int:
        return len(self.levels)

    def summary(self) -> str:
        """One line: T, what one judgement can move it, and the number of goals."""
        low, high = self.one_level_off
        return (
            f"T = {self.value:.1f} ({low:.1f} to {high:.1f} if one goal were a level off), {self.goals} goals"
        )

    def to_rows(self) -> list[dict[str, float | int]]:
        """A row a goal: its number from 1, level and weight."""
        pairs = zip(self.levels, self.weights, strict=True)
        return [{"goal": i, "level": x, "weight": w} for i, (x, w) in enumerate(pairs, start=1)]

    def explain(self) -> list[str]:
        """The calculation in steps."""
        weighed = sum(w * x for x, w in zip(self.levels, self.weights, strict=True))
        return [
            "T = 50 + 10 * sum(w*x) / sqrt((1 - rho) * sum(w^2) + rho * sum(w)^2), rho = 0.3",
            f"sum(w*x) = {weighed:g}; root = {_root(self.weights):.4f}",
            f"T = {self.value:.3f}",
        ]


@dataclass(frozen=True, slots=True)
class Change:
    """T now less T at the start, over the same goals with the same weights."""

    value: float
    start: Attainment
    now: Attainment

    def summary(self) -> str:
        """One line: the change, both values, and the number of goals."""
        moved = f"from {self.start.value:.1f} to {self.now.value:.1f}"
        return f"change {self.value:+.1f} ({moved}), {self.now.goals} goals"


def attainment(levels: Sequence[int | None], weights: Sequence[float] | None = None) -> Attainment:
    """T = 50 + 10 Σwᵢxᵢ / √((1−ρ)Σwᵢ² + ρ(Σwᵢ)²) with ρ = 0.3.

    `levels`: a whole number from −2 to +2 a goal, in the goals' order. `weights`: one a goal, at least 0
    and not all 0; alike when left out. A goal that was not judged is refused, never read as 0.
    Raises GoalError. For one person's goals; never average T over fewer people than the limit for small
    counts. Source: kiresuk-sherman-1968.
    """
    checked = _checked_levels(levels)
    weighed = _checked_weights(weights, len(checked))
    return Attainment(_t(checked, weighed), checked, weighed, _one_level_off(checked, weighed))


def change(
    start: Sequence[int | None], now: Sequence[int | None], weights: Sequence[float] | None = None
) -> Change:
    """The change in T from the start. Both need a level for every goal. Raises GoalError."""
    if len(start) != len(now):
        raise GoalError(
            f"{len(start)} goals at the start and {len(now)} now: a change needs the same goals at both times"
        )
    first, second = attainment(start, weights), attainment(now, weights)
    return Change(second.value - first.value, first, second)


def _t(levels: Sequence[int], weights: Sequence[float]) -> float:
    weighed = sum(w * x for x, w in zip(levels, weights, strict=True))
    return MEAN + SPREAD * weighed / _root(weights)


def _root(weights: Sequence[float]) -> float:
    squares, total = sum(w * w for w in weights), sum(weights)
    return math.sqrt((1 - CORRELATION) * squares + CORRELATION * total**2)


def _one_level_off(levels: Sequence[int], weights: Sequence[float]) -> tuple[float, float]:
    base, step = _t(levels, weights), SPREAD / _root(weights)
    down = max((w for x, w in zip(levels, weights, strict=True) if x > LEVELS[0]), default=0.0)
    up = max((w for x, w in zip(levels, weights, strict=True) if x < LEVELS[-1]), default=0.0)
    return base - step * down, base + step * up


def _checked_levels(levels: Sequence[int | None]) -> tuple[int, ...]:
    if not levels:
        raise GoalError("no goals: write at least one goal with its five levels")
    found: list[int] = []
    for number, level in enumerate(levels, start=1):
        if level is None:
            raise GoalError(
                f"goal {number} has no level: judge it or leave the goal out; it is not counted as 0"
            )
        if isinstance(level, bool) or level not in LEVELS:
            raise GoalError(f"goal {number} has a level outside -2, -1, 0, 1, 2: choose one of the five")
        found.append(int(level))
    return tuple(found)


def _checked_weights(weights: Sequence[float] | None, goals: int) -> tuple[float, ...]:
    given = tuple(float(w) for w in weights) if weights is not None else (1.0,) * goals
    if len(given) != goals:
        raise GoalError(f"{goals} goals and {len(given)} weights: give one weight a goal")
    for number, weight in enumerate(given, start=1):
        if not math.isfinite(weight) or weight < 0:
            raise GoalError(f"goal {number} has a weight below 0 or without end: give 0 or more")
    if not any(given):
        raise GoalError("all weights are 0: give at least one goal a weight above 0")
    return given

"""What the models over many areas share: an estimate of a hyperparameter, a diagnosis, checked input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from smallcounts.counts import CountError
from smallcounts.rates.results import WORDS
from smallcounts.results import Interval

Array = NDArray[np.float64]

MODEL_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "poisson_given_rate": "given its true rate an area's count varies as chance does (Poisson)",
        "negative_binomial": "an area's counts vary between years by more than chance (negative binomial)",
        "neighbours_alike": "a part of the differences follows the borders; the data say how large a part",
        "borders_as_given": "the borders given are the ones that matter, all with the same weight",
        "bym2_priors": "P(sd > 1) = 0.01 for the spread; Beta(1/2, 1/2) for the part along borders",
        "additive_on_log_scale": "every area has the same change from year to year, but for chance",
        "size_prior": "1/sqrt(size) is exponential with P(1/sqrt(size) > 1) = 0.01",
        "year_prior": "P(sd > 1) = 0.01 for the spread of the years",
        "not_converged": "a step of the fit did not settle: do not use the figures",
        "mass_at_edge": "a part of the posterior lies outside what was searched",
        "few_areas": "fewer than 30 areas: the spread between them is poorly known",
        "few_events": "fewer than 50 events: the priors speak louder than the counts",
        "share_undecided": "the counts cannot tell how much of the differences follows the borders",
        "several_parts": "the map falls into parts that do not touch; each has its own level and scale",
        "areas_without_neighbours": "areas without neighbours are drawn towards the whole only",
        "filled_from_neighbours": "areas without a count have figures made of their neighbours alone",
        "unknown_cells": "cells without a count are left out; their rates come from other years and areas",
        "circles_of_centres": "an area lies in a circle when its point does",
        "hint_only": "a hint where to look, not evidence: no cause, no ranking",
        "trend_looks_like_cluster": "a slow trend over the map, or uneven recording, looks the same",
        "borders_of_circle_vague": "the circle's edge is vague; areas on it may not belong",
        "unknown_left_out": "areas without a count are left out",
        "few_years": "fewer than three years: the spread between years comes from the prior",
    }
)


@dataclass(frozen=True, slots=True)
class Posterior:
    """A quantity's posterior mean and interval."""

    mean: float
    interval: Interval

    def __str__(self) -> str:
        return f"{self.mean:.3f} ({self.interval.lower:.3f} to {self.interval.upper:.3f})"


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Posterior means with their limits, arrays of one shape."""

    mean: Array
    lower: Array
    upper: Array

    def times(self, factor: float) -> Band:
        """The same in another unit, read-only."""
        return Band(*(frozen(a * factor) for a in (self.mean, self.lower, self.upper)))


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """How the fit went.

    `grid_points` settings of the hyperparameters carry the mixture, out of `evaluated`; their weights are
    worth `effective_points` equal ones. `edge_mass`: the posterior weight where the search turned back.
    `newton_steps`: the most that any mode took. `effective_parameters`: how many free levels the counts
    pay for, out of one per area.
    """

    grid_points: int
    evaluated: int
    effective_points: float
    edge_mass: float
    newton_steps: int
    has_converged: bool
    effective_parameters: float

    def warnings(self) -> tuple[str, ...]:
        """Codes of what makes the figures doubtful."""
        found = [] if self.has_converged else ["not_converged"]
        return (*found, "mass_at_edge") if self.edge_mass > 0.02 else tuple(found)


def read_counts(counts: ArrayLike, exposure: ArrayLike, *, word: str) -> tuple[Array, Array]:
    """Counts and exposure as floats; nan counts are unknown and get exposure 0. CountError names the cell.

    Both of the same shape. A count is a whole number from 0 or nan; an exposure (called `word` in errors)
    is a finite number above 0.
    """
    y, e = np.array(counts, dtype=np.float64), np.array(exposure, dtype=np.float64)
    if y.shape != e.shape:
        raise CountError(f"the counts have the shape {y.shape}, the {word} {e.shape}; they must agree")
    known = ~np.isnan(y)
    wrong = np.argwhere(known & ((y < 0) | (y != np.floor(y)) | np.isinf(y)))
    if len(wrong):
        at = tuple(int(i) for i in wrong[0])
        raise CountError(f"the count at {_place(at)} is {y[at]}; a count is a whole number from 0")
    wrong = np.argwhere(~(np.isfinite(e) & (e > 0)))
    if len(wrong):
        at = tuple(int(i) for i in wrong[0])
        raise CountError(f"the {word} at {_place(at)} is {e[at]}; it must be above 0")
    if not y[known].sum() > 0:
        raise CountError("every count is 0 or unknown: there is no rate to spread over the areas")
    return np.where(known, y, 0.0), np.where(known, e, 0.0)


def _place(at: tuple[int, ...]) -> str:
    return f"area {at[0]}" if len(at) == 1 else f"area {at[0]}, period {at[1]}"


def check_level(level: float) -> None:
    """ValueError unless the level of an interval lies between 0 and 1."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"an interval's level lies between 0 and 1, not {level}")


def check_labels(counts: Array, areas: Sequence[str]) -> tuple[str, ...]:
    """The areas' names, or their numbers when none are given; CountError when there are too few or many."""
    n = len(counts)
    if areas and len(areas) != n:
        raise CountError(f"{len(areas)} names for {n} areas")
    return tuple(areas) or tuple(str(i) for i in range(n))


def notes(assumptions: Sequence[str], warnings: Sequence[str]) -> str:
    """The assumptions and warnings in words, one a line."""
    words = {**WORDS, **MODEL_WORDS}
    lines = [f"Assumes: {words.get(code, code)}." for code in assumptions]
    return "\n".join([*lines, *(f"Warning: {words.get(code, code)}." for code in warnings)])


def one_thread() -> AbstractContextManager[object]:
    """One BLAS thread while it lasts: two spin against each other, the same fit forty times slower."""
    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


def frozen(values: Array) -> Array:
    """The same array, read-only."""
    values.setflags(write=False)
    return values

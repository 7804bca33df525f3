"""The publication rule: a range, a lower bound only, or nothing but the number met, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from smallcounts.mse.overlap import Overlap
from smallcounts.mse.results import MethodResult, persons
from smallcounts.mse.sensitivity import Influence, Refit
from smallcounts.mse.validation import Score
from smallcounts.mse.words import REASONS

Kind = Literal["range", "lower_bound_only", "not_publishable"]
RANGE: Final = "range"
BOUND: Final = "lower_bound_only"
NOTHING: Final = "not_publishable"
ASKED: Final = 5  # lists from which one less still leaves a sound answer


@dataclass(frozen=True, slots=True)
class Rule:
    """The thresholds, stated so that they can be argued with and are not moved after the numbers are seen.

    For a range: `overlaps` persons on two lists or more, `methods` methods of different kinds with a finite
    total and limits, their totals within a factor `spread` and their limits sharing a point, models within 2
    of the best BIC within a factor `near`, at least `tested` lists whose known size others can be tested on
    and at least `passing` methods whose limits hold these in a share `coverage` of them with mean log bias
    within ± log `bias`, no single person who moves the total by more than `person`, and, from five lists
    on, no list left out or joined to another that takes the total out of the range by more than a factor
    `arranged`.
    And the range is no wider than a factor `width` from end to end.
    For a lower bound: `bound_overlaps` persons on two lists or more and `bound_methods` methods with limits.
    """

    overlaps: int = 30
    methods: int = 3
    spread: float = 2.0
    near: float = 2.0
    tested: int = 2
    passing: int = 2
    coverage: float = 2 / 3
    bias: float = 1.5
    person: float = 0.25
    width: float = 4.0
    arranged: float = 1.25
    bound_overlaps: int = 10
    bound_methods: int = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rule looks at. `candidates`: one result a kind of method; `near` totals of the near models;
    `chao_holds`: whether no near model lets lists avoid each other, without which Chao's bound is none."""

    overlap: Overlap
    headline: MethodResult
    candidates: Sequence[MethodResult]
    near: Sequence[float]
    scores: Sequence[Score]
    influence: Sequence[Influence]
    arranged: Sequence[Refit]
    chao: MethodResult | None
    chao_holds: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be published. `kind`: "range", "lower_bound_only" or "not_publishable".

    `lower`, `upper` in persons, as exact as the methods gave them (None where there is none); `reasons`: the
    codes of all conditions for more that failed, the first being the reason; `usable`: names of the methods
    the figures rest on; `rule` the thresholds.
    """

    kind: Kind
    observed: int
    lower: float | None
    upper: float | None
    reasons: tuple[str, ...]
    usable: tuple[str, ...]
    rule: Rule

    @property
    def why(self) -> str:
        """The first reason as a sentence."""
        return REASONS[self.reasons[0]] if self.reasons else REASONS["all_conditions_hold"]

    def sentence(self) -> str:
        """What may be said in public, in one sentence, with figures rounded outwards to two digits."""
        met = f"{self.observed:,} persons were met"
        if self.kind == RANGE and self.lower is not None and self.upper is not None:
            span = f"{persons(floor_two(self.lower))} to {persons(ceil_two(self.upper))}"
            return f"{met}; methods that agree with each other put the total, seen and unseen, at {span}."
        if self.kind == BOUND and self.lower is not None:
            least = persons(floor_two(self.lower))
            whose = "Chao's bound" if self.usable == ("chao",) else "every method"
            bound = f"{whose} puts the total at {least} or more"
            return f"{met}; {bound}, but how many more cannot be told: {self.why}."
        return f"{met}; how many there are in all cannot be told from these lists: {self.why}."


def decide(evidence: Evidence, rule: Rule | None = None) -> Verdict:
    """The rule applied. Conditions are checked in a fixed order; every one that fails is named."""
    limits = rule or Rule()
    usable = [one for one in evidence.candidates if _has_limits(one)]
    n, names = evidence.overlap.observed, tuple(one.method for one in usable)
    fatal = _fatal(evidence, usable, limits)
    if fatal:
        return Verdict(NOTHING, n, None, None, fatal, names, limits)
    against = _against_range(evidence, usable, limits)
    lowest = min(float(one.lower) for one in usable if one.lower is not None)
    if not against:
        highest = max(float(one.upper) for one in usable if one.upper is not None)
        return Verdict(RANGE, n, lowest, highest, (), names, limits)
    bound, names = _bound(evidence, lowest, names)
    if floor_two(bound) <= n:
        return Verdict(NOTHING, n, None, None, (*against, "bound_is_number_met"), names, limits)
    return Verdict(BOUND, n, bound, None, against, names, limits)


def _bound(evidence: Evidence, lowest: float, names: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """Chao's where nothing speaks against it, since it holds however persons differ; else the lowest."""
    chao = evidence.chao
    if chao is not None and evidence.chao_holds and chao.lower is not None:
        return chao.lower, (chao.method,)
    return lowest, names


def _has_limits(found: MethodResult) -> bool:
    numbers = (found.estimate, found.lower, found.upper)
    return found.state in ("interior", "boundary") and all(
        value is not None and math.isfinite(value) for value in numbers
    )


def _fatal(evidence: Evidence, usable: Sequence[MethodResult], rule: Rule) -> tuple[str, ...]:
    """What forbids even a lower bound."""
    found = {
        "nobody_on_two_lists": evidence.overlap.on_several == 0,
        "lists_give_no_bound": evidence.headline.state == "unbounded",
        "far_too_few_overlaps": evidence.overlap.on_several < rule.bound_overlaps,
        "too_few_methods_for_bound": len(usable) < rule.bound_methods,
        "known_lists_overestimated": _overestimated(evidence, rule),
    }
    return tuple(code for code, holds in found.items() if holds)


def _overestimated(evidence: Evidence, rule: Rule) -> bool:
    """Every method gave far more than there were on lists of known size: a bound may then be too high."""
    biases = [
        s.mean_log_bias for s in evidence.scores if s.lists >= rule.tested and s.mean_log_bias is not None
    ]
    return bool(biases) and min(biases) > math.log(rule.bias)


def _against_range(evidence: Evidence, usable: Sequence[MethodResult], rule: Rule) -> tuple[str, ...]:
    """What forbids a range, the gravest first."""
    totals = [float(one.estimate) for one in usable if one.estimate is not None]
    lows = [float(one.lower) for one in usable if one.lower is not None]
    highs = [float(one.upper) for one in usable if one.upper is not None]
    moved = max((abs(one.change) for one in evidence.influence), default=0.0)
    tested = [score for score in evidence.scores if score.lists >= rule.tested]
    found = {
        "too_few_overlaps": evidence.overlap.on_several < rule.overlaps,
        "too_few_methods": len(usable) < rule.methods,
        "near_models_far_apart": bool(evidence.near) and max(evidence.near) > rule.near * min(evidence.near),
        "methods_far_apart": max(totals) > rule.spread * min(totals),
        "limits_share_no_point": max(lows) > min(highs),
        "range_too_wide": max(highs) > rule.width * min(lows),
        "no_known_list_to_test_on": not tested,
        "fails_on_known_lists": bool(tested) and sum(_passes(s, rule) for s in tested) < rule.passing,
        "one_person_moves_it": moved > rule.person,
        "depends_on_arrangement": _rearranged_leave(
            evidence, min(lows) / rule.arranged, max(highs) * rule.arranged
        ),
    }
    return tuple(code for code, holds in found.items() if holds)


def _rearranged_leave(evidence: Evidence, low: float, high: float) -> bool:
    """Whether a list less, or two made one, leads out of the range; three lists are too few to ask."""
    if len(evidence.overlap.lists) < ASKED:
        return False
    totals = [
        total for row in evidence.arranged for total in (row.stepwise, row.average) if total is not None
    ]
    return any(not low <= total <= high for total in totals)


def _passes(score: Score, rule: Rule) -> bool:
    if score.coverage is None or score.mean_log_bias is None:
        return False
    return score.coverage >= rule.coverage and abs(score.mean_log_bias) <= math.log(rule.bias)


def floor_two(value: float) -> float:
    """Rounded down to two digits."""
    step = 10.0 ** max(math.floor(math.log10(value)) - 1, 0) if value > 0 else 1.0
    return math.floor(value / step) * step


def ceil_two(value: float) -> float:
    """Rounded up to two digits."""
    step = 10.0 ** max(math.floor(math.log10(value)) - 1, 0) if value > 0 else 1.0
    return math.ceil(value / step) * step

"""The words behind the codes of assumptions and warnings, and what the results print alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

CONTROL: Final = "no_control_group"  # every result carries it: pairs alone never show a cause

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pairs_independent": "one person's change tells nothing of another's",
        "same_measure_both_times": "the same items, wording and scoring at both times",
        "differences_normal": "the differences are roughly normal, or the pairs many",
        "steps_alike": "a step means as much anywhere on the scale",
        "differences_ordered": "a larger difference is a larger change, whatever its size in steps",
        "zeros_dropped": "pairs without a change say nothing of its direction and are left out of the ranks",
        "left_by_chance": "whoever left would have changed as those who stayed did",
        CONTROL: "no control group: this is before and after, no proof of what caused it",
        "few_pairs": "fewer than 30 pairs: the mean's interval rests on differences that are roughly normal",
        "no_spread": "all differences are alike: a mean has no spread to be judged by",
        "no_change_at_all": "nobody changed: there is no direction to judge",
        "all_one_way": "all who changed went the same way: the limit is a cautious one",
        "normal_approximation": "too many pairs to count every case: the p-value is a normal approximation",
        "many_left": "more than a fifth of those asked before are in no pair",
        "left_unknown": "how many were asked before is not known: nothing is said of those who left",
        "too_few_left": "too few left to be compared with those who stayed without showing them",
        "stayed_differed": "those who stayed answered differently before from those who left",
    }
)


def footnotes(assumptions: Sequence[str], warnings: Sequence[str]) -> str:
    """The assumptions and warnings in words, one a line."""
    lines = [f"Assumes: {WORDS[code]}." for code in assumptions]
    return "\n".join([*lines, *(f"Warning: {WORDS[code]}." for code in warnings)])

"""The publication rule: each condition alone decides, in the stated order, and the sentence says it."""

import math
from dataclasses import replace

import pytest

from smallcounts.mse.overlap import overlap
from smallcounts.mse.publication import BOUND, NOTHING, RANGE, Evidence, Rule, ceil_two, decide, floor_two
from smallcounts.mse.results import MethodResult
from smallcounts.mse.sensitivity import Influence, Refit
from smallcounts.mse.table import CaptureTable
from smallcounts.mse.validation import Score
from smallcounts.mse.words import REASONS
from tests.published.mse.tables import tables

UK = tables()["UKdat_5"]


def method(name: str, estimate: float, lower: float, upper: float, state: str = "interior") -> MethodResult:
    return MethodResult(name, "", state, UK.n, estimate - UK.n, estimate, lower, upper, 0.95, "bca")


THREE = [
    method("stepwise", 11_000, 9_000, 14_000),
    method("bic", 12_000, 9_500, 16_000),
    method("decomposable", 12_500, 10_200, 17_300),
]
GOOD = Evidence(
    overlap=overlap(UK),
    headline=THREE[0],
    candidates=THREE,
    near=[12_000, 13_000],
    scores=[Score("stepwise", 4, -0.1, 1.0), Score("bic", 4, 0.1, 0.75), Score("decomposable", 4, -0.3, 0.5)],
    influence=[Influence(("LA",), 54, 1, 11_100, 0.01)],
    arranged=[Refit("without LA", 2690, 184, 11_500, 12_000)],
    chao=method("chao", 14_600, 12_900, 16_600),
    chao_holds=False,
)


def test_when_all_holds_the_range_spans_all_methods() -> None:
    found = decide(GOOD)
    assert (found.kind, found.lower, found.upper, found.reasons) == (RANGE, 9_000, 17_300, ())
    assert found.usable == ("stepwise", "bic", "decomposable")
    assert found.sentence() == (
        "2,744 persons were met; methods that agree with each other put the total, seen and unseen, "
        "at 9,000 to 18,000."
    )
    assert found.why == REASONS["all_conditions_hold"]


FEW = overlap(CaptureTable.from_rows([(1, 0, 0, 90), (0, 1, 0, 80), (1, 1, 0, 14), (0, 1, 1, 12)]))
AGAINST = {
    "too_few_overlaps": {"overlap": FEW},
    "too_few_methods": {"candidates": THREE[:2]},
    "near_models_far_apart": {"near": [12_000, 25_311]},
    "methods_far_apart": {"candidates": [*THREE[:2], method("decomposable", 22_990, 10_387, 33_510)]},
    "limits_share_no_point": {"candidates": [*THREE[:2], method("decomposable", 18_000, 16_500, 20_000)]},
    "range_too_wide": {"candidates": [*THREE[:2], method("decomposable", 12_500, 10_200, 36_001)]},
    "no_known_list_to_test_on": {"scores": [Score("stepwise", 1, 0.0, 1.0)]},
    "fails_on_known_lists": {"scores": [Score("stepwise", 4, -0.43, 0.25), Score("bic", 4, 0, 1.0)]},
    "one_person_moves_it": {"influence": [Influence(("LA",), 54, 1, 14_000, -0.27)]},
    "depends_on_arrangement": {"arranged": [Refit("LA+NG", 2744, 206, 25_000, 12_000)]},
}


@pytest.mark.parametrize("reason", AGAINST)
def test_one_failed_condition_leaves_a_lower_bound_and_is_the_reason(reason: str) -> None:
    found = decide(replace(GOOD, **AGAINST[reason]))
    assert (found.kind, found.reasons, found.upper) == (BOUND, (reason,), None)
    assert found.lower == 9_000 and REASONS[reason] in found.sentence()


def test_every_failed_condition_is_named_gravest_first() -> None:
    worse = replace(GOOD, near=[12_000, 25_311], influence=AGAINST["one_person_moves_it"]["influence"])
    assert decide(worse).reasons == ("near_models_far_apart", "one_person_moves_it")


NOBODY = overlap(CaptureTable.from_rows([(1, 0, 90), (0, 1, 80)]))
FATAL = {
    "nobody_on_two_lists": {"overlap": NOBODY},
    "lists_give_no_bound": {"headline": method("stepwise", math.inf, math.inf, math.inf, "unbounded")},
    "too_few_methods_for_bound": {"candidates": [THREE[0], method("bic", 1, 1, math.inf)]},
    "known_lists_overestimated": {"scores": [Score("stepwise", 4, 0.6, 0.1), Score("bic", 4, 0.5, 0.2)]},
}


@pytest.mark.parametrize("reason", FATAL)
def test_what_forbids_even_a_bound(reason: str) -> None:
    found = decide(replace(GOOD, **FATAL[reason]))
    assert found.kind == NOTHING and reason in found.reasons and found.lower is None
    assert REASONS[found.reasons[0]] in found.sentence()


def test_one_method_that_overestimates_does_not_void_the_bound() -> None:
    mixed = [Score("stepwise", 4, 0.6, 0.1), Score("bic", 4, 0.1, 1.0)]
    assert decide(replace(GOOD, scores=mixed)).kind == BOUND


def test_chaos_bound_is_taken_where_nothing_speaks_against_it() -> None:
    found = decide(replace(GOOD, near=[1.0, 3.0], chao_holds=True))
    assert (found.lower, found.usable) == (12_900, ("chao",))
    assert "Chao's bound puts the total at 12,000 or more" in found.sentence()


def test_a_bound_no_higher_than_the_number_met_says_nothing() -> None:
    low = [replace(one, lower=2_750.0) for one in THREE]
    found = decide(replace(GOOD, candidates=low, near=[1.0, 3.0]))
    assert found.kind == NOTHING
    assert found.reasons == ("near_models_far_apart", "range_too_wide", "bound_is_number_met")


def test_a_method_that_did_not_converge_counts_for_nothing() -> None:
    stuck = [*THREE[:2], replace(THREE[2], state="not_converged")]
    assert decide(replace(GOOD, candidates=stuck)).reasons == ("too_few_methods",)


def test_other_thresholds_are_carried_with_the_verdict() -> None:
    strict = Rule(spread=1.05)
    found = decide(GOOD, strict)
    assert found.reasons == ("methods_far_apart",) and found.rule == strict


def test_figures_are_rounded_outwards() -> None:
    assert (floor_two(8_785), ceil_two(14_701), floor_two(97.6), ceil_two(7.2)) == (8_700, 15_000, 97, 8)

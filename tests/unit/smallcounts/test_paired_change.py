"""Change in pairs against SciPy, at the edges, and what it refuses and warns of."""

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats

from smallcounts.__main__ import main
from smallcounts.change import (
    PairsError,
    TooFewPairs,
    attrition,
    carried,
    mean_change,
    paired_change,
    pairs,
    rank_change,
    share_change,
)
from smallcounts.change.words import WORDS

MOVED = {-2.0: 1, -1.0: 4, 0.0: 6, 1.0: 9, 2.0: 5, 3.0: 1}
SCALE = {(3, 4): 10, (3, 3): 5, (2, 4): 3, (4, 3): 2}
LEFT = {2: 6, 3: 5, 4: 3}


def spelled(counts: Mapping[float, int]) -> list[float]:
    return [value for value, k in counts.items() for _ in range(k)]


def test_the_mean_is_scipys_and_d_z_solves_its_equation() -> None:
    found, wanted = mean_change(MOVED), stats.ttest_1samp(spelled(MOVED), 0)
    assert (found.t, found.p_value) == pytest.approx((wanted.statistic, wanted.pvalue), rel=1e-10)
    limits = wanted.confidence_interval(0.95)
    assert (found.interval.lower, found.interval.upper) == pytest.approx((limits.low, limits.high), rel=1e-10)
    for limit, chance in ((found.effect_interval.lower, 0.975), (found.effect_interval.upper, 0.025)):
        held = stats.nct.cdf(found.t, 25, limit * math.sqrt(26))
        assert held == pytest.approx(chance, abs=1e-8)


def test_ranks_with_ties_are_scipys_permutation() -> None:
    few = {-2.0: 1, -1.0: 2, 1.0: 4, 2.0: 3}
    found = rank_change(few)
    sizes = np.array(spelled(few))
    ranks = stats.rankdata(np.abs(sizes))
    signs = np.array(np.meshgrid(*[[0, 1]] * 10)).reshape(10, -1)
    sums = ranks @ signs
    far = np.abs(sums - ranks.sum() / 2) >= abs(found.rank_sum_up - ranks.sum() / 2) - 1e-9
    assert found.p_value == pytest.approx(far.mean(), rel=1e-12)


def test_the_normal_approximation_is_scipys_and_says_so() -> None:
    found = rank_change(MOVED, method="normal")
    wanted = stats.wilcoxon(spelled(MOVED), method="asymptotic", correction=False)
    assert found.p_value == pytest.approx(wanted.pvalue, rel=1e-9)
    assert "normal_approximation" in found.warnings and "normal" in found.p_rule
    assert rank_change({1.0: 300, -1.0: 280}).warnings[-1] == "normal_approximation"


def test_mcnemar_is_the_binomial_test() -> None:
    found = share_change(both=5, gained=11, lost=3, neither=6)
    assert found.p_exact == pytest.approx(stats.binomtest(3, 14).pvalue, rel=1e-12)
    assert found.p_exact - found.p_value == pytest.approx(stats.binom.pmf(3, 14, 0.5), rel=1e-12)


def test_tangos_limits_are_where_the_score_is_the_quantile() -> None:
    def likelihood(q: float, d: float) -> float:
        return -(11 * math.log(q + d) + 3 * math.log(q) + 11 * math.log(1 - 2 * q - d))

    found = share_change(both=5, gained=11, lost=3, neither=6).interval
    for d in (found.lower, found.upper):
        ends = (max(0, -d) + 1e-9, (1 - d) / 2 - 1e-9)
        best = optimize.minimize_scalar(
            likelihood, bounds=ends, args=(d,), method="bounded", options={"xatol": 1e-12}
        ).x
        score = (8 - 25 * d) / math.sqrt(25 * (2 * best + d * (1 - d)))
        assert abs(score) == pytest.approx(1.959964, abs=1e-5)


@pytest.mark.parametrize("method", ["tango", "newcombe"])
def test_shares_at_the_ends_of_the_scale(method: Any) -> None:
    none = share_change(both=20, gained=0, lost=0, neither=0, method=method)
    assert none.value == 0 and none.p_value == none.p_exact == 1 and "no_change_at_all" in none.warnings
    assert none.interval.lower == pytest.approx(-none.interval.upper, abs=1e-9) and none.interval.upper > 0.1
    every = share_change(both=0, gained=20, lost=0, neither=0, method=method)
    assert every.value == every.interval.upper == 1 and 0.6 < every.interval.lower < 0.9


@pytest.mark.parametrize(
    ("gained", "lost", "said"),
    [
        ((41, 49), (1, 9), "more_gained"), ((1, 9), (41, 49), "more_lost"), ((11, 19), (1, 9), "not_carried"),
        ((6, 14), (6, 14), "not_carried"), ((16, 24), (0, 0), "more_gained"), ((0, 4), (0, 4), "not_carried"),
    ],
)  # fmt: skip
def test_rounded_counts_carry_a_direction_only_when_every_count_in_the_limits_does(
    gained: tuple[int, int], lost: tuple[int, int], said: str
) -> None:
    every = [
        share_change(both=0, gained=g, lost=k, neither=50)
        for g in range(gained[0], gained[1] + 1)
        for k in range(lost[0], lost[1] + 1)
    ]
    ways = {found.p_value < 0.05 and ("more_gained" if found.value > 0 else "more_lost") for found in every}
    assert carried(gained, lost) == said
    assert (ways == {said}) == (said != "not_carried")


def test_who_left_is_counted_and_compared() -> None:
    found = attrition(pairs(SCALE, left=LEFT))
    assert (found.asked, found.stayed) == (34, 20)
    wanted = stats.binomtest(20, 34).proportion_ci(0.95, "exact")
    assert (found.interval.lower, found.interval.upper) == pytest.approx((wanted.low, wanted.high), rel=1e-10)
    stayed, left = spelled(pairs(SCALE).before), spelled(LEFT)
    welch = stats.ttest_ind(stayed, left, equal_var=False).confidence_interval(0.95)
    assert found.compared is not None
    limits = (found.compared.interval.lower, found.compared.interval.upper)
    assert limits == pytest.approx((welch.low, welch.high), rel=1e-10)
    assert found.warnings == ("no_control_group", "many_left")


def test_the_rank_sum_counts_every_way_to_leave() -> None:
    found = attrition(pairs({(1, 1): 2, (0, 1): 8}, left={1: 8, 0: 2})).compared
    assert found is not None and found.p_rule.startswith("exact")
    # for two levels the rank sum is Fisher's: as far from the middle on either side
    assert found.p_value == pytest.approx(stats.fisher_exact([[2, 8], [8, 2]]).pvalue, rel=1e-9)


def test_many_who_left_take_the_normal_rank_sum_and_a_difference_warns() -> None:
    found = attrition(pairs({(3, 3): 80, (4, 4): 60}, left={3: 10, 4: 40}))
    wanted = stats.mannwhitneyu(
        [3] * 80 + [4] * 60, [3] * 10 + [4] * 40, use_continuity=False, method="asymptotic"
    )
    assert found.compared is not None and found.compared.p_value == pytest.approx(wanted.pvalue, rel=1e-9)
    assert "stayed_differed" in found.warnings and found.compared.p_rule.startswith("normal")


def test_too_few_who_left_are_not_shown() -> None:
    found = attrition(pairs(SCALE, left={2: 2}))
    assert found.compared is None and "too_few_left" in found.warnings


def test_every_answer_says_there_was_no_control_group() -> None:
    for found in (
        mean_change(MOVED), rank_change(MOVED), share_change(both=9, gained=4, lost=1, neither=0),
        attrition(pairs(SCALE, left=LEFT)), paired_change(pairs(SCALE)),
    ):  # fmt: skip
        assert found.warnings[0] == "no_control_group" and WORDS["no_control_group"] in found.summary()
        assert found.explain() and found.to_rows() and found.sources


def test_what_the_pairs_can_carry() -> None:
    scale = paired_change(pairs(SCALE, left=LEFT))
    assert scale.mean and scale.ranks and scale.attrition and scale.shares is None
    knowledge = paired_change(pairs({(0, 1): 8, (1, 1): 4}))
    assert knowledge.shares and knowledge.mean is knowledge.ranks is None
    assert "left_unknown" in knowledge.warnings
    alike = paired_change(pairs({(2, 3): 12}))
    assert alike.mean is None and alike.ranks and {"no_spread", "all_one_way"} <= set(alike.warnings)
    nobody = paired_change(pairs({(2, 2): 12}))
    assert nobody.ranks and nobody.ranks.p_value == 1 and nobody.ranks.to_rows()[0]["rank_biserial"] is None


def test_a_small_group_is_refused_without_its_size() -> None:
    for ask in (
        lambda: mean_change({1.0: 4, 2.0: 5}), lambda: rank_change({1.0: 9}),
        lambda: share_change(both=3, gained=3, lost=3, neither=0), lambda: paired_change(pairs({(1, 2): 9})),
    ):  # fmt: skip
        with pytest.raises(TooFewPairs, match="fewer than 10 pairs") as refused:
            ask()
        assert "9" not in str(refused.value)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: mean_change({1.0: 12}), "alike"),
        (lambda: mean_change({math.nan: 12}), "finite number"),
        (lambda: rank_change({1.0: -1}), "whole number from 0"),
        (lambda: rank_change({1.0: True}), "whole number from 0"),
        (lambda: rank_change({1.0: 12}, method="guess"), "'auto', 'exact' or 'normal'"),  # type: ignore[arg-type]
        (lambda: rank_change({1.0: 12}, minimum=1), "from 2"),
        (lambda: share_change(both=1, gained=10, lost=-1, neither=0), "'lost'"),
        (lambda: share_change(both=1, gained=10, lost=1, neither=0, method="wald"), "'tango'"),  # type: ignore[arg-type]
        (lambda: attrition(pairs(SCALE)), "not known"),
        (lambda: carried((5, 1), (0, 4)), "in order"),
        (lambda: pairs({(1, math.inf): 3}), "finite number"),
        (lambda: pairs({(1, 2): 3}, left={1: 2.5}), "whole number"),  # type: ignore[dict-item]
    ],
)
def test_bad_pairs_are_refused_in_one_line(ask: Any, said: str) -> None:
    with pytest.raises(PairsError, match=said) as refused:
        ask()
    assert "\n" not in str(refused.value)


GOOD = "before,after,count\n3,4,10\n3,3,5\n2,4,3\n4,3,2\n2,,6\n3,,8\n"


def test_the_word_change_answers_with_every_part(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(GOOD, encoding="utf-8")
    assert main(["change", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [part["part"] for part in found["parts"]] == ["mean", "ranks", "attrition"]
    assert found["warnings"][0] == "no_control_group"
    assert main(["change", str(file)]) == 0
    assert "Change in 20 pairs" in capsys.readouterr().out
    assert main(["change", str(file), "--minimum", "21"]) == 1
    assert capsys.readouterr().err.startswith("fewer than 21 pairs")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "first line"),
        ("before;after;count\n", 1, "first line"),
        (GOOD + "3,4\n", 8, "2 fields"),
        (GOOD + "x,4,1\n", 8, "'before'"),
        (GOOD + "3,nan,1\n", 8, "'after'"),
        (GOOD + "3,4,-1\n", 8, "count"),
        (GOOD + '3,"4\n', 8, "CSV"),
    ],
)
def test_a_bad_file_is_explained_with_its_line(
    text: str, line: int, said: str, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(text, encoding="utf-8")
    assert main(["change", str(file)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"{file}:{line}:") and said in error and error.count("\n") == 1

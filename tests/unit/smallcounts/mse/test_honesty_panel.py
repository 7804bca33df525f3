"""The honesty panel as a whole: verdicts on published tables, progress, stopping, the same seed, plain types."""

import json
from functools import cache

import numpy as np
import pytest

from smallcounts.mse.panel import HonestyPanel, honesty_panel
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.mse.words import WORDS
from tests.published.mse.tables import tables

TABLES = tables()
QUICK = ("latent-class",)  # takes seconds


def well_behaved(size: int, seed: int) -> CaptureTable:
    """Four lists that meet anyone, but the second meets twice as many of the first's."""
    random = np.random.default_rng(seed)
    first = random.random(size) < 0.25
    second = random.random(size) < np.where(first, 0.4, 0.2)
    others = random.random((size, 2)) < [0.3, 0.22]
    rows = np.column_stack([first, second, others]).astype(int)
    return CaptureTable.from_array(rows[rows.any(axis=1)])


@cache
def panel(name: str) -> HonestyPanel:
    return honesty_panel(TABLES[name], draws=40, leave_out=QUICK)


def test_hepatitis_gets_a_lower_bound_below_its_truth() -> None:
    """Methods say 290 to 1,300; blood tests found 545; Chao's bound holds."""
    verdict = panel("HAV").verdict
    assert verdict.kind == "lower_bound_only" and "methods_far_apart" in verdict.reasons
    assert 271 < verdict.lower < 545 and verdict.usable == ("chao",)


def test_three_lists_with_six_overlaps_say_nothing() -> None:
    found = panel("Artificial_3")
    assert found.verdict.kind == "not_publishable" and found.verdict.reasons[0] == "far_too_few_overlaps"
    assert "cannot be told from these lists" in found.summary()


def test_the_list_that_nobody_met_twice_is_refused() -> None:
    """UK persons known to the public, by the other lists: SparseMSE prints 594,500,000,000."""
    found = honesty_panel(TABLES["UKdat_5"].given("GP"), draws=20, leave_out=QUICK)
    assert found.verdict.kind == "not_publishable" and found.verdict.reasons[0] == "nobody_on_two_lists"
    assert found.verdict.sentence().startswith(
        "20 persons were met; how many there are in all cannot be told"
    )


def test_two_lists_are_never_a_range() -> None:
    table = CaptureTable.from_rows([(1, 0, 400), (0, 1, 300), (1, 1, 100)])
    found = honesty_panel(table)
    assert found.verdict.kind == "not_publishable" and "too_few_methods_for_bound" in found.verdict.reasons
    assert [method.method for method in found.methods] == ["independence", "chao", "chapman"]


@pytest.mark.slow
def test_five_uk_lists_get_a_lower_bound_because_near_models_differ() -> None:
    found = honesty_panel(TABLES["UKdat_5"], draws=200)
    assert found.verdict.kind == "lower_bound_only"
    assert found.verdict.reasons[0] == "near_models_far_apart" and 8_000 < found.verdict.lower < 10_500
    classes = next(method for method in found.methods if method.method == "latent-class")
    assert classes.state == "interior" and classes.estimate > 20_000
    assert ("NG", "GP") in found.avoiding and "chao" not in found.verdict.usable
    assert {row.method for row in found.tested} >= {"independence", "stepwise", "bic", "decomposable"}
    assert found.dial.doubles == pytest.approx(2.3202, abs=1e-4)


@pytest.mark.slow
def test_lists_that_fit_their_model_get_a_range_that_holds_the_truth() -> None:
    """Four lists of 6,000 people, two of which seek the same ones."""
    found = honesty_panel(well_behaved(6_000, seed=4), draws=200)
    assert found.verdict.kind == "range", found.verdict.reasons
    assert found.verdict.lower < 6_000 < found.verdict.upper
    assert found.verdict.upper < 3 * found.verdict.lower


def test_progress_rises_to_the_end_and_may_stop_the_work() -> None:
    heard: list[tuple[int, int]] = []
    honesty_panel(
        TABLES["HAV"], draws=10, leave_out=QUICK, progress=lambda done, total: heard.append((done, total))
    )
    assert heard == sorted(heard) and heard[-1][0] == heard[-1][1] and len({total for _, total in heard}) == 1

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        honesty_panel(TABLES["HAV"], draws=10, leave_out=QUICK, progress=stop)


def test_too_many_lists_are_refused_at_once() -> None:
    rows = [(*(int(j in (i, (i + 1) % 9)) for j in range(9)), 5) for i in range(9)]
    with pytest.raises(CaptureError, match="9 lists are too many for the panel; at most 8"):
        honesty_panel(CaptureTable.from_rows(rows))


def test_only_methods_that_the_rule_can_miss_are_left_out() -> None:
    assert "latent-class" not in panel("HAV").candidates
    for name in ("independence", "lcmcr"):
        with pytest.raises(ValueError, match=f"cannot leave out '{name}'; it can darroch"):
            honesty_panel(TABLES["HAV"], leave_out=[name])


def test_the_same_seed_gives_the_same_panel() -> None:
    again = honesty_panel(TABLES["HAV"], draws=40, leave_out=QUICK)
    assert again.to_json() == panel("HAV").to_json()


def test_plain_types_and_words_for_every_code() -> None:
    for name in ("HAV", "Artificial_3"):
        found = panel(name)
        text = json.dumps(found.to_json(), allow_nan=False)
        assert json.loads(text)["verdict"]["sentence"] == found.verdict.sentence()
        codes = [code for method in found.methods for code in (*method.warnings, *method.assumptions)]
        assert set(codes) <= set(WORDS)
        assert len(found.to_rows()) == len(found.methods)
    parts = ("Verdict", "Methods side by side", "Lists of known size", "Had links been missed")
    assert all(part in panel("HAV").summary() for part in parts)
    assert panel("HAV")._repr_html_().startswith("<pre>Verdict") and str(panel("HAV")).startswith("Verdict")

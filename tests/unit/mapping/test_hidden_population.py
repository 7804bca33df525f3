"""The hidden number in a mapping: the rule decides what leaves, and a municipality's own lists never do."""

import pytest

from smallcounts.disclosure import DisclosureRefused
from smallcounts.mse.words import REASONS
from tests.unit.mapping.hidden import EXAMPLE, abroad, example, figure, lists


def test_where_the_rule_says_no_no_total_leaves() -> None:
    made = example()
    assert made.findings[0].code == "hidden_nothing"
    assert made.findings[0].get("reason") == "far_too_few_overlaps"
    assert "hidden_dial" not in {t.name for t in made.tables}
    for row in made.table("hidden_methods").to_rows():
        assert (row["estimate"], row["lower"], row["upper"]) == (None, None, None)
        assert row["counts_in"] == "beside"
    assert not {"hidden_spread", "hidden_dial"} & {f.code for f in made.findings}


def test_the_cells_of_invented_lists_are_marked_invented() -> None:
    assert all(t.is_invented and t.rule == "invented" for t in example().tables)
    assert sum(r["count"] for r in example().table("hidden_overlap").to_rows()) == 60


def test_lists_that_nobody_has_published_do_not_leave() -> None:
    own = lists(EXAMPLE, is_invented=False, is_public=False)
    with pytest.raises(DisclosureRefused):
        figure("example_lists", own)


def test_the_same_lists_give_the_same_figure_again() -> None:
    from_new = figure("example_lists", lists(EXAMPLE))
    assert from_new == example()


@pytest.mark.slow
def test_the_united_kingdom_gets_a_lower_bound_and_every_reason_is_known() -> None:
    first, *rest = abroad().findings
    assert (first.code, first.get("lower"), first.get("observed")) == ("hidden_bound", 9100.0, 2744)
    named = [first.get("reason"), *str(rest[0].get("reasons")).split("|")]
    assert len(named) == 4 and set(named) <= set(REASONS)


@pytest.mark.slow
def test_totals_are_tens_limits_lie_outwards_and_only_those_with_limits_carry_the_answer() -> None:
    rows = {r["estimator"]: r for r in abroad().table("hidden_methods").to_rows()}
    assert len(rows) == len(abroad().table("hidden_methods").rows)
    for row in rows.values():
        assert all(row[n] is None or row[n] % 10 == 0 for n in ("estimate", "lower", "upper"))
        assert row["counts_in"] == "beside" or row["lower"] <= row["estimate"] <= row["upper"]
    # independence, profile interval of the published lists: 13,444 (11,985 to 15,166)
    assert [rows["independence"][n] for n in ("estimate", "lower", "upper")] == [13440, 11980, 15170]
    assert [n for n, r in rows.items() if r["counts_in"] == "counts"] == [
        "stepwise", "bic", "decomposable", "threshold",
    ]  # fmt: skip


@pytest.mark.slow
def test_the_dial_goes_from_a_quarter_to_four_and_names_what_halves_and_doubles() -> None:
    rows = abroad().table("hidden_dial").to_rows()
    assert (rows[0]["xi"], rows[-1]["xi"]) == (0.25, 4)
    told = next(f for f in abroad().findings if f.code == "hidden_dial")
    unseen = rows[4]["estimate"] - 2744
    assert 2744 + told.get("halves") * unseen == pytest.approx(rows[4]["estimate"] / 2, rel=0.01)
    assert 2744 + told.get("doubles") * unseen == pytest.approx(rows[4]["estimate"] * 2, rel=0.01)

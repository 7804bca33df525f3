"""The hidden number in a mapping: the rule decides what leaves, and a municipality's own lists never do."""

import pytest

from klarsyn.mapping.methods.hidden_population import DRAWS, SEED
from smallcounts.datasets.lists import uk_2013, uk_2013_five
from smallcounts.disclosure import DisclosureRefused
from smallcounts.mse import estimate_population, honesty_panel
from smallcounts.mse.publication import floor_two
from smallcounts.mse.words import REASONS
from tests.unit.mapping.build import indicator
from tests.unit.mapping.hidden import EXAMPLE, abroad, example, figure, lists


def test_where_the_rule_says_no_no_total_leaves() -> None:
    made = example()
    assert made.findings[0].code == "hidden_nothing"
    assert made.findings[0].get("reason") == "far_too_few_overlaps"
    holding_totals = {"hidden_dial", "hidden_near", "hidden_arranged", "hidden_links", "hidden_person"}
    assert not (holding_totals | {"hidden_trajectory"}) & {t.name for t in made.tables}
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


def test_what_the_figure_says_of_six_lists_is_so() -> None:
    five, six = (estimate_population(t().table, "decomposable").estimate for t in (uk_2013_five, uk_2013))
    assert five and six and 0.5 < six / five < 0.6
    says = indicator("hidden_abroad").says_not
    assert "drygt hälften" in says.sv and "a little more than half" in says.en.replace("\n", " ")


@pytest.mark.slow
def test_with_latent_classes_the_bound_is_what_the_figure_says() -> None:
    panel = honesty_panel(uk_2013_five().table, draws=DRAWS, seed=SEED)
    whole, (first, against, *_) = panel.verdict, abroad().findings
    assert (whole.kind, floor_two(whole.lower or 0)) == ("lower_bound_only", first.get("lower"))
    more = set(whole.reasons) - {first.get("reason"), *str(against.get("reasons")).split("|")}
    assert more == {"limits_share_no_point"}  # "ett villkor till"
    held = [t.covered for t in panel.tested if t.counts and t.method == "latent-class"]
    assert sorted(held) == [False, True, True, True]  # "ett av dess fyra prov"
    assert "densamma, men ett villkor till" in indicator("hidden_abroad").how.sv.replace("\n", " ")


@pytest.mark.slow
def test_the_doubts_stand_as_tables_of_tens_and_per_cent() -> None:
    made = {t.name: t.to_rows() for t in abroad().tables}
    assert [r["missed"] for r in made["hidden_links"]] == [0, 2, 5, 10]
    assert made["hidden_links"][0]["estimate"] == 11310 and made["hidden_links"][3]["estimate"] < 11310
    changes = [abs(r["changed"]) for r in made["hidden_person"]]
    assert changes == sorted(changes, reverse=True) and changes[0] == 8.0 and len(changes) == 10
    arranged = {(r["arrangement"], r["on_lists"]): r for r in made["hidden_arranged"]}
    assert len(arranged) == 5 + 10 and arranged["left_out", "NG"]["met"] < 2744
    assert made["hidden_trajectory"][-1]["kept"] == 100 and made["hidden_trajectory"][-1]["met"] == 2744
    assert made["hidden_near"][0]["near_model"] == "[123,25,34]" or made["hidden_near"][0]["behind"] == 0
    assert all(r["estimate"] % 10 == 0 for r in made["hidden_near"])


@pytest.mark.slow
def test_lists_of_known_size_say_whether_the_truth_was_held() -> None:
    rows = abroad().table("hidden_tested").to_rows()
    for row in rows:
        holds = row["lower"] is not None and row["lower"] <= row["size"] <= row["upper"]
        assert (row["covered"] == "held") is holds
    assert {r["on_list"] for r in rows} == {"LA", "NG", "PFNCA", "GO"}  # GP: 20 of 336 met by others
    told = next(f for f in abroad().findings if f.code == "hidden_known")
    assert (told.get("tests"), told.get("held")) == (len(rows), sum(r["covered"] == "held" for r in rows))

"""BIC over all hierarchical models against MultipleSystemsEstimation: every model, every draw, every limit."""

import math

import numpy as np
import pytest

from smallcounts.mse.bic import bic
from smallcounts.mse.bootstrap import Bootstrap, summarise
from smallcounts.mse.branch import branch, branch_estimator, descend
from smallcounts.mse.model_space import fit_models, model_space, search_estimator
from tests.published.mse.loglinear import draws, packed_json, packed_rows
from tests.published.mse.tables import tables

TABLES = tables()
LISTED = [("Korea", 2), ("HAV", 2), ("Kosovo", 3), ("UKdat_4", 3), ("UKdat_5", 2), ("UKdat_5", 4)]
BOOTED = ["Korea", "HAV", "Kosovo", "UKdat_4", pytest.param("UKdat_5", marks=pytest.mark.slow)]


@pytest.mark.parametrize(("name", "order"), LISTED)
def test_every_admitted_model_has_the_peers_number_and_bic(name: str, order: int) -> None:
    table, rows = TABLES[name], packed_rows(f"bic_all_{name}_order{order}.csv.gz")
    fitted = fit_models(table, model_space(table.k, order))
    ranked = fitted.ranked()
    place = {fitted.space.name(int(row)).replace(",", " "): int(row) for row in ranked}
    at = np.array([place[row["model"]] for row in rows])
    assert len(ranked) == len(rows) == len(place)
    assert table.n + fitted.unseen[at] == pytest.approx(
        np.array([float(r["estimate"]) for r in rows]), rel=1e-8
    )
    assert fitted.bic[at] == pytest.approx(np.array([float(r["bic"]) for r in rows]), rel=1e-8)
    assert fitted.bic[ranked] == pytest.approx(fitted.bic[at], rel=1e-8)  # the same order, but for ties


def replayed(name: str, top: int | None) -> tuple[Bootstrap, dict]:  # type: ignore[type-arg]
    """The search on the stored count tables, over the data's best `top` models."""
    table, wanted = TABLES[name], packed_json(f"bic_boot_{name}.json.gz")
    fitted = fit_models(table, model_space(table.k, wanted["maxorder"]))
    estimator = search_estimator(table, fitted, top=top)
    totals = estimator(draws(f"bic_draws_{name}.csv.gz", table))
    jackknife = estimator(table.counts - np.eye(len(table.counts), dtype=np.int64))
    found = summarise(wanted["best"]["abundance"], totals, jackknife, table.counts, (0.8, 0.95))
    return found, wanted


@pytest.mark.parametrize("name", BOOTED)
def test_every_replicate_is_the_peers(name: str) -> None:
    found, wanted = replayed(name, packed_json(f"bic_boot_{name}.json.gz")["ntop"])
    assert found.totals == pytest.approx(np.array(wanted["bootreps_full"]), rel=1e-8)


@pytest.mark.parametrize("name", BOOTED[1:])
def test_limits_over_any_number_of_top_models_are_the_peers(name: str) -> None:
    for wanted in packed_json(f"bic_boot_{name}.json.gz")["bootstrap"]:
        found, _ = replayed(name, wanted["ntop"])
        assert found.z0 == pytest.approx(wanted["z0"], rel=1e-9, abs=1e-12)
        assert found.acceleration == pytest.approx(wanted["ahat"], rel=1e-9)
        for level, keys in ((0.8, ("0.1", "0.9")), (0.95, ("0.025", "0.975"))):
            limits = (found.limits[level].lower, found.limits[level].upper)
            assert limits == pytest.approx(tuple(wanted["bca"][key] for key in keys), rel=1e-9)


def test_draws_without_a_number_count_as_infinite_where_the_peer_drops_them() -> None:
    found, wanted = replayed("Korea", 1)
    usable = wanted["bootstrap"][0]["usable"]
    assert (usable, found.infinite) == (985, 15) and "infinite_replicates" in found.warnings
    assert found.limits[0.95].upper > 1.1 * wanted["bootstrap"][0]["bca"]["0.975"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Korea", "HAV", "Kosovo", "UKdat_4", "UKdat_5"])
def test_branch_and_bound_finds_the_best_of_all_in_every_draw(name: str) -> None:
    table, order = TABLES[name], 2 if name == "UKdat_5" else TABLES[name].k - 1
    fitted = fit_models(table, model_space(table.k, order))
    counts = draws(f"bic_draws_{name}.csv.gz", table)
    bounded = branch_estimator(table, branch(table, order))(counts)
    assert bounded == pytest.approx(search_estimator(table, fitted)(counts), rel=1e-9)
    for row, total in zip(counts[:10], bounded, strict=False):
        cells = np.zeros(1 << table.k, dtype=np.int64)
        cells[table.patterns] = row
        whole = fit_models(table.with_cells(cells), fitted.space)
        assert total == pytest.approx(row.sum() + whole.unseen[whole.ranked()[0]], rel=1e-8)


@pytest.mark.parametrize(("name", "order"), LISTED)
def test_branch_and_bound_finds_every_near_model_and_no_other(name: str, order: int) -> None:
    table = TABLES[name]
    fitted = fit_models(table, model_space(table.k, order))
    ranked, found = fitted.ranked(), branch(table, order, slack=8.0)
    near = ranked[fitted.bic[ranked] <= fitted.bic[ranked[0]] + 8.0]
    assert found.is_complete and [one.name for one in found.candidates] == [
        fitted.space.name(int(r)) for r in near
    ]
    assert [one.bic for one in found.candidates] == pytest.approx(fitted.bic[near].tolist(), rel=1e-12)
    assert found.fits < max(12, len(fitted.space.codes))


def test_all_seven_million_models_of_six_lists_are_searched() -> None:
    pairs, whole = branch(TABLES["UKdat"], 2), branch(TABLES["UKdat"], 5)
    assert pairs.candidates[0].name == whole.candidates[0].name == "[12,13,25,35,36,45]"
    assert whole.is_complete and whole.fits < 2000 and len(whole.candidates) == 12
    assert branch(TABLES["UKdat"], 5, budget=50).is_complete is False


def test_a_greedy_search_stops_before_the_best_model_and_the_result_says_so() -> None:
    table = TABLES["UKdat_5"]
    model, total = descend(table, 4)
    assert (model, round(total)) == ("[12,13,25,35,45]", 12262)
    found = bic(table, draws=0)
    assert (found.model, round(found.estimate or 0)) == ("[123,25,34]", 25311)
    assert {"greedy_differs", "near_models_differ"} <= set(found.warnings)
    assert found.details["is_complete"] and found.details["fits"] < 6893
    assert round(bic(table, draws=0, search="downhill").estimate or 0) == 12262


def test_published_points_by_name() -> None:
    for name, order, total in (
        ("Korea", 2, 157),
        ("Kosovo", 3, 10357),
        ("Kosovo", 2, 14342),
        ("UKdat", 2, 12350),
    ):
        assert round(descend(TABLES[name], order)[1]) == total


def test_near_models_weights_and_average() -> None:
    details = bic(TABLES["UKdat_5"], draws=0).details
    differences = [model["difference"] for model in details["models"]]
    assert differences == sorted(differences) and differences[-1] <= 6 < differences[-1] + 1
    assert details["within_2"] == sum(d <= 2 for d in differences) and details["within_6"] == len(differences)
    first, second = details["models"][:2]
    assert second["weight"] / first["weight"] == pytest.approx(math.exp(-differences[1] / 2))
    fitted = fit_models(TABLES["UKdat_5"], model_space(5, 4))
    assert (fitted.is_bounded & ~fitted.is_admitted).sum() == 51 and fitted.is_admitted.sum() == 6519
    rows = fitted.ranked()
    weights = np.exp(-(fitted.bic[rows] - fitted.bic[rows[0]]) / 2)
    average = 2744 + weights @ fitted.unseen[rows] / weights.sum()
    assert details["average"] == pytest.approx(average, rel=5e-3)  # the worse models weigh that little


@pytest.mark.parametrize(("name", "lower", "upper"), [("Korea", 128, 349), ("Kosovo", 6947, 18_010)])
def test_published_intervals_come_out_of_the_same_draws(name: str, lower: int, upper: int) -> None:
    found, _ = replayed(name, None)
    limits = found.limits[0.95]
    assert (limits.lower, limits.upper) == pytest.approx((lower, upper), rel=3e-3)

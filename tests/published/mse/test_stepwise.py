"""The stepwise search and its bootstrap against SparseMSE and MultipleSystemsEstimation, draw by draw."""

import numpy as np
import pytest
from scipy.special import ndtr

from smallcounts.mse.bootstrap import Bootstrap, limits_at, quantile, summarise
from smallcounts.mse.stepwise import estimator, stepwise
from tests.published.mse.loglinear import draws, packed_json
from tests.published.mse.tables import tables

TABLES = tables()
STEPWISE = packed_json("loglinear_stepwise.json.gz")
BOOTED = ("Korea", "Kosovo", "UKdat_4", "UKdat_5", "UKdat")


@pytest.mark.parametrize("name", STEPWISE)
def test_every_threshold_ends_at_the_same_model_and_number(name: str) -> None:
    for key, wanted in STEPWISE[name].items():
        if key.startswith("stepwise_p"):
            found = stepwise(TABLES[name], threshold=float(key[10:]), draws=0)
            assert found.model == wanted["model"], key
            assert found.estimate == pytest.approx(wanted["estimate"], rel=1e-8), key
            assert found.details["log_likelihood"] == pytest.approx(wanted["logLik"], rel=1e-8), key


def replayed(name: str) -> tuple[Bootstrap, dict]:  # type: ignore[type-arg]
    """Our replicates on the stored count tables, and what the peer made of them."""
    table, wanted = TABLES[name], packed_json(f"stepwise_boot_{name}.json.gz")
    totals = estimator(table)(draws(f"stepwise_draws_{name}.csv.gz", table))
    jackknife = estimator(table)(table.counts - np.eye(len(table.counts), dtype=np.int64))
    return summarise(wanted["estimate"], totals, jackknife, table.counts, (0.68, 0.8, 0.9, 0.95)), wanted


@pytest.mark.parametrize("name", BOOTED)
def test_every_replicate_is_the_peers(name: str) -> None:
    found, wanted = replayed(name)
    assert len(found.totals) == 1000
    assert found.totals == pytest.approx(np.array(wanted["bootreps"]), rel=1e-8)
    assert found.acceleration == pytest.approx(wanted["ahat"], rel=1e-9)


@pytest.mark.parametrize("name", BOOTED[1:])
def test_bias_and_limits_are_the_peers(name: str) -> None:
    found, wanted = replayed(name)
    assert found.z0 == pytest.approx(wanted["z0"], rel=1e-9)
    for key, value in wanted["bca"].items():
        at = float(key)
        if at != 0.5:
            limits = found.limits[round(abs(1 - 2 * at), 2)]
            assert (limits.lower if at < 0.5 else limits.upper) == pytest.approx(value, rel=1e-9), key


def test_replicates_equal_to_the_estimate_count_half_not_by_their_last_digit() -> None:
    found, wanted = replayed("Korea")
    totals, estimate = np.array(wanted["bootreps"]), wanted["estimate"]
    below, equal = (totals < estimate * (1 - 1e-9)).sum(), (np.abs(totals / estimate - 1) < 1e-9).sum()
    assert (below, equal) == (637, 7) and below < round(1000 * ndtr(wanted["z0"])) < below + equal
    assert ndtr(found.z0) == pytest.approx(0.6405)
    ordered = np.sort(totals)
    theirs = limits_at(ordered, 0.95, wanted["z0"], wanted["ahat"])
    assert (theirs.lower, theirs.upper) == pytest.approx(
        (wanted["bca"]["0.025"], wanted["bca"]["0.975"]), rel=1e-9
    )


@pytest.mark.parametrize("name", BOOTED)
def test_quantiles_are_of_type_8(name: str) -> None:
    wanted = packed_json(f"stepwise_boot_{name}.json.gz")
    ordered = np.sort(np.array(wanted["bootreps"]))
    for key, value in wanted["percentile_type8"].items():
        assert quantile(ordered, float(key.rstrip("%")) / 100) == pytest.approx(value, rel=1e-12)


def test_a_thousand_draws_are_too_few_where_the_peers_limits_move_by_percents() -> None:
    found, _ = replayed("UKdat_5")
    assert "extreme_replicate" in found.limits[0.95].warnings
    assert found.limits[0.95].lower_at < 0.002


def test_lists_without_overlap_are_never_given_a_number() -> None:
    found = stepwise(TABLES["UKdat_5"].given("GP"), draws=100)  # SparseMSE: 5.9e11 with an interval
    assert (found.state, found.lower, found.upper) == ("unbounded", None, None)
    assert "no_overlap" in found.warnings

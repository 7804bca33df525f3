"""Cruyff's mse: the same steps to the same models, totals and parts; its bootstrap within Monte Carlo error.

The peer prints one decimal. Its parts are sums of fitted counts, ours the persons seen and the unseen fitted: the same
where a factor has a column for each level, near where years are a curve.
"""

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse.covariates import stratified
from smallcounts.mse.strata import StrataTable
from tests.published.mse.tables import results

WANTED = results("cruyff_mse.json")


def case(name: str) -> tuple[StrataTable, str | None]:
    simulated = lists.simulated_years().table
    if name == "ScotPWID_cov":
        return lists.scotland_drugs().table, None
    if name == "simdat_lists_X1_X2":
        return simulated.kept(["X1", "X2"]), None
    if name == "simdat_lists_year_linear":
        return simulated.kept(["Y"]), "Y"
    return simulated, "Y"


def agrees(name: str) -> None:
    table, year = case(name)
    found = stratified(table, year=year, bootstrap=0)
    wanted = WANTED[name]["path"]
    assert [step["step"].replace("−", "-") for step in found.details["path"]] == [s["step"] for s in wanted]
    for ours, theirs in zip(found.details["path"], wanted, strict=True):
        assert ours["criterion"] == pytest.approx(theirs["bic"], abs=0.0501)
        assert ours["estimate"] == pytest.approx(theirs["estimate"], abs=0.0501)


@pytest.mark.parametrize("name", ["ScotPWID_cov", "simdat_lists_X1_X2", "simdat_lists_year_linear"])
def test_every_step_of_the_search_agrees(name: str) -> None:
    agrees(name)


@pytest.mark.slow
def test_every_step_agrees_on_four_traits_and_years() -> None:
    agrees("simdat_full_year_quadratic")


def test_parts_and_their_limits_agree_when_the_model_is_held_fixed() -> None:
    table, _ = case("ScotPWID_cov")
    found = stratified(table, bootstrap=200, reselect=False)
    for factor, levels in found.details["by"].items():
        for ours, theirs in zip(levels, WANTED["ScotPWID_cov"]["boot200"][factor], strict=True):
            assert ours["level"] == theirs["row"] and ours["observed"] == theirs["nobs"]
            assert ours["estimate"] == pytest.approx(theirs["Nhat"], abs=0.51)
            assert ours["lower"] == pytest.approx(theirs["min95"], rel=0.08)
            assert ours["upper"] == pytest.approx(theirs["max95"], rel=0.08)


def test_years_as_a_curve_come_near() -> None:
    table, year = case("simdat_lists_year_linear")
    found = stratified(table, year=year, bootstrap=0).details["by"]["Y"]
    wanted = [row["Nhat"] for row in WANTED["simdat_lists_year_linear"]["boot200"]["Y"]]
    assert np.allclose([row["estimate"] for row in found], wanted, rtol=0.01)

"""Every fit, likelihood, BIC and existence code that the R packages print for the published tables."""

import math

import pytest

from smallcounts.mse.decomposable import decomposable_unseen, is_decomposable
from smallcounts.mse.fits import existence, fit_model
from smallcounts.mse.models import all_models, coded_model, interactions
from smallcounts.mse.profile import profile_limits
from tests.published.mse.loglinear import packed_json, packed_rows
from tests.published.mse.tables import results, tables

TABLES = tables()
STEPWISE = packed_json("loglinear_stepwise.json.gz")
PROFILES = results("profile_rcapture.json")


@pytest.mark.parametrize("name", STEPWISE)
def test_fits_agree_with_sparsemse(name: str) -> None:
    for wanted in STEPWISE[name].values():
        if not isinstance(wanted, dict) or "estimate" not in wanted:
            continue
        found = fit_model(TABLES[name], wanted["model"])
        assert found.estimate == pytest.approx(wanted["estimate"], rel=1e-8)
        assert found.log_likelihood == pytest.approx(wanted["logLik"], rel=1e-8)
        assert found.deviance == pytest.approx(wanted["deviance"], rel=1e-8, abs=1e-8)
        assert (found.aic, found.bic) == pytest.approx((wanted["AIC"], wanted["BIC"]), rel=1e-8)
        assert (found.parameters, found.residual_df) == (wanted["n_parameters"], wanted["df_residual"])
        # R takes the weights of the step before the last for its standard errors
        assert found.error_log_unseen == pytest.approx(wanted["se_log_dark_figure"], rel=5e-5)
        for code, value in wanted["coefficients"].items():
            here = found.coefficients[int(code) - 1]
            assert here == -math.inf if value == "-Inf" else here == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("name", STEPWISE)
def test_main_effects_and_all_pairs_have_the_published_codes(name: str) -> None:
    table, numbers = TABLES[name], "123456"[: TABLES[name].k]
    every_pair = ",".join(a + b for a in numbers for b in numbers if a < b)
    assert existence(table).code == STEPWISE[name]["status_main"]
    assert existence(table, every_pair).code == STEPWISE[name]["status_all_pairs"]


@pytest.mark.parametrize(
    "name",
    ["Korea", "Artificial_3", "HAV", "Kosovo", "UKdat_4", pytest.param("UKdat_5", marks=pytest.mark.slow)],
)
def test_every_hierarchical_model_is_classified(name: str) -> None:
    rows = packed_rows(f"existence_{name}.csv.gz")
    for row in rows:
        found = existence(TABLES[name], row["model"])
        estimable = found.state != "unbounded" and not found.none_unseen
        assert found.code == int(row["peer_status"]), row
        assert (found.state == "interior") == (row["interior"] == "1"), row
        assert estimable == (row["N_estimable"] == "1"), row
        assert (found.off_face, found.rank) == (int(row["cells_off_face"]), int(row["rank_on_face"])), row
    assert len(rows) == {3: 8, 4: 113, 5: 6893}[TABLES[name].k]


def test_code_1_rejects_51_of_374_models_whose_number_is_finite() -> None:
    rows = packed_rows("existence_UKdat_5.csv.gz")
    rejected = [row["model"] for row in rows if row["peer_status"] != "0"]
    table = TABLES["UKdat_5"]
    found = [existence(table, model) for model in rejected]
    finite = [f.model for f in found if f.state == "boundary" and not f.none_unseen]
    assert (len(rejected), len(finite)) == (374, 51)
    assert all(math.isfinite(fit_model(table, model).estimate) for model in finite[:5])


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Korea", 7),
        ("spina", 7),
        ("Kosovo", 60),
        ("UKdat_4", 60),
        pytest.param("UKdat_5", 821, marks=pytest.mark.slow),
    ],
)
def test_the_closed_form_is_the_same_as_newton(name: str, count: int) -> None:
    table = TABLES[name]
    masks = interactions(table.k, table.k - 1)
    models = [coded_model(code, masks, table.k) for code in all_models(table.k, table.k - 1).tolist()]
    decomposable = [model for model in models if is_decomposable(model)]
    assert len(decomposable) == count
    for model in decomposable:
        root, fit = decomposable_unseen(table, model), fit_model(table, model)
        if fit.state != "interior" and fit.existence.code:
            assert math.isinf(root) == math.isinf(fit.unseen), model
        else:
            assert root == pytest.approx(fit.unseen, rel=1e-9), model


@pytest.mark.parametrize("name", PROFILES)
def test_profile_limits_agree_with_rcapture(name: str) -> None:
    wanted = PROFILES[name]
    top, lower, upper = profile_limits(TABLES[name], fit_model(TABLES[name]))
    # above 170 Rcapture cuts Stirling's series of the factorials: 1/(12 n0) is missing
    tolerance = 1e-4 if name in ("Korea", "HAV", "spina", "duck") else 1e-7
    assert (top, lower, upper) == pytest.approx(
        (wanted["abundance"], wanted["infCL"], wanted["supCL"]), rel=tolerance
    )

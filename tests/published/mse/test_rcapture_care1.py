"""Rcapture's closed models with and without bias correction, its Chao bounds, and CARE1's estimators.

R stops its fits at 1e-8 of the deviance, takes standard errors one step earlier, and finds Darroch's root to four
decimals: that, not ours, sets the tolerances that are wider than 1e-8.
"""

import pytest

from smallcounts.mse.chao import chao
from smallcounts.mse.coverage import sample_coverage
from smallcounts.mse.heterogeneity import heterogeneity
from tests.published.mse.tables import results, tables

WANTED = {name: found for name, found in results("rcapture_care1.json").items() if name != "peers"}
TABLES = tables()
FORMS = {"Chao (LB)": "chao", "Poisson2": "poisson", "Darroch": "darroch", "Gamma3.5": "gamma"}


@pytest.mark.parametrize("name", WANTED)
def test_closed_models_agree(name: str) -> None:
    for key, wanted in WANTED[name]["closedp_t"].items():
        model, _, form = key.partition(" ")
        found = heterogeneity(TABLES[name], model=model.lower(), form=FORMS.get(form, "chao"))
        assert found.state == "interior"
        assert found.estimate == pytest.approx(wanted["abundance"], rel=3e-8), key
        assert found.details["standard_error"] == pytest.approx(wanted["stderr"], rel=2e-4), key
        assert found.details["aic"] == pytest.approx(wanted["AIC"], rel=1e-12), key
        assert found.details["bic"] == pytest.approx(wanted["BIC"], rel=1e-12), key


@pytest.mark.parametrize("name", WANTED)
def test_bias_corrected_models_agree(name: str) -> None:
    for key, wanted in WANTED[name]["closedp_bc"].items():
        model, _, form = key.lower().partition(".")
        found = heterogeneity(TABLES[name], model=model, form=form or "chao", bias_corrected=True)
        tolerance = 6e-8 if key == "Mt" else 2e-8
        assert found.estimate == pytest.approx(wanted["abundance"], rel=tolerance), key
        assert found.details["standard_error"] == pytest.approx(wanted["stderr"], rel=2e-4), key


@pytest.mark.parametrize("name", WANTED)
def test_chao_agrees(name: str) -> None:
    wanted, table = WANTED[name]["chao"], TABLES[name]
    assert chao(table).estimate == pytest.approx(wanted["Chao_bias_corrected"], rel=1e-12)
    plain = chao(table, bias_corrected=False)
    assert plain.estimate == pytest.approx(wanted["Chao_occasion_corrected"], rel=1e-12)
    without_occasions = table.n + plain.unseen * table.k / (table.k - 1)
    assert without_occasions == pytest.approx(wanted["Chao1987_f1sq_2f2"], rel=1e-12)


@pytest.mark.parametrize("name", [name for name in WANTED if "CARE1" in WANTED[name]])
def test_sample_coverage_agrees(name: str) -> None:
    wanted, found = WANTED[name]["CARE1"], sample_coverage(TABLES[name], draws=200).details
    assert found["independent"] == pytest.approx(wanted["Indep"], rel=1e-12)
    assert found["one_step"] == pytest.approx(wanted["LSC"], rel=1e-12)
    assert found["high"] == pytest.approx(wanted["HSC"], rel=1e-12)


def test_hepatitis_one_step_is_nearest_the_blood_tests() -> None:
    found = sample_coverage(TABLES["HAV"])
    assert found.model == "one-step" and found.estimate == pytest.approx(508, abs=0.5)
    assert found.lower < 545 < found.upper and "low_coverage" in found.warnings

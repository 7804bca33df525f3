"""The latent-class model against LCMCR 0.4.14 where its chains agree, and the table where they do not."""

import json
from pathlib import Path

import pytest

from smallcounts.datasets import lists
from smallcounts.mse.latent_class import latent_class

PEER = json.loads((Path(__file__).parents[1] / "data/mse/latent_class.json").read_text(encoding="utf-8"))
# relative errors of the limits and of the quantiles between; the peer's eight chains differ by as much
AGREE = {"korea": (0.04, 0.015), "hare": (0.03, 0.02), "kosovo": (0.05, 0.03)}


@pytest.mark.slow
@pytest.mark.parametrize("name", AGREE)
def test_where_the_peers_chains_agree_so_do_we(name: str) -> None:
    found = latent_class(getattr(lists, name)().table)
    assert found.state == "interior" and found.details["r_hat"] < 1.02
    for share, value in PEER[name]["quantiles"].items():
        error = AGREE[name][0 if share in ("0.025", "0.975") else 1]
        assert found.details["pooled_quantiles"][share] == pytest.approx(value, rel=error, abs=1)


@pytest.mark.slow
def test_at_the_peers_settings_the_uk_table_is_flagged() -> None:
    found = latent_class(
        lists.uk_2013_five().table, sampler="plain", chains=8, sweeps=100_000, warm_up=10_000, seed=1
    )
    assert found.state == "not_converged" and found.estimate is None
    assert found.details["r_hat"] > 1.05 and PEER["uk_2013_five"]["split_r_hat"] > 1.05


@pytest.mark.slow
@pytest.mark.parametrize("name", ["uk_2013_five", "uk_2013_four", "uk_2013"])
def test_with_flatter_levels_chains_leave_the_mode_they_start_in(name: str) -> None:
    # the peer's chains but for those that stuck in a low mode: their medians are ours
    found = latent_class(getattr(lists, name)().table)
    assert found.state == "interior" and found.details["r_hat"] < 1.02
    free = sorted(PEER[name]["chain_medians"])[1:]
    assert found.estimate == pytest.approx(sum(free) / len(free), rel=0.04)


@pytest.mark.slow
def test_hepatitis_lies_near_what_blood_tests_found_later() -> None:
    found = latent_class(lists.hepatitis_a().table)
    assert found.lower is not None and found.upper is not None
    assert found.lower < 545 < found.upper and found.estimate == pytest.approx(512, rel=0.02)

"""The spatial model as its users meet it: what comes back, what is refused, what never changes."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from smallcounts.counts import CountError
from smallcounts.rates.graph import BorderError, border_graph
from smallcounts.rates.posterior import MODEL_WORDS, one_thread
from smallcounts.rates.results import WORDS
from smallcounts.rates.spatial import spatial
from smallcounts.references import REFERENCES
from tests.unit.smallcounts import sweden

RING = [(i, (i + 1) % 8) for i in range(8)]
COUNTS, EXPECTED = [0, 2, 1, 9, 4, 0, 3, 2], [2.0, 2, 2, 3, 3, 2, 3, 2]


def _year() -> tuple[np.ndarray, np.ndarray]:
    counts, populations, _ = sweden.cells()
    return counts[:, 9], sweden.expected(counts[:, 9], populations[:, 9])


def test_every_figure_has_its_interval_and_what_it_rests_on() -> None:
    model = spatial(COUNTS, EXPECTED, RING, areas=list("abcdefgh"))
    assert (model.lower < model.mean).all() and (model.mean < model.upper).all()
    for estimate in (model.sd, model.share_spatial):
        assert estimate.interval.lower < estimate.mean < estimate.interval.upper
    assert set(model.to_rows()[3]) == {"area", "count", "expected", "mean", "lower", "upper"}
    assert model.to_rows()[3]["area"] == "d" and model.to_rows()[3]["count"] == 9
    assert {"few_areas", "few_events"} <= set(model.warnings)
    assert set(model.sources) <= set(REFERENCES)
    assert set(model.assumptions) | set(model.warnings) <= set(WORDS) | set(MODEL_WORDS)
    assert "share spatial" in model.summary() and "Assumes:" in model.summary()
    assert any("Beta(1/2, 1/2)" in step.formula for step in model.explain())


def test_a_result_cannot_be_changed() -> None:
    model = spatial(COUNTS, EXPECTED, RING)
    with pytest.raises(FrozenInstanceError):
        model.level = 0.5
    with pytest.raises(ValueError, match="read-only"):
        model.mean[0] = 1.0


def test_the_same_input_gives_the_same_bits() -> None:
    counts, expected = _year()
    one, two = (spatial(counts, expected, sweden.borders(), seed=3) for _ in range(2))
    for name in ("mean", "lower", "upper"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()
    assert one.draws(50).tobytes() == two.draws(50).tobytes() == one.draws(50, 3).tobytes()
    assert one.draws(50, 4).tobytes() != one.draws(50, 3).tobytes()


def test_draws_and_limits_tell_the_same() -> None:
    counts, expected = _year()
    model = spatial(counts, expected, sweden.borders())
    draws = model.draws(4000, seed=1)
    assert draws.shape == (4000, 290)
    assert np.abs(np.log(draws.mean(axis=0) / model.mean)).mean() < 0.012
    for level, limit in ((0.025, model.lower), (0.975, model.upper)):
        gap = np.log(np.quantile(draws, level, axis=0) / limit)
        assert abs(gap.mean()) < 0.006 and np.abs(gap).mean() < 0.03


def test_the_unit_of_the_expected_counts_carries_over() -> None:
    model, per_person = spatial(COUNTS, EXPECTED, RING), spatial(COUNTS, np.array(EXPECTED) * 1e5, RING)
    assert per_person.mean * 1e5 == pytest.approx(model.mean, rel=1e-9)
    assert per_person.upper * 1e5 == pytest.approx(model.upper, rel=1e-9)


def test_the_fit_of_290_areas_is_sound() -> None:
    told = spatial(*_year(), sweden.borders()).diagnostics
    assert told.has_converged and told.edge_mass < 0.02 and told.newton_steps < 12
    assert 20 <= told.grid_points <= told.evaluated <= 120
    assert 60 < told.effective_parameters < 140
    assert told.warnings() == ()


def test_one_blas_thread_inside() -> None:
    with one_thread():
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}


@pytest.mark.parametrize(
    ("counts", "expected", "borders", "error", "says"),
    [
        ([1, 2], [1.0], RING, CountError, "agree"),
        ([1, -1, 2], [1.0, 1, 1], [(0, 1)], CountError, "area 1"),
        ([1, 1.5, 2], [1.0, 1, 1], [(0, 1)], CountError, "whole number"),
        ([1, 1, 2], [1.0, 0, 1], [(0, 1)], CountError, "expected count at area 1"),
        ([0, 0, 0], [1.0, 1, 1], [(0, 1)], CountError, "every count is 0"),
        ([1, 1, 2], [1.0, 1, 1], [(0, 3)], BorderError, "numbered 0 to 2"),
        ([1, 1, 2], [1.0, 1, 1], [(1, 1)], BorderError, "Eda is said to border on itself"),
        ([1, 1, 2], [1.0, 1, 1], [], BorderError, "shrink"),
    ],
)
def test_bad_input_is_refused_in_words(counts, expected, borders, error, says) -> None:
    with pytest.raises(error, match=says):
        spatial(counts, expected, borders, areas=["Habo", "Eda", "Mora"] if len(counts) == 3 else ())


def test_names_and_level_are_checked() -> None:
    with pytest.raises(CountError, match="2 names for 8 areas"):
        spatial(COUNTS, EXPECTED, RING, areas=["a", "b"])
    with pytest.raises(ValueError, match="between 0 and 1"):
        spatial(COUNTS, EXPECTED, RING, level=95)


def test_the_structured_effect_is_scaled_part_by_part() -> None:
    graph = border_graph(6, [(0, 1), (1, 2), (3, 4), (1, 0)])
    covariance = (graph.vectors * graph.variances) @ graph.vectors.T
    for part in ([0, 1, 2], [3, 4]):
        assert np.exp(np.log(np.diag(covariance)[part]).mean()) == pytest.approx(1.0)
        assert covariance[part].sum(axis=1) == pytest.approx(0.0, abs=1e-9)
    assert covariance[5, 5] == 1.0 and graph.alone == (5,)
    # Two areas: L has the eigenvalue 2, its inverse 1/4 on the diagonal.
    assert graph.scales[1:] == pytest.approx((0.25, 1.0))

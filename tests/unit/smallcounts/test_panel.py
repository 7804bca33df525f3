"""The panel as its users meet it: years, unknown cells, refusals, and the same bits each time."""

import numpy as np
import pytest

from smallcounts.counts import CountError
from smallcounts.rates.panel import panel, year_structure
from smallcounts.rates.posterior import MODEL_WORDS
from smallcounts.rates.results import WORDS
from smallcounts.references import REFERENCES

RING = [(i, (i + 1) % 12) for i in range(12)]


def _small() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    populations = np.tile(rng.integers(5_000, 80_000, (12, 1)), (1, 5)).astype(float)
    counts = rng.negative_binomial(2.0, 2.0 / (2.0 + populations * 1e-4)).astype(float)
    return counts, populations


def test_every_figure_has_its_interval_and_what_it_rests_on() -> None:
    model = panel(*_small(), RING, periods=[str(year) for year in range(2019, 2024)])
    assert (model.lower < model.area_mean).all() and (model.area_mean < model.upper).all()
    assert (model.cells.lower < model.cells.mean).all() and (model.cells.mean < model.cells.upper).all()
    assert (model.year_effect.lower < model.year_effect.upper).all()
    for estimate in (model.size, model.sd, model.year_sd, model.share_spatial):
        assert estimate.interval.lower < estimate.mean < estimate.interval.upper
    rows = model.to_rows()
    assert len(rows) == 60 and rows[7]["period"] == "2021" and rows[7]["area"] == "1"
    assert set(rows[0]) == {"area", "period", "count", "population", "rate", "lower", "upper"}
    assert set(model.sources) <= set(REFERENCES)
    assert set(model.assumptions) | set(model.warnings) <= set(WORDS) | set(MODEL_WORDS)
    assert "year 2019" in model.summary() and any("NegBin" in step.formula for step in model.explain())


def test_rates_stand_per_the_unit_asked_for() -> None:
    counts, populations = _small()
    one, two = panel(counts, populations, RING), panel(counts, populations, RING, per=10_000)
    assert two.cells.mean * 10 == pytest.approx(one.cells.mean)
    assert one.pooled_rate == pytest.approx(counts.sum() / populations.sum() * 1e5)
    assert two.area_mean == pytest.approx(one.area_mean)


def test_the_same_input_gives_the_same_bits() -> None:
    one, two = (panel(*_small(), RING, seed=5) for _ in range(2))
    assert one.area_mean.tobytes() == two.area_mean.tobytes()
    assert one.cells.upper.tobytes() == two.cells.upper.tobytes()
    assert one.draws(30).tobytes() == two.draws(30, 5).tobytes()


def test_draws_and_limits_tell_the_same() -> None:
    model = panel(*_small(), RING)
    draws = model.draws(20_000, seed=1)
    assert np.abs(np.log(draws.mean(axis=0) / model.area_mean)).max() < 0.02
    assert np.abs(np.log(np.quantile(draws, 0.975, axis=0) / model.upper)).max() < 0.05


def test_unknown_cells_are_left_out_and_told() -> None:
    counts, populations = _small()
    whole = panel(counts, populations, RING)
    counts[3, 1] = np.nan
    one = panel(counts, populations, RING)
    counts[3] = np.nan
    none = panel(counts, populations, RING)
    assert one.to_rows()[16]["count"] is None and one.cells.upper[3, 1] > 0
    width = [np.log(model.upper / model.lower)[3] for model in (whole, one, none)]
    assert width[0] < width[2] and width[1] < width[2]
    told = [{"unknown_cells", "filled_from_neighbours"} & set(m.warnings) for m in (whole, one, none)]
    assert told == [set(), {"unknown_cells"}, {"unknown_cells", "filled_from_neighbours"}]


def test_both_ways_with_years_sum_to_nought_and_share_a_scale() -> None:
    for years in ("independent", "random_walk"):
        basis, precision = year_structure(10, years)
        covariance = basis @ np.linalg.inv(precision) @ basis.T
        assert covariance.sum(axis=0) == pytest.approx(0.0, abs=1e-12)
        assert np.exp(np.log(np.diag(covariance)).mean()) == pytest.approx(0.9)


def test_a_random_walk_smooths_the_years() -> None:
    counts, populations = _small()
    counts[:, 2] *= 3
    free, smooth = (panel(counts, populations, RING, years=y) for y in ("independent", "random_walk"))
    jump = [np.abs(np.diff(np.log(m.year_effect.mean))).sum() for m in (free, smooth)]
    assert jump[1] < jump[0]
    assert "random_walk" in smooth.summary()


def test_bad_input_is_refused_in_words() -> None:
    counts, populations = _small()
    with pytest.raises(CountError, match="two periods at least"):
        panel(counts[:, :1], populations[:, :1], RING)
    with pytest.raises(CountError, match="two periods at least"):
        panel(counts[:, 0], populations[:, 0], RING)
    with pytest.raises(CountError, match="agree"):
        panel(counts, populations[:, :2], RING)
    populations[4, 2] = 0
    with pytest.raises(CountError, match="population at area 4, period 2"):
        panel(counts, populations, RING)

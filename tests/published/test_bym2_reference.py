"""The models against long runs of another program on the same data; how it was made: data/models.md."""

import numpy as np
import pytest

from smallcounts.datasets import scotland
from smallcounts.rates.panel import panel
from smallcounts.rates.posterior import Posterior
from smallcounts.rates.spatial import spatial
from tests.unit.smallcounts import sweden


def _gaps(name: str, mean: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> dict[str, np.ndarray]:
    rows = sweden.read(name)
    given = {key: np.array([float(row[key]) for row in rows]) for key in ("mean", "lower", "upper")}
    ours = {"mean": mean, "lower": lower, "upper": upper}
    return {key: np.log(ours[key] / given[key]) for key in ours}


def _near(posterior: Posterior, mean: float, lower: float, upper: float, within: float) -> bool:
    """Limits of a posterior agree within a part of its width."""
    width = upper - lower
    ours = (posterior.mean, posterior.interval.lower, posterior.interval.upper)
    return all(abs(a - b) < within * width for a, b in zip(ours, (mean, lower, upper), strict=True))


def test_one_year_with_half_of_the_counts_at_nought() -> None:
    counts, populations, _ = sweden.cells()
    given = sweden.expected(counts[:, 9], populations[:, 9])
    model = spatial(counts[:, 9], given, sweden.borders())
    gaps = _gaps("bym2_2024.csv", model.mean, model.lower, model.upper)
    assert np.abs(gaps["mean"]).mean() < 0.004 and np.abs(gaps["mean"]).max() < 0.012
    assert abs(gaps["mean"][counts[:, 9] <= 9].mean()) < 0.003
    for limit in ("lower", "upper"):
        assert np.abs(gaps[limit]).mean() < 0.008 and abs(gaps[limit].mean()) < 0.005
    assert _near(model.sd, 0.7378, 0.5895, 0.9177, 0.03)
    assert _near(model.share_spatial, 0.4199, 0.1016, 0.7984, 0.03)


def test_ten_years_added_up() -> None:
    counts, populations, _ = sweden.cells()
    total = counts.sum(axis=1)
    model = spatial(total, sweden.expected(total, populations.sum(axis=1)), sweden.borders())
    gaps = _gaps("bym2_pooled.csv", model.mean, model.lower, model.upper)
    assert np.abs(gaps["mean"]).mean() < 0.002 and np.abs(gaps["mean"]).max() < 0.006
    assert max(np.abs(gaps[limit]).mean() for limit in ("lower", "upper")) < 0.005
    assert _near(model.sd, 0.6444, 0.5490, 0.7677, 0.03)
    assert _near(model.share_spatial, 0.6023, 0.3225, 0.8631, 0.04)


def test_scotland_where_nearly_all_of_the_variance_follows_the_borders() -> None:
    table = scotland()
    model = spatial(table.observed, table.expected, table.borders, areas=table.names)
    gaps = _gaps("bym2_scotland.csv", model.mean, model.lower, model.upper)
    assert np.abs(gaps["mean"]).max() < 0.006
    assert max(np.abs(gaps[limit]).max() for limit in ("lower", "upper")) < 0.02
    assert _near(model.sd, 0.5768, 0.4313, 0.7579, 0.03)
    assert _near(model.share_spatial, 0.9188, 0.6324, 0.9999, 0.05)


def test_the_panel_of_290_areas_and_ten_years() -> None:
    counts, populations, _ = sweden.cells()
    model = panel(counts, populations, sweden.borders())
    gaps = _gaps("panel_2015_2024.csv", model.area_mean, model.lower, model.upper)
    assert np.abs(gaps["mean"]).mean() < 0.004 and np.abs(gaps["mean"]).max() < 0.015
    assert max(np.abs(gaps[limit]).mean() for limit in ("lower", "upper")) < 0.010
    assert _near(model.sd, 0.6182, 0.5162, 0.7522, 0.06)
    assert _near(model.size, 2.8134, 2.3962, 3.3117, 0.04)
    assert _near(model.year_sd, 0.1455, 0.0754, 0.2561, 0.06)
    assert _near(model.share_spatial, 0.6681, 0.3637, 0.9465, 0.05)
    years = np.log(model.year_effect.lower * model.year_effect.upper) / 2
    reference = [-0.1954, -0.0138, 0.1928, 0.1417, 0.0230, -0.1280, -0.0241, -0.0405, -0.0475, 0.0918]
    assert years == pytest.approx(reference, abs=0.004)

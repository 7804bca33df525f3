"""The average over decomposable graphs against dga 2.0.2, number by number; see ../data/mse/bayes.md."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse.averaging import decomposable_average
from smallcounts.mse.graph_scores import (
    absent_from,
    base_scores,
    clique_constants,
    clique_scores,
    tail_powers,
    weighed,
)
from smallcounts.mse.graphs import decomposable_graphs
from smallcounts.mse.table import CaptureTable

FOUND = json.loads((Path(__file__).parents[1] / "data/mse/dga.json").read_text(encoding="utf-8"))
STEPPED = [(name, case) for name, cases in FOUND["grid 0, 1, 2 ... most_unseen"].items() for case in cases]
SIX = FOUND["six lists, grid of 2,001 numbers from 0 to 30 n, rounded"]


def table(name: str) -> CaptureTable:
    found = getattr(lists, name)()
    return found.table.total() if hasattr(found.table, "total") else found.table


@pytest.mark.parametrize(("name", "case"), STEPPED)
def test_quantiles_are_exact_and_weights_agree_to_nine_digits(name: str, case: dict[str, Any]) -> None:
    found = decomposable_average(table(name), delta=case["delta"], most_unseen=case["most_unseen"])
    assert found.details["quantiles"] == case["quantiles"]
    ours = dict(found.details["graphs"])
    assert set(ours) == set(case["graphs"])
    for graph, weight in case["graphs"].items():
        assert ours[graph] == pytest.approx(weight, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("name", SIX)
def test_six_lists_on_the_grid_of_the_peer(name: str) -> None:
    lists_of_six, case = table(name), SIX[name]
    graphs, cells, delta = decomposable_graphs(6), lists_of_six.cells, case["delta"]
    grid = np.unique(np.round(np.linspace(0, 30 * lists_of_six.n, 2001)))
    absent = absent_from(cells)
    scores = clique_scores(absent, clique_constants(cells, delta), delta, grid)
    base = base_scores(lists_of_six.n, grid, np.ones(len(grid)))
    shares, mass = weighed(graphs, scores, base, tail_powers(absent, delta), 0.0)
    top = {graphs.name(int(at)): shares[at] for at in np.argsort(-shares)[:10]}
    assert top == pytest.approx(case["graphs"], rel=1e-9)
    below = np.cumsum(mass)
    for share, value in case["quantiles"].items():
        assert lists_of_six.n + grid[np.searchsorted(below, float(share))] == value


def test_six_lists_without_a_grid_stay_near_the_peer() -> None:
    for name, case in SIX.items():
        found = decomposable_average(table(name))
        step = 30 * table(name).n / 2000 + 1
        for share, value in case["quantiles"].items():
            assert abs(found.details["quantiles"][share] - value) <= step


def test_the_published_uk_figure_is_within_the_width_of_its_grid() -> None:
    # Binette & Steorts 2022: 23,016 (10,408 to 33,481), from 1,000 points up to 30 n
    found = decomposable_average(lists.uk_2013_five().table)
    step = 30 * 2744 / 1000
    assert found.estimate == 22990 and abs(found.estimate - 23016) < step
    assert found.lower is not None and abs(found.lower - 10408) < step
    assert found.upper is not None and abs(found.upper - 33481) < step

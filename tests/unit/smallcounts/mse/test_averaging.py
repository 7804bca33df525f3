"""The average over decomposable graphs: against sums written out, at its tails, and in its laws."""

import math

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse.averaging import decomposable_average, posterior
from smallcounts.mse.graph_scores import (
    absent_from,
    base_scores,
    clique_constants,
    clique_scores,
    log_gamma_ratio,
    tail_powers,
    weigh,
    weighed,
)
from smallcounts.mse.graphs import decomposable_graphs
from smallcounts.mse.node_rule import blocks
from smallcounts.mse.results import MethodResult
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.results import RateError

SMALL = CaptureTable.from_rows(
    [(1, 0, 0, 9), (0, 1, 0, 7), (0, 0, 1, 5), (1, 1, 0, 4), (1, 0, 1, 2), (1, 1, 1, 1)]
)


def log_mass(counts: list[int], a: float) -> float:
    """Dirichlet-multinomial of one marginal table, without the multinomial coefficient."""
    total, size = sum(counts), a * len(counts)
    parts = sum(math.lgamma(c + a) - math.lgamma(a) for c in counts)
    return math.lgamma(size) - math.lgamma(total + size) + parts


def log_score(table: CaptureTable, at: int, unseen: int, delta: float) -> float:
    """The score of one graph as the definition has it: whole tables, nothing taken together."""
    graphs, k = decomposable_graphs(table.k), table.k
    cells = table.cells.tolist()
    cells[0] = unseen
    total = math.lgamma(table.n + unseen + 1) - math.lgamma(unseen + 1) - math.log(table.n + unseen)
    parts = graphs.cliques[at] + graphs.separators[at]
    for place in range(parts):
        mask = int(graphs.masks[at, place])
        margin: dict[int, int] = {part: 0 for part in range(1 << k) if part & ~mask == 0}
        for pattern, count in enumerate(cells):
            margin[pattern & mask] += count
        sign = 1 if place < graphs.cliques[at] else -1
        total += sign * log_mass(list(margin.values()), delta * 2 ** (k - mask.bit_count()))
    return total


@pytest.mark.parametrize("delta", [0.125, 1.0])
def test_shares_and_quantiles_are_those_of_every_number_added_up(delta: float) -> None:
    most = 600
    logs = np.array([[log_score(SMALL, g, u, delta) for u in range(most + 1)] for g in range(8)])
    mass = np.exp(logs - logs.max())
    mass /= mass.sum()
    found = posterior(SMALL, delta=delta, most_unseen=most)
    assert found.shares == pytest.approx(mass.sum(axis=1), rel=1e-10)
    below = np.cumsum(mass.sum(axis=0))
    for share in (0.01, 0.025, 0.3, 0.5, 0.9, 0.975, 0.999):
        assert found.quantile(share) == SMALL.n + int(np.searchsorted(below, share))


def test_the_tail_falls_by_its_power_and_is_counted() -> None:
    table = lists.korea().table
    delta, absent = 0.125, absent_from(table.cells)
    graphs, powers = decomposable_graphs(3), tail_powers(absent, delta)
    nodes = np.array([1e9, 1e10])
    scores = clique_scores(absent, clique_constants(table.cells, delta), delta, nodes)
    base = base_scores(table.n, nodes, np.ones(2))
    for g in range(8):
        masks = graphs.masks[g]
        sign = np.where(np.arange(5) < graphs.cliques[g], 1, -1) * (masks > 0)
        line = base + (sign[:, None] * scores[masks]).sum(axis=0)
        power = powers[0] + (sign * powers[masks]).sum()
        assert (line[1] - line[0]) / math.log(10) == pytest.approx(power, rel=1e-6)
    found = posterior(
        lists.hepatitis_a().table, delta=delta
    )  # no overlap empty: the full graph alone is flat
    assert found.power == pytest.approx(-2 + 1 / 8)
    near, far = found.quantile(1 - 1e-6), found.quantile(1 - 1e-7)
    assert far / near == pytest.approx(10 ** (8 / 7), rel=1e-2)


def test_the_last_node_stands_for_all_that_lies_beyond() -> None:
    table, delta, far = lists.korea().table, 0.125, 10**7
    graphs, absent = decomposable_graphs(3), absent_from(table.cells)
    constants, powers = clique_constants(table.cells, delta), tail_powers(absent, delta)
    parts = [part for part in blocks(far, 10**20) if part.first >= far]
    nodes = np.concatenate([part.nodes for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    one = np.array([float(parts[0].first)])
    tail, total = (
        weigh(
            graphs.masks,
            graphs.cliques,
            graphs.separators,
            clique_scores(absent, constants, delta, at),
            base_scores(table.n, at, w),
            powers,
            end,
        )[0]
        for at, w, end in ((one, np.ones(1), math.log(one[0])), (nodes, weights, -math.inf))
    )
    seen = tail > tail.max() - 100  # the others fall too steeply to matter, or to be summed in wide blocks
    assert seen.sum() >= 3
    assert tail[seen] == pytest.approx(total[seen], abs=1e-3)


def test_quantiles_reach_into_the_tail() -> None:
    found = posterior(lists.korea().table, delta=0.125)
    near, far = found.quantile(1 - found.tail * 2), found.quantile(1 - found.tail / 1000)
    assert near < found.blocks[-1].last < far < math.inf
    assert far / found.blocks[-1].last == pytest.approx(1000 ** (8 / 7), rel=1e-3)


def test_the_mean_is_infinite_and_said_to_be() -> None:
    table = lists.korea().table
    assert decomposable_average(table).details["mean_is_finite"] is False
    assert decomposable_average(table, delta=1.0).details["mean_is_finite"] is True
    assert decomposable_average(table, most_unseen=3690).details["mean_is_finite"] is True


def test_gamma_ratios_keep_their_digits_far_away() -> None:
    for x, step in ((0.125, 3.5), (3.0, 200.0), (25.0, 2.0), (1e3, -3.0), (12.5, 1e6)):
        exact = math.lgamma(x + step) - math.lgamma(x)
        assert log_gamma_ratio(x, step) == pytest.approx(exact, rel=1e-13, abs=1e-13)
    assert log_gamma_ratio(1e12, 2.0) == pytest.approx(math.log(1e12) + math.log(1e12 + 1), rel=1e-15)


def test_a_heavy_prior_is_named() -> None:
    table = lists.uk_2013_five().table
    usual, heavy = decomposable_average(table), decomposable_average(table, delta=1)
    assert usual.estimate == 22990 and "heavy_prior" not in usual.warnings
    assert heavy.estimate == 2806 and "heavy_prior" in heavy.warnings


def test_two_peaks_are_told_apart() -> None:
    found = decomposable_average(lists.uk_2013_five().table)
    assert "several_peaks" in found.warnings
    (low, share_low), (high, share_high) = found.details["peaks"]
    assert 11_000 < low < 13_000 and 22_000 < high < 26_000
    assert share_low + share_high == pytest.approx(1, abs=0.01) and share_high > 0.5
    assert "several_peaks" not in decomposable_average(lists.kosovo().table).warnings


@pytest.mark.parametrize("order", [(4, 2, 0, 1, 3), (1, 0, 2, 4, 3)])
def test_the_order_of_the_lists_does_not_matter(order: tuple[int, ...]) -> None:
    table = lists.uk_2013_five().table
    here, there = decomposable_average(table), decomposable_average(table.permuted(order))
    assert here.details["quantiles"] == there.details["quantiles"]
    assert [w for _, w in here.details["graphs"]] == pytest.approx([w for _, w in there.details["graphs"]])


def test_lists_without_overlap_give_a_wide_answer_and_a_warning() -> None:
    apart = CaptureTable.from_rows([(1, 0, 0, 11), (0, 1, 0, 8), (0, 0, 1, 4)])
    found = decomposable_average(apart)
    assert found.warnings[0] == "no_overlap"
    assert found.lower is not None and found.upper is not None
    assert found.upper > 20 * found.lower


def test_many_persons_cost_no_digits() -> None:
    # 350,000 seen on three independent lists of half the group: N = 400,000 ± sqrt(N)/2
    rows = [(m & 1, m >> 1 & 1, m >> 2 & 1, 50_000) for m in range(1, 8)]
    found = posterior(CaptureTable.from_rows(rows), delta=0.125)
    assert found.shares[[found.graphs.name(g) for g in range(8)].index("[1,2,3]")] > 0.99
    assert found.quantile(0.5) == pytest.approx(400_000, abs=20)
    width = found.quantile(0.975) - found.quantile(0.025)
    assert width == pytest.approx(2 * 1.96 * math.sqrt(4e5) / 2, rel=0.02)


def test_what_cannot_be_averaged_is_refused() -> None:
    eight = CaptureTable.from_rows([(*(int(i == j) for i in range(8)), 3) for j in range(8)])
    with pytest.raises(RateError, match="8 lists are too many"):
        decomposable_average(eight)
    with pytest.raises(RateError, match="at most 2,000,000"):
        decomposable_average(CaptureTable.from_rows([(1, 0, 5), (1, 1, 2_000_001)]))
    for wrong in (0, -1, math.nan, math.inf):
        with pytest.raises(RateError, match="delta"):
            decomposable_average(SMALL, delta=wrong)
    with pytest.raises(RateError, match="most_unseen"):
        decomposable_average(SMALL, most_unseen=-1)
    with pytest.raises(RateError, match="level"):
        decomposable_average(SMALL, level=95)


def test_the_answer_can_be_read_in_steps() -> None:
    found = decomposable_average(SMALL)
    assert isinstance(found, MethodResult) and found.state == "interior"
    assert found.explain()[0].result == "8 graphs"
    assert found.lower is not None and found.estimate is not None and found.upper is not None
    assert SMALL.n <= found.lower <= found.estimate <= found.upper


def test_shares_come_out_the_same_whether_exponentials_are_ours_or_the_librarys() -> None:
    table, delta = lists.kosovo().table, 1 / 16
    graphs, absent = decomposable_graphs(4), absent_from(table.cells)
    nodes = np.arange(2000, 30_000, 50.0)
    scores = clique_scores(absent, clique_constants(table.cells, delta), delta, nodes)
    base, powers = base_scores(table.n, nodes, np.ones(len(nodes))), tail_powers(absent, delta)
    shares, mass = weighed(graphs, scores, base, powers, 0.0)
    signs = np.where(np.arange(7) < graphs.cliques[:, None], 1, -1) * (graphs.masks > 0)
    lines = base + np.einsum("gp,gpn->gn", signs, scores[graphs.masks])
    exact = np.exp(lines - lines.max())
    assert mass == pytest.approx(exact.sum(axis=0) / exact.sum(), rel=1e-11, abs=1e-40)
    assert shares == pytest.approx(exact.sum(axis=1) / exact.sum(), rel=1e-11, abs=1e-40)

"""A2 and A3: the walk against the weights of every table there is, and what the gates say."""

import numpy as np
import pytest
from scipy.special import gammaln

from smallcounts.disclosure.attacks.bounds import bound_cells
from smallcounts.disclosure.attacks.cliques import build_space
from smallcounts.disclosure.attacks.domain import AttackRefused
from smallcounts.disclosure.attacks.integers import attack_integers, enumerate_tables, whole_bounds
from smallcounts.disclosure.attacks.knowledge import Reading, view
from smallcounts.disclosure.attacks.posterior import attack_posterior
from smallcounts.disclosure.attacks.sampling import draw_tables, groups, log_chances
from smallcounts.disclosure.cells import System
from smallcounts.disclosure.release import Method, Symbol
from tests.unit.smallcounts.disclosure.attacks import scenes

SQUARE = ([("a", "b")], {"a": 2, "b": 2})
TRIANGLE = ([("a", "b"), ("b", "c"), ("a", "c")], {"a": 2, "b": 2, "c": 2})
PATH = ([("a", "b"), ("b", "c")], {"a": 2, "b": 2, "c": 2})
TINY = {"square": SQUARE, "triangle": TRIANGLE, "path": PATH}


def tiny(name: str, seed: int = 1) -> System:
    return scenes.counted(TINY[name], seed, mean=0.6)


@pytest.mark.parametrize("name", TINY)
def test_enumeration_finds_the_tables_that_trial_finds(name: str) -> None:
    system = tiny(name)
    seen = view([scenes.print_as(system, scenes.alone(3, 2), base=3)])
    space = build_space(seen.cells, scenes.domain(system))
    tried = {tuple(t) for t in scenes.whole_tables(space, seen, 1)}
    found = {tuple(t) for t in enumerate_tables(space, seen) if t.max() <= 1}
    assert found == tried
    assert found


@pytest.mark.parametrize("prior", ["jeffreys", "uniform"])
@pytest.mark.parametrize("name", TINY)
def test_the_walk_finds_the_posterior_of_all_tables(name: str, prior) -> None:
    system = tiny(name)
    seen = view([scenes.print_as(system, scenes.alone(3, 2), base=3)])
    space = build_space(seen.cells, scenes.domain(system))
    tables = np.array(list(enumerate_tables(space, seen)))
    counts = (space.matrix @ tables.T).T.astype(int)
    chances = log_chances(seen, Reading())
    rows = np.arange(len(seen.cells))
    weight = np.array([chances[rows, c - seen.low.astype(int)].sum() for c in counts])
    if prior == "jeffreys":
        weight += (gammaln(tables + 0.5) - gammaln(tables + 1)).sum(axis=1)
    weight = np.exp(weight - weight.max())
    sample = draw_tables(seen, scenes.domain(system), prior=prior, steps=200_000)
    for row in rows:
        wanted = np.bincount(counts[:, row], weight, minlength=30) / weight.sum()
        values = sample.least[row] + np.arange(sample.share.shape[1])
        assert sample.share[row] == pytest.approx(wanted[values], abs=0.025)
    assert sample.gap < 0.05
    assert sample.tables <= len(tables)


def test_the_walk_is_the_same_every_time() -> None:
    system = tiny("path")
    seen = view([scenes.print_as(system, scenes.alone(3, 2), base=3)])
    first, again, other = (draw_tables(seen, scenes.domain(system), steps=20_000, seed=s) for s in (0, 0, 7))
    assert (first.share == again.share).all()
    assert (first.share != other.share).any()


def test_whole_numbers_tell_no_less_than_fractions() -> None:
    system = tiny("triangle")
    seen = view([scenes.print_as(system, scenes.nearest(3), base=3)], Reading(is_nearest=True))
    domain = scenes.domain(system)
    sample = draw_tables(seen, domain, Reading(is_nearest=True), steps=20_000)
    counts = np.array(
        [
            build_space(seen.cells, domain).matrix @ t
            for t in enumerate_tables(build_space(seen.cells, domain), seen)
        ]
    )
    whole, fractions = whole_bounds(sample, domain), bound_cells(seen, domain)
    assert (whole.exact == (counts.min(axis=0) == counts.max(axis=0))).all()
    assert (whole.low >= fractions.low).all()
    assert (whole.high <= fractions.high).all()


def test_too_few_tables_are_a_finding() -> None:
    system = tiny("square")
    seen = view([scenes.print_as(system, lambda count: count, method=Method.SUPPRESSED)])
    sample = draw_tables(seen, scenes.domain(system), steps=1_000)
    found = attack_integers([sample], scenes.domain(system))
    assert found.numbers["tables"] == 1
    assert "only 1 whole tables fit" in str(found)


def test_the_posterior_gate_names_what_is_nearly_sure() -> None:
    system = tiny("square")
    # 3 printed with base 3 means 1 to 5, and 5 is rare: nearly surely small
    seen = view([scenes.print_as(system, lambda count: 3 * (count > 0), base=3, threshold=5)])
    sample = draw_tables(seen, scenes.domain(system), steps=50_000)
    found = attack_posterior([sample], scenes.domain(system))
    assert not found.passed
    assert found.numbers["small"] > 0.9
    assert "1 to the threshold less 1 with probability" in str(found)
    assert "round it the other way" in found.findings[0].remedy


def test_dots_without_a_total_cannot_be_drawn() -> None:
    system = tiny("square")
    seen = view([scenes.print_as(system, lambda _: Symbol.HIDDEN, method=Method.SUPPRESSED)])
    with pytest.raises(AttackRefused, match="no upper limit"):
        draw_tables(seen, scenes.domain(system), steps=1_000)


def test_years_fall_into_groups_unless_a_sum_ties_them() -> None:
    system = scenes.counted(SQUARE, 1, periods=("2021", "2022"))
    printed = view([scenes.print_as(system, scenes.alone(5, 1))])
    assert [len(g.cells) for g in groups(printed, scenes.domain(system))] == [9, 9]
    tied = scenes.counted(SQUARE, 1, periods=("2021", "2022"), spans=("2021", "2022", "2021/2022"))
    printed = view([scenes.print_as(tied, scenes.alone(5, 1))])
    assert [len(g.cells) for g in groups(printed, scenes.domain(tied))] == [27]


@pytest.mark.slow
@pytest.mark.parametrize("year", ["2021", "2025"])
def test_random_rounding_to_three_is_nearly_sure_of_small_counts(year: str) -> None:
    system = scenes.year(year)
    seen = view([scenes.print_as(system, scenes.alone(3, 3), base=3)])
    domain = scenes.domain(system)
    samples = [draw_tables(g, domain) for g in groups(seen, domain)]
    assert len(attack_posterior(samples, domain).findings) > 10
    assert attack_integers(samples, domain).numbers["tables"] >= 1_000

"""Dots under the attacks: the walk moves between exact figures, and what cannot be judged does not pass."""

import numpy as np
import pytest
from scipy.linalg import null_space
from scipy.sparse import csr_matrix
from scipy.special import gammaln

from smallcounts.disclosure.attacks import posterior
from smallcounts.disclosure.attacks.bounds import narrowed
from smallcounts.disclosure.attacks.cliques import build_space
from smallcounts.disclosure.attacks.domain import AttackRefused
from smallcounts.disclosure.attacks.integers import enumerate_tables
from smallcounts.disclosure.attacks.knowledge import View, view
from smallcounts.disclosure.attacks.moves import moves_beside
from smallcounts.disclosure.attacks.posterior import attack_posterior
from smallcounts.disclosure.attacks.sampling import draw_tables
from smallcounts.disclosure.cells import System
from smallcounts.disclosure.release import Method, Published, Symbol
from tests.unit.smallcounts.disclosure.attacks import scenes

STEPS = 5_000  # twenty times as many beside dots
GRID = ([("a", "b")], {"a": 3, "b": 3})


def dotted(seed: int = 4) -> tuple[System, View]:
    """A table whose margins are open and whose inner cells are hidden, but for one."""
    system = scenes.counted(GRID, seed, mean=2.0)
    printed = scenes.print_as(system, lambda count: count, method=Method.SUPPRESSED)
    figures = [
        f
        if len(f.cell.parts) < 2 or f.cell.text.endswith("a=a0|b=b0")
        else type(f)(f.cell, Symbol.HIDDEN, f.method, f.base, f.threshold)
        for f in printed.figures
    ]
    return system, view([Published("r1", tuple(figures))])


def test_the_walk_between_dots_finds_the_posterior_of_all_tables() -> None:
    system, printed = dotted()
    domain = scenes.domain(system)
    seen = narrowed(printed, domain)
    space = build_space(seen.cells, domain)
    tables = np.array(list(enumerate_tables(space, seen)))
    assert len(tables) > 100
    weight = np.exp((gammaln(tables + 0.5) - gammaln(tables + 1)).sum(axis=1))
    counts = (space.matrix @ tables.T).T.astype(int)
    sample = draw_tables(printed, domain, steps=STEPS)
    for row in range(len(seen.cells)):
        wanted = np.bincount(counts[:, row], weight, minlength=60) / weight.sum()
        values = sample.least[row] + np.arange(sample.share.shape[1])
        assert sample.share[row] == pytest.approx(wanted[values], abs=0.03)
    assert sample.gap < 0.05 and sample.tables <= len(tables)


def test_the_moves_leave_what_is_exact_and_span_every_change() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        rows = rng.integers(0, 2, (4, 9)).astype(float)
        free = rng.random(9) < 0.8
        moves = moves_beside(csr_matrix(rows), free).toarray()
        assert not (rows @ moves.T).any() and not moves[:, ~free].any()
        rank = np.linalg.matrix_rank(moves) if len(moves) else 0
        assert rank == null_space(rows[:, free]).shape[1]


def test_a_walk_that_cannot_move_between_dots_is_a_failed_attack(monkeypatch: pytest.MonkeyPatch) -> None:
    system, printed = dotted()
    sample = draw_tables(printed, scenes.domain(system), steps=STEPS)
    monkeypatch.setattr(posterior, "WIDEST_GAP", sample.gap / 2)
    found = attack_posterior([sample], scenes.domain(system))
    assert not found.passed and "let them run longer, or round" in found.detail


def test_a_dot_of_which_a_reader_is_too_sure_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(posterior, "MOST_SMALL", 0.3)
    system, printed = dotted()
    sample = draw_tables(printed, scenes.domain(system), steps=STEPS)
    found = attack_posterior([sample], scenes.domain(system))
    dots = [f for f in found.findings if f.detail.startswith("printed ..")]
    assert dots and all("hide more cells" in f.remedy for f in dots)


def test_a_dot_without_an_upper_limit_is_refused() -> None:
    system = scenes.counted(GRID, 4)
    every = view([scenes.print_as(system, lambda _: Symbol.HIDDEN, method=Method.SUPPRESSED)])
    with pytest.raises(AttackRefused, match="no upper limit; publish the total"):
        narrowed(every, scenes.domain(system))

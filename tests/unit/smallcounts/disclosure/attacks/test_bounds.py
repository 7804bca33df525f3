"""A1 against other programs: the full system in SciPy's solver, trial of every table, the notes' table."""

import numpy as np
import pytest
from scipy.optimize import linprog

from smallcounts.disclosure.attacks.bounds import attack_bounds, bound_cells
from smallcounts.disclosure.attacks.cliques import build_space
from smallcounts.disclosure.attacks.domain import AttackRefused
from smallcounts.disclosure.attacks.knowledge import Reading, View, view
from smallcounts.disclosure.cells import System
from smallcounts.disclosure.release import Figure, Method, Published, Symbol
from tests.unit.smallcounts.disclosure.attacks import scenes

CYCLE = ([("a", "b"), ("b", "c"), ("a", "c")], {"a": 3, "b": 2, "c": 2})
CHAIN = ([("a", "b"), ("b", "c"), ("c", "d")], {"a": 3, "b": 2, "c": 2, "d": 2})


def full_bounds(system: System, seen: View) -> tuple[list[float], list[float]]:
    """The same question to another solver over all finest combinations."""
    matrix, at = system.matrix.toarray(), system.index
    rows = np.array([matrix[at[cell]] for cell in seen.cells])
    sides = {"A_ub": np.vstack([rows, -rows]), "b_ub": np.r_[seen.high, -seen.low]}
    low = [linprog(row, **sides).fun for row in rows]
    high = [-linprog(-row, **sides).fun for row in rows]
    return low, high


@pytest.mark.parametrize("shape", [CYCLE, CHAIN], ids=["cycle", "chain"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_reduced_space_loses_nothing(shape, seed: int) -> None:
    system = scenes.counted(shape, seed)
    seen = view([scenes.print_as(system, scenes.nearest(3), base=3)], Reading(is_nearest=True))
    found = bound_cells(seen, scenes.domain(system))
    low, high = full_bounds(system, seen)
    assert found.low == pytest.approx(np.ceil(np.array(low) - 1e-6))
    assert found.high == pytest.approx(np.floor(np.array(high) + 1e-6))


def test_a_chain_of_tables_needs_fewer_columns_than_combinations() -> None:
    system = scenes.counted(CHAIN, 1)
    space = build_space(system.cells, scenes.domain(system))
    assert space.width == 3 * 2 + 2 * 2 + 2 * 2 < len(system.inner)


def test_bounds_hold_every_table_that_fits() -> None:
    system = scenes.counted(([("a", "b")], {"a": 2, "b": 2}), 3)
    seen = view([scenes.print_as(system, scenes.alone(3, 1), base=3)])
    space = build_space(seen.cells, scenes.domain(system))
    counts = np.array([space.matrix @ t for t in scenes.whole_tables(space, seen, 8)])
    found = bound_cells(seen, scenes.domain(system))
    assert len(counts) > 20
    assert (found.low == counts.min(axis=0)).all()
    assert (found.high == counts.max(axis=0)).all()


# smallcounts/disclosure, notes of the survey: surely small cells of 2021 and 2025 for rounding to the nearest multiple
@pytest.mark.parametrize(
    ("year", "base", "small", "exact"),
    [("2021", 3, 28, 1), ("2025", 3, 25, 1), ("2021", 5, 4, 1), ("2025", 5, 0, 0)],
)
def test_nearest_rounding_leaks_as_measured_elsewhere(year: str, base: int, small: int, exact: int) -> None:
    system = scenes.year(year)
    seen = view([scenes.print_as(system, scenes.nearest(base), base=base)], Reading(is_nearest=True))
    found = bound_cells(seen, scenes.domain(system), verdict_only=True)
    is_small = (system.counts >= 1) & (system.counts < 5)
    assert found.surely_small.sum() == small
    assert (found.exact & is_small).sum() == exact


@pytest.mark.parametrize("year", ["2021", "2025"])
def test_dots_for_small_cells_alone_hide_nearly_nothing(year: str) -> None:
    system = scenes.year(year)
    printed = scenes.print_as(
        system, lambda n: Symbol.HIDDEN if 1 <= n < 5 else n, method=Method.SUPPRESSED, base=1
    )
    found = bound_cells(view([printed], Reading(are_zeros_shown=True)), scenes.domain(system))
    small = (system.counts >= 1) & (system.counts < 5)
    assert (found.surely_small & small).sum() == small.sum()
    assert (found.exact & small).sum() > small.sum() // 2


def test_random_rounding_to_five_of_each_cell_alone_survives() -> None:
    system = scenes.year("2025")
    seen = view([scenes.print_as(system, scenes.alone(5, 1))])
    found = bound_cells(seen, scenes.domain(system), verdict_only=True)
    assert (found.exact.sum(), found.surely_small.sum()) == (0, 0)
    assert found.solved < 60 < 2 * len(seen.cells)


def test_the_quick_verdict_is_the_verdict() -> None:
    system = scenes.counted(CYCLE, 4, mean=0.8)
    seen = view([scenes.print_as(system, scenes.nearest(3), base=3)], Reading(is_nearest=True))
    quick, slow = (bound_cells(seen, scenes.domain(system), verdict_only=v) for v in (True, False))
    assert slow.exact.any()
    assert slow.surely_small.any()
    assert (quick.exact == slow.exact).all()
    assert (quick.surely_small == slow.surely_small).all()


def test_the_finding_names_cell_attack_and_remedy() -> None:
    system = scenes.year("2021")
    seen = view([scenes.print_as(system, scenes.nearest(3), base=3)], Reading(is_nearest=True))
    verdict = attack_bounds(seen, scenes.domain(system))
    assert not verdict.passed
    first = verdict.findings[0]
    assert first.attack == "A1"
    assert first.cell in {c.text for c in seen.cells}
    assert "surely" in str(first)
    assert "merge" in first.remedy


def test_a_waived_cell_is_let_through_and_helps_the_attacker() -> None:
    system = scenes.counted(CHAIN, 1)
    cell = system.cells[0]
    printed = scenes.print_as(system, scenes.alone(5, 1))
    waived = Published("r2", (Figure(cell, int(system.counts[0]), Method.WAIVED, 1, 5),))
    seen = view([printed, waived])
    found = bound_cells(seen, scenes.domain(system))
    assert found.low[0] == found.high[0] == system.counts[0]
    assert cell.text not in [f.cell for f in attack_bounds(seen, scenes.domain(system)).findings]


def test_large_open_cells_beside_dots_are_no_finding_and_small_ones_are() -> None:
    system = scenes.counted(CHAIN, 1, mean=0.8)
    # everything is open: the large cells by right, the small ones are found
    seen = view([scenes.print_as(system, lambda count: count, method=Method.SUPPRESSED, base=1)])
    found = attack_bounds(seen, scenes.domain(system))
    small = {c.text for c, n in zip(system.cells, system.counts, strict=True) if n < 5}
    assert {f.cell for f in found.findings} == small
    assert 0 < len(small) < len(system.cells)


def test_figures_that_no_table_fits_are_a_failed_audit() -> None:
    system = scenes.counted(CHAIN, 1)
    printed = scenes.print_as(system, lambda count: 0 if count > 20 else 5 * (count // 5) + 20)
    with pytest.raises(AttackRefused, match="no table fits"):
        bound_cells(view([printed]), scenes.domain(system))

"""Lists with traits: sums, refusals, stopping, and an interval that knows the model was searched for."""

import math
from dataclasses import replace

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse.covariates import stratified
from smallcounts.mse.strata import Factor, StrataTable
from smallcounts.mse.terms import design_of, polynomials

SPINA = lists.spina_bifida().table


def test_parts_add_up_to_the_total() -> None:
    found = stratified(SPINA, bootstrap=0)
    rows = found.details["by"]["eth"]
    assert sum(row["estimate"] for row in rows) == pytest.approx(found.estimate)
    assert sum(row["observed"] for row in rows) == found.observed == 621
    assert found.lower is None and found.details["path"][-1]["estimate"] == pytest.approx(found.estimate)


def test_a_trait_that_plays_no_part_leaves_the_total_alone() -> None:
    """Two strata, one a double of the other: no interaction with the trait is worth its price."""
    cells = lists.kosovo().table.cells
    table = StrataTable(lists.kosovo().table.lists, (Factor("half", ("a", "b")),), np.stack([cells, cells]))
    found = stratified(table, bootstrap=0)
    assert not any("half" in term for term in found.details["terms"] if ":" in term)
    first, second = (row["estimate"] for row in found.details["by"]["half"])
    assert first == pytest.approx(second, rel=1e-9) and first == pytest.approx(14341.66, abs=0.01)


def test_the_search_repeated_in_each_draw_widens_the_interval() -> None:
    table = lists.simulated_years().table.kept(["X1"])
    known, searched = (stratified(table, bootstrap=20, reselect=again) for again in (False, True))
    assert "model_fixed" in known.assumptions and "selection_repeated" in searched.assumptions
    assert searched.upper - searched.lower > known.upper - known.lower


def test_lists_that_never_meet_have_no_bound() -> None:
    counts = np.zeros((2, 8), dtype=np.int64)
    counts[:, [1, 2, 4]] = 9
    found = stratified(StrataTable(("a", "b", "c"), (Factor("sex", ("f", "m")),), counts))
    assert found.state == "unbounded" and found.estimate == math.inf and found.warnings == ("unbounded",)


def test_a_level_that_nobody_has_adds_nobody() -> None:
    cells = np.stack([lists.hepatitis_a().table.cells, np.zeros(8, dtype=np.int64)])
    found = stratified(StrataTable(("P", "Q", "E"), (Factor("sex", ("f", "m")),), cells), bootstrap=0)
    assert found.estimate == pytest.approx(388.4834968, rel=1e-8) and found.state == "boundary"
    assert found.details["by"]["sex"][1]["estimate"] == 0


def test_progress_is_told_and_may_stop_the_work() -> None:
    heard: list[tuple[int, int]] = []
    stratified(SPINA, bootstrap=4, reselect=False, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stratified(SPINA, bootstrap=4, reselect=False, progress=stop)


def test_an_unknown_year_is_named() -> None:
    with pytest.raises(ValueError, match="no factor is called 'year'; there are eth"):
        stratified(SPINA, year="year")


def test_polynomials_are_orthogonal_and_begin_with_the_slope() -> None:
    basis = polynomials(5, 2)
    assert np.allclose(basis.T @ basis, np.eye(2)) and np.allclose(basis.sum(axis=0), 0)
    assert np.allclose(np.diff(basis[:, 0]), basis[1, 0] - basis[0, 0]) and basis[1, 0] > basis[0, 0]
    assert polynomials(2, 5).shape == (2, 1)


def test_design_knows_seen_from_unseen() -> None:
    design = design_of(SPINA)
    assert design.unseen.sum() == 3 and design.counts.sum() == 621
    wide = replace(design, counts=design.counts * 2)
    assert wide.of([("S1",)], unseen=True).tolist() == [[1, 0]] * 3


def test_no_limit_is_below_those_seen() -> None:
    """Two persons of another ethnicity: drawn tables often hold one of them, or none."""
    found = stratified(SPINA, bootstrap=20, reselect=False)
    for row in (row for rows in found.details["by"].values() for row in rows):
        assert row["observed"] <= row["lower"] <= row["upper"]

"""Two lists given traits: laws, what the traits mend, and what is refused."""

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse.doubly_robust import doubly_robust, persons
from smallcounts.mse.logistic import logistic, several
from smallcounts.mse.reading import CaptureError

SPINA = persons(lists.spina_bifida().table)


def split_town(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """2,000 people of two kinds, one met by both services and one by neither: lists depend on each other."""
    random = np.random.default_rng(seed)
    kind = np.repeat([0.0, 1.0], 1000)
    reach = np.where(kind == 1, 0.6, 0.15)
    captures = (random.random((2000, 2)) < reach[:, None]).astype(int)
    seen = captures.any(axis=1)
    return captures[seen], kind[seen, None]


def test_without_traits_it_is_petersens_estimate() -> None:
    captures, _ = SPINA
    on = captures[:, :2]
    found = doubly_robust(captures, np.zeros((len(captures), 1)), folds=1, splits=1)
    assert found.estimate == pytest.approx(on[:, 0].sum() * on[:, 1].sum() / on.all(axis=1).sum(), rel=1e-6)


def test_traits_mend_what_difference_between_persons_spoils() -> None:
    captures, kind = split_town(1)
    plain = doubly_robust(captures, np.zeros((len(captures), 1)))
    mended = doubly_robust(captures, kind)
    assert plain.upper < 2000 and mended.lower < 2000 < mended.upper


def test_units_of_the_traits_do_not_matter() -> None:
    captures, kind = split_town(2)
    here, there = (doubly_robust(captures, traits, splits=1) for traits in (kind, 1000 * kind - 7))
    assert here.estimate == pytest.approx(there.estimate, rel=1e-9)


def test_truth_and_falsehood_count_as_one_and_nought() -> None:
    captures, kind = split_town(3)
    assert doubly_robust(captures.astype(bool), kind, splits=1).estimate == pytest.approx(
        doubly_robust(captures, kind, splits=1).estimate
    )


def test_lists_that_share_nobody_are_refused() -> None:
    captures = np.array([[1, 0]] * 60 + [[0, 1]] * 60)
    found = doubly_robust(captures, np.zeros((120, 1)))
    assert found.state == "refused" and found.warnings == ("no_overlap",)


@pytest.mark.parametrize(
    ("row", "trait", "words"),
    [
        ([0, 0], 0.0, "row 3: the person is on no list"),
        ([1, 2], 0.0, r"row 3: a list holds \[1, 2\]"),
        ([1, 0], float("nan"), "row 3: the person has a trait that is no number"),
    ],
)
def test_the_row_at_fault_is_named(row: list[int], trait: float, words: str) -> None:
    with pytest.raises(CaptureError, match=words):
        doubly_robust([[1, 0], [1, 1], row], [[0.0], [1.0], [trait]])


def test_a_pair_that_is_none_is_named() -> None:
    with pytest.raises(CaptureError, match="must name two of the lists"):
        doubly_robust(*SPINA, pair=(0, 3))
    with pytest.raises(ValueError, match="'logit' or 'multinomial'"):
        doubly_robust(*SPINA, learner="ranger")


def test_persons_are_as_many_as_the_table_holds() -> None:
    captures, traits = SPINA
    table = lists.spina_bifida().table
    assert captures.sum(axis=0).tolist() == list(table.total().sizes) and traits.shape == (621, 2)
    assert traits.sum(axis=0).tolist() == [table.level("eth", e).sum() for e in ("caucasian", "other")]


def test_logistic_solves_its_equations() -> None:
    random = np.random.default_rng(1)
    design = np.column_stack([np.ones(300), random.normal(size=(300, 2))])
    answers = (random.random(300) < 0.3).astype(float)
    assert np.abs(design.T @ (answers - logistic(design, answers, design))).max() < 1e-4
    kinds = np.eye(3)[random.integers(0, 3, 300)]
    assert np.abs(design.T @ (kinds - several(design, kinds, design))).max() < 1e-4

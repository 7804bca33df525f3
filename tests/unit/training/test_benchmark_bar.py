"""The learners' benchmark: a run that measured nothing is no success."""

import pytest

from benchmarks.training import BAR_MS, is_kept

GOOD = {"p95_ms": BAR_MS, "clear": 9, "learners": 3, "moves": 4, "errors": [], "missing": []}


def test_a_run_within_the_bar_is_kept() -> None:
    assert is_kept(GOOD)


@pytest.mark.parametrize(
    "wrong",
    [{"moves": 0}, {"learners": 0}, {"clear": 0, "p95_ms": 0.0}, {"p95_ms": BAR_MS + 1}, {"errors": ["x"]}, {"missing": ["x"]}],
)  # fmt: skip
def test_nothing_measured_and_what_is_missing_are_misses(wrong: dict[str, object]) -> None:
    assert not is_kept(GOOD | wrong)

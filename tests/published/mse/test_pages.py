"""The examples in the papers on the hidden number give what they say."""

import doctest
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[3] / "docs" / "method"


@pytest.mark.slow
@pytest.mark.parametrize("page", ["mse.md", "mse-rebuilt.md"])
def test_examples_run(page: str) -> None:
    result = doctest.testfile(str(DOCS / page), module_relative=False, encoding="utf-8")
    assert result.attempted > 5 and result.failed == 0

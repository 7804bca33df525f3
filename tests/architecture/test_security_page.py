"""SECURITY.md promises nothing that no file keeps and no test holds."""

import re

import pytest

from tests.architecture.house import ROOT

ROWS = re.findall(
    r"^\| ([^|]+) \| `([^`]+)` \| `([^`]+)` \|$", (ROOT / "SECURITY.md").read_text(), flags=re.M
)


@pytest.mark.parametrize(("promise", "keeper", "test"), ROWS)
def test_a_promise_has_a_keeper_and_a_test(promise: str, keeper: str, test: str) -> None:
    path, _, name = test.partition("::")
    assert (ROOT / keeper).exists(), f"{promise}: {keeper} is gone"
    assert f"def {name or 'test_'}" in (ROOT / path).read_text(encoding="utf-8"), f"{promise}: {test} is gone"


def test_the_page_is_read() -> None:
    assert len(ROWS) >= 20

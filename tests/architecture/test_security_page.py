"""SECURITY.md promises nothing that no file keeps and no test holds."""

import re

import pytest

from tests.architecture.house import ROOT

LINES = [line for line in (ROOT / "SECURITY.md").read_text().splitlines() if line.startswith("| ")][1:]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[2:60])
def test_a_promise_has_a_keeper_and_a_test(line: str) -> None:
    promise, keepers, tests = line.strip("| ").split(" | ")
    kept, held = (re.findall(r"`([^`]+)`", text) for text in (keepers, tests))
    assert promise and kept and held, line
    for keeper in kept:
        assert (ROOT / keeper).exists(), f"{promise}: {keeper} is gone"
    for test in held:
        path, _, name = test.partition("::")
        wanted = f"def {name}(" if name else "def test_"
        assert wanted in (ROOT / path).read_text(encoding="utf-8"), f"{promise}: {test} is gone"


def test_the_page_is_read() -> None:
    assert len(LINES) >= 20

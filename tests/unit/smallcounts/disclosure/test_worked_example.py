"""The worked example of the method page runs and gives what the page prints."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from smallcounts.disclosure.cells import build_system
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.reading import read_people
from smallcounts.disclosure.suppression import Protection, suppress
from smallcounts.references import REFERENCES
from tests.unit.smallcounts.disclosure.readers import interval

PAGE = (Path(__file__).parents[4] / "docs" / "method" / "disclosure.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL))


@pytest.mark.slow
def test_the_example_prints_what_the_page_says() -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(BLOCKS["python"], {"programme_text": BLOCKS["toml"], "counts_text": BLOCKS["csv"]})
    assert said.getvalue() == BLOCKS["text"]


@pytest.mark.parametrize(
    ("protection", "limits"), [(Protection.INTERVAL, (2, 7)), (Protection.ZERO, (0, None))]
)
def test_a_reader_learns_what_the_page_says(protection: Protection, limits: tuple[int, int | None]) -> None:
    programme = Programme.from_toml(BLOCKS["toml"])
    system = build_system(programme, read_people(programme, [("counts.csv", BLOCKS["csv"])]))
    release = suppress(system, release="2025", protection=protection)
    row = [c.text for c in system.cells].index("2025|area=north|form=street")
    low, high = interval(system, release, system.matrix[[row]].toarray()[0])
    assert low == pytest.approx(limits[0], abs=1e-6)
    assert limits[1] is None or high == pytest.approx(limits[1])


def test_every_source_the_page_names_is_known() -> None:
    named = set(re.findall(r"\(([a-z-]+-\d{4}|ons-cell-key)\)", PAGE))
    assert len(named) >= 6 and named <= set(REFERENCES)

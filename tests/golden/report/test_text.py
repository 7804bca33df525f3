"""The report's words in both languages, held still.

Write anew with KLARSYN_GOLDEN=write, then read the difference before it is committed.
"""

import os
from pathlib import Path

import pytest
from django.utils import translation

from klarsyn.report import page, render
from tests.golden.report.reading import words_of
from tests.unit.report import frozen

HERE = Path(__file__).parent
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("name", "year", "invented"), [("2019", 2019, False), ("exempel", 2024, True)])
def test_the_words_of_the_report_are_those_agreed(
    name: str, year: int, invented: bool, language: str
) -> None:
    mapping = frozen.mapping(year, invented)
    with translation.override(language):
        made = page.build(mapping, frozen.shown(mapping, language), language)
        html = render.page_html(made)
    text = words_of(html).replace(mapping.code_version, "CODE")
    golden = HERE / f"{name}.{language}.txt"
    if os.environ.get("KLARSYN_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")

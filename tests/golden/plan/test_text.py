"""The words of the plan's public pages in both languages, held still.

Write anew with KLARSYN_GOLDEN=write, then read the difference before it is committed.
"""

import os
from pathlib import Path

import pytest
from django.test import Client

from tests.golden.report.reading import words_of
from tests.web.plan.conftest import plan, today
from tests.web.plan.released import draft, release

__all__ = ["plan", "today"]
HERE = Path(__file__).parent
PAGES = ("", "motion/en-motion/", "atgard/mottagning/", "oppna-data/")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_words_of_the_plan_are_those_agreed(client: Client, plan, home: Path, language: str) -> None:
    draft(home)
    release()
    prefix = "" if language == "sv" else "/en"
    text = "\n".join(words_of(client.get(f"{prefix}/planen/{page}").text) for page in PAGES)
    golden = HERE / f"plan.{language}.txt"
    if os.environ.get("KLARSYN_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")

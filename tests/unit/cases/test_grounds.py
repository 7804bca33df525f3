"""Legal grounds: dated, cited, and honest about who has confirmed them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from klarsyn.base.errors import Refused
from klarsyn.cases.grounds import CHOICES, CONSENT, FILE, GROUNDS, check_holds, load


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("osl_10_18a", date(2025, 4, 1)), ("law_2025_170_4", date(2025, 4, 1)),
        ("sol_19_1_concern", date(2025, 7, 1)), ("osl_10_15a", date(2025, 12, 1)),
    ],
)  # fmt: skip
def test_a_ground_holds_from_its_day(key: str, first: date) -> None:
    assert check_holds(key, first).key == key
    with pytest.raises(Refused, match="gällde inte"):
        check_holds(key, first - timedelta(days=1))


def test_a_ground_that_ended_holds_to_its_last_day(tmp_path: Path) -> None:
    file = tmp_path / "grounds.toml"
    text = FILE.read_text(encoding="utf-8").replace(
        "valid_from = 2025-12-01", "valid_from = 2025-12-01\nvalid_to = 2026-06-30"
    )
    file.write_text(text, encoding="utf-8")
    ground = load(file)["osl_10_15a"]
    assert ground.holds_on(date(2026, 6, 30)) and not ground.holds_on(date(2026, 7, 1))


def test_what_nobody_has_confirmed_says_so_in_both_languages() -> None:
    assert not GROUNDS["osl_10_23"].is_confirmed
    assert str(CHOICES["osl_10_23"]).endswith("(Ingen jurist har bekräftat lydelsen.)")
    with translation.override("en"):
        assert str(CHOICES["osl_10_23"]).endswith("(No lawyer has confirmed the wording.)")


def test_a_confirmed_ground_says_nothing_more(tmp_path: Path) -> None:
    file = tmp_path / "grounds.toml"
    text = FILE.read_text(encoding="utf-8").replace('confirmed_by = ""', 'confirmed_by = "Stadsjurist"')
    file.write_text(text, encoding="utf-8")
    assert "bekräftat" not in str(load(file)[CONSENT])


def test_the_general_clause_is_no_ground_and_every_text_has_both_languages() -> None:
    assert not [g for g in GROUNDS.values() if "10:27" in g.section]
    assert all(g.text.sv and g.text.en and g.text.sv != g.text.en for g in GROUNDS.values())

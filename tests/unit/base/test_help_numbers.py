"""Whom one may phone on a day: a municipality's own number counts, and an old one goes."""

from datetime import date
from pathlib import Path

from django.conf import settings as given

from klarsyn.base.help_numbers import help_numbers

TODAY = date(2026, 11, 26)
OWN = """
[[help_number]]
key = "emergency"
number = "036-10 00 00"
source = "https://exempel.se/socialjouren"
valid_from = 2026-01-01
valid_to = 2026-12-31
looked_at = 2026-11-26

[[help_number]]
key = "emergency"
number = "036-10 00 01"
source = "https://exempel.se/socialjouren"
valid_from = 2027-01-01
looked_at = 2026-11-26
"""


def test_each_number_has_its_source_and_day_and_can_be_phoned() -> None:
    held = help_numbers(TODAY)
    assert {key: one.number for key, one in held.items() if one.number} == {
        "danger": "112", "police": "114 14", "support": "020-39 00 00", "suicide": "90101", "child": "116 111",
    }  # fmt: skip
    for one in held.values():
        assert bool(one.number) == one.source.startswith("https://") == one.call.startswith("tel:")
        assert one.looked_at <= TODAY
    assert held["police"].call == "tel:11414" and held["support"].call == "tel:+4620390000"


def test_the_municipalitys_own_number_counts_on_its_days(settings, tmp_path: Path) -> None:
    file = tmp_path / "municipality.toml"
    file.write_text(Path(given.MUNICIPALITY_FILE).read_text(encoding="utf-8") + OWN, encoding="utf-8")
    settings.MUNICIPALITY_FILE = str(file)
    assert help_numbers(TODAY)["emergency"].call == "tel:036100000"
    assert help_numbers(date(2027, 1, 1))["emergency"].number == "036-10 00 01"
    assert help_numbers(date(2025, 12, 31))["emergency"].number == ""

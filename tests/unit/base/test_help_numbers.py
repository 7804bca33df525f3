"""Whom one may phone on a day: a municipality's own number counts, and an old one goes."""

from datetime import date

from klarsyn.base.help_numbers import NAMES, help_numbers

TODAY = date(2026, 11, 26)
OWN = """
[[number]]
name = "child_emergency"
valid_from = 2026-01-01
valid_to = 2026-12-31
source = "https://exempel.se/socialjouren"
call = "036100000"
said = {sv = "036-10 00 00"}

[[number]]
name = "child_emergency"
valid_from = 2027-01-01
source = "https://exempel.se/socialjouren"
call = "036100001"
said = {sv = "036-10 00 01"}
"""


def test_each_number_has_its_source_and_day_and_can_be_phoned() -> None:
    held = help_numbers(TODAY)
    assert set(held) == set(NAMES)
    assert {name: one.number for name, one in held.items() if one.number} == {
        "emergency": "112", "police": "114 14", "support_line": "020-39 00 00", "suicide": "90101",
        "child": "116 111",
    }  # fmt: skip
    for one in held.values():
        if one.number:
            assert one.source.startswith("https://") and one.looked_at and one.looked_at <= TODAY
            assert one.address.startswith("tel:")
    assert held["police"].address == "tel:11414" and held["social"].address == ""


def test_the_municipalitys_own_number_counts_on_its_days(home) -> None:
    (home / "help_numbers.toml").write_text(OWN, encoding="utf-8")
    assert help_numbers(TODAY)["child_emergency"].address == "tel:036100000"
    assert help_numbers(date(2027, 1, 1))["child_emergency"].number == "036-10 00 01"
    assert help_numbers(date(2025, 12, 31))["child_emergency"].number == ""

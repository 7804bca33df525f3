"""What points out a person is refused in every text of the plan; decisions, sums and days are not."""

from __future__ import annotations

import pytest

from klarsyn.base.errors import Refused
from klarsyn.plan.nobody import check_counts_nobody, check_names_nobody, clean


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Hon, 19900101-0017, kom i mars.", "personnummer"),
        ("Ring 070-123 45 67 på kvällen", "telefonnummer"),
        ("+46 8 123 456 78", "telefonnummer"),
        ("skriv till nagon@example.org", "e-postadress"),
        ("bilen ABC 12D stod där", "registreringsnummer"),
        ("bilen ABC123", "registreringsnummer"),
    ],
)
def test_what_points_out_a_person_is_refused(text: str, what: str) -> None:
    with pytest.raises(Refused, match=what):
        check_names_nobody("Ett stycke utan något.", text)


@pytest.mark.parametrize(
    "text",
    [
        "Vi träffade 3 kvinnor.",
        "Två unga män kom.",
        "17 klienter",
        "Sju sökande barn",
        "we met 4 young women",
    ],
)
def test_a_number_of_people_is_no_word_of_what_came_of_it(text: str) -> None:
    with pytest.raises(Refused, match="ett antal människor"):
        check_counts_nobody("Lokalen finns.", text)


@pytest.mark.parametrize(
    "text",
    ["Två grupper har börjat.", "4 dagar i veckan", "Fyra av fem delmål är klara.", "För kvinnor och män"],
)
def test_a_number_of_days_or_groups_is(text: str) -> None:
    check_counts_nobody(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ks/2021:123", "KS 2021-00123", "Beslut 2021-03-08, § 45", "1 200 000 kronor 2022–2024", "OSL 26:1",
        "lag 2023:196", "BRÅ 2023", "SCB 2024", "17 dömda av 141 081 invånare", "kl. 08.00–16.30", "2026/0123-45",
    ],
)  # fmt: skip
def test_what_stands_in_any_decision_is_let_through(text: str) -> None:
    check_names_nobody(text)


def test_signs_that_hide_or_turn_are_taken_out_and_the_rest_stays() -> None:
    assert clean("\u202eplan\u200f 🙂\r\nrad\x00 två\x07 ") == "plan 🙂\nrad två"

"""What may stand in a message."""

import pytest

from klarsyn.base.writing import has_personal_number, tidy


@pytest.mark.parametrize(
    "text",
    [
        "Jag heter 19811218-9876.",
        "811218 9876",
        "8112189876",
        "nr:811218-9876!",
        "811278-9873",
        "811218+9876",
    ],
)
def test_a_personal_number_is_seen(text: str) -> None:
    assert has_personal_number(text)


@pytest.mark.parametrize(
    "text", ["", "036-10 00 00", "811218-9875", "991399-1234", "12345 12345 12345 12345 12345", "1" * 40]
)
def test_other_numbers_are_not_taken_for_one(text: str) -> None:
    assert not has_personal_number(text)


def test_what_no_keyboard_writes_is_taken_away_and_the_rest_stays() -> None:
    assert tidy("  a\r\nb\0\x07c\t\u202eאבג 🙂\r ") == "a\nbc\t\u202eאבג 🙂"

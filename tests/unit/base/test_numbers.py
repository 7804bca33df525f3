"""Numbers as people read them."""

import pytest

from klarsyn.base.numbers import percent, span, written


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (141081, 0, "141\u00a0081", "141,081"),
        (12.05, 2, "12,05", "12.05"),
        (-3.5, 1, "\u22123,5", "\u22123.5"),
        (1234567.891, 2, "1\u00a0234\u00a0567,89", "1,234,567.89"),
        (-0.001, 1, "0,0", "0.0"),
        (0, 0, "0", "0"),
    ],
)
def test_a_number_reads_as_its_language_writes_it(value, decimals, swedish, english) -> None:
    assert written(value, decimals) == swedish
    assert written(value, decimals, "en") == english
    assert written(value, decimals, "en-gb") == english


def test_a_span_has_a_dash_and_air_when_an_end_is_negative() -> None:
    assert span(7.02, 19.29, 2) == "7,02–19,29"
    assert span(-1.5, 2, 1) == "−1,5 – 2,0"


def test_percent_has_a_no_break_space_in_swedish_only() -> None:
    assert percent(0.95) == "95\u00a0%"
    assert percent(0.095, 1, "en") == "9.5%"

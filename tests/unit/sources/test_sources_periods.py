"""A period is a year, a month, or two of them; never a day."""

from datetime import date

import pytest

from klarsyn.sources.periods import first_day, is_period, last_day, whole_year


@pytest.mark.parametrize("text", ["2019", "2019-04", "2017/2018", "2020-01/2020-08", "1999/2009"])
def test_periods(text: str) -> None:
    assert is_period(text)
    assert first_day(text) <= last_day(text)


@pytest.mark.parametrize(
    "text",
    ["", "19", "2019-00", "2019-13", "2019-04-01", "2018/2017", "fore_2020", "2019 ", "٢٠١٩", "2019-4"],
)
def test_not_periods(text: str) -> None:
    assert not is_period(text)


def test_ends_of_periods() -> None:
    assert (first_day("2020-01/2020-08"), last_day("2020-01/2020-08")) == (
        date(2020, 1, 1),
        date(2020, 8, 31),
    )
    assert last_day("2020-02") == date(2020, 2, 29)
    assert first_day(date(2020, 5, 5)) == last_day(date(2020, 5, 5)) == date(2020, 5, 5)
    with pytest.raises(ValueError, match="fore_2020"):
        first_day("fore_2020")


def test_only_one_calendar_year_is_a_whole_year() -> None:
    assert [whole_year(p) for p in ("2019", "2019-01", "2017/2018")] == [2019, None, None]

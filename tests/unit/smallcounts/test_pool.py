"""Pooled years never cross a break, never fill a gap."""

from datetime import date

import pytest

from smallcounts.rates import RateError, pool, rate

YEARS = range(2015, 2025)
COUNTS: dict[int, int | None] = {year: year - 2014 for year in YEARS}
PEOPLE = dict.fromkeys(YEARS, 1000.0)


def labels(breaks: list[date | int], years: int | None = None) -> list[str]:
    return [p.label for p in pool(COUNTS, PEOPLE, breaks, years=years).periods]


def test_without_breaks_all_years_are_one_period() -> None:
    found = pool(COUNTS, PEOPLE)
    assert [p.label for p in found.periods] == ["2015–2024"]
    assert found.periods[0].rate == rate(55, 10_000)
    assert found.periods[0].ends_with == "series_end"


def test_a_break_at_new_year_parts_the_years() -> None:
    assert labels([date(2020, 1, 1)]) == labels([2020]) == ["2015–2019", "2020–2024"]


def test_a_break_inside_a_year_leaves_that_year_alone() -> None:
    found = pool(COUNTS, PEOPLE, [date(2022, 8, 1)])
    assert [p.label for p in found.periods] == ["2015–2021", "2022", "2023–2024"]
    assert "break_inside_year" in found.warnings


def test_a_missing_year_is_never_taken_as_zero() -> None:
    found = pool({**COUNTS, 2019: None}, PEOPLE)
    assert [(p.label, p.ends_with) for p in found.periods] == [
        ("2015–2018", "missing_year"),
        ("2020–2024", "series_end"),
    ]
    assert sum(p.rate.count for p in found.periods) == 55 - 5
    assert "year_missing" in found.warnings


def test_periods_of_given_length_are_full_at_the_end() -> None:
    assert labels([], years=3) == ["2015", "2016–2018", "2019–2021", "2022–2024"]
    assert labels([2020], years=3) == ["2015–2016", "2017–2019", "2020–2021", "2022–2024"]


def test_a_break_outside_the_series_changes_nothing() -> None:
    assert labels([2015]) == labels([date(1999, 1, 1)]) == labels([2030]) == ["2015–2024"]
    assert pool(COUNTS, PEOPLE, [date(2030, 7, 1)]).warnings == ()


def test_a_break_in_a_missing_year_still_parts() -> None:
    found = pool({2018: 1, 2020: 2}, PEOPLE, [date(2019, 5, 1)])
    assert [(p.label, p.ends_with) for p in found.periods] == [("2018", "break"), ("2020", "series_end")]


def test_what_cannot_be_pooled_is_refused() -> None:
    with pytest.raises(RateError, match="no year"):
        pool({2019: None}, PEOPLE)
    with pytest.raises(RateError, match="2031 has a count but no population"):
        pool({2031: 4}, PEOPLE)
    with pytest.raises(RateError, match="at least one year"):
        pool(COUNTS, PEOPLE, years=0)
    with pytest.raises(RateError):
        pool({2019: -4}, PEOPLE)


def test_years_that_differ_more_than_chance_are_said() -> None:
    wild = pool({2018: 2, 2019: 30, 2020: 3}, PEOPLE)
    assert "years_differ" in wild.warnings
    assert wild.periods[0].spread == pytest.approx(
        ((2 - 35 / 3) ** 2 + (30 - 35 / 3) ** 2 + (3 - 35 / 3) ** 2) * 3 / 70
    )
    calm = pool({2018: 10, 2019: 12, 2020: 9}, PEOPLE)
    assert calm.warnings == ()
    assert pool({2018: 0, 2019: 0}, PEOPLE).periods[0].spread is None

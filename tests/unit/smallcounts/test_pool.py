"""Pooled years never cross a break, never fill a gap."""

import math
from datetime import date

import pytest

from smallcounts.rates import RateError, pool, rate, scattered_interval

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


ALIKE = {2018: 2, 2019: 30, 2020: 3}
SAME = dict.fromkeys(ALIKE, 1000.0)


def test_years_alike_have_the_limits_of_their_summed_size() -> None:
    found = pool(ALIKE, SAME, size=2.5, per=1000, method="mid-p").periods[0]
    low, high = scattered_interval(35, 7.5, method="mid-p")
    assert found.size == pytest.approx(7.5)
    limits = (found.rate.interval.lower, found.rate.interval.upper)
    assert limits == pytest.approx((low / 3, high / 3))
    assert found.rate.value == pool(ALIKE, SAME, per=1000).periods[0].rate.value


def test_uneven_years_scatter_more_than_their_number_says() -> None:
    people = {2018: 100.0, 2019: 3000.0, 2020: 200.0}
    found = pool(ALIKE, people, size=2.0).periods[0]
    assert found.size == pytest.approx(2.0 * 3300**2 / (100**2 + 3000**2 + 200**2))
    mean = {year: 35 * n / 3300 for year, n in people.items()}
    terms = [(ALIKE[year] - m) ** 2 / (m + m**2 / 2.0) for year, m in mean.items()]
    assert found.spread == pytest.approx(sum(terms) / 2)


def test_scatter_explains_years_that_chance_cannot() -> None:
    wild = {2018: 5, 2019: 14, 2020: 3, 2021: 12}
    people = dict.fromkeys(wild, 1000.0)
    assert pool(wild, people).warnings == ("years_differ",)
    assert pool(wild, people, size=2.5).warnings == ()
    assert pool({**wild, 2021: 120}, people, size=8.0).warnings == ("years_differ",)


def test_a_size_tells_itself_and_no_size_changes_nothing() -> None:
    plain, scattered = pool(ALIKE, SAME), pool(ALIKE, SAME, size=2.5)
    assert "size" not in plain.to_rows()[0] and plain.assumptions[0] == "poisson_counts"
    assert scattered.to_rows()[0]["size"] == pytest.approx(7.5)
    assert scattered.assumptions[:2] == ("scattered_counts", "size_known")
    assert "K = 7.50" in str(scattered.explain()) and "size K" in str(scattered.explain())
    endless = pool(ALIKE, SAME, size=math.inf)
    assert [p.rate for p in endless.periods] == [p.rate for p in plain.periods]
    assert endless.warnings == plain.warnings
    with pytest.raises(RateError, match="a size is a number"):
        pool(ALIKE, SAME, size=0)

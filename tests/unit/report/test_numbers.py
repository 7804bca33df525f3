"""Numbers as the report writes them."""

import math

import pytest

from klarsyn.report import numbers
from klarsyn.report.dates import day

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "said"),
    [(12.0498, "12,05"), (3.798, "3,80"), (0.459, "0,46"), (0.0, "0,00"), (1234.5, f"1{NB}234,5")],
)
def test_a_rate_has_two_decimals_below_a_hundred(value: float, said: str) -> None:
    assert numbers.rate(value, "sv") == said


@pytest.mark.parametrize(
    ("value", "said"), [(3.173, "3,17"), (0.996, "0,996"), (1.0, "1,00"), (1.0004, "1,0004"), (0.99, "0,99")]
)
def test_a_ratio_is_never_rounded_onto_one(value: float, said: str) -> None:
    assert numbers.ratio(value, "sv") == said


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [
        (0.0, f"mindre än 1{NB}%", "less than 1%"),
        (1.0, f"mer än 99{NB}%", "more than 99%"),
        (0.5, f"50{NB}%", "50%"),
    ],
)
def test_a_chance_is_never_none_and_never_certain(value: float, sv: str, en: str) -> None:
    assert (numbers.chance(value, "sv"), numbers.chance(value, "en")) == (sv, en)


@pytest.mark.parametrize(
    ("name", "sv", "en"),
    [
        ("Jönköping", "Jönköpings", "Jönköping’s"),
        ("Borås", "Borås", "Borås’"),
        ("Växjö", "Växjös", "Växjö’s"),
        ("Linz", "Linz", "Linz’s"),
        ("Bordeaux", "Bordeaux", "Bordeaux’s"),
    ],
)
def test_names_that_end_in_s_x_or_z_take_no_s_in_swedish(name: str, sv: str, en: str) -> None:
    assert (numbers.genitive(name, "sv"), numbers.genitive(name, "en")) == (sv, en)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2019", "2019"),
        ("2007/2019", "2007–2019"),
        ("2023-2024", "2023–2024"),
        ("2020-01/2020-08", "januari–augusti 2020"),
        ("hösten 2021", "hösten 2021"),
    ],
)
def test_periods_read_as_people_say_them(period: str, said: str) -> None:
    assert numbers.period(period, "sv") == said


def test_an_interval_without_end_says_so() -> None:
    assert numbers.interval(0.37, math.inf, "sv", numbers.ratio) == "från 0,37 utan övre gräns"
    assert numbers.interval(7.02, 19.29, "sv") == "7,02–19,29"


def test_listing_and_days() -> None:
    assert numbers.listing(["Malmö"], "sv") == "Malmö"
    assert numbers.listing(["Borås", "Malmö", "Umeå"], "sv") == "Borås, Malmö och Umeå"
    assert numbers.listing([], "en") == ""
    assert day("2022-08-01", "sv") == f"1{NB}augusti 2022"
    assert day("2022-08-01", "en") == f"1{NB}August 2022"


def test_an_expected_count_has_one_decimal() -> None:
    assert (numbers.mean(4.098, "sv"), numbers.mean(0.07, "sv")) == ("4,1", "0,07")

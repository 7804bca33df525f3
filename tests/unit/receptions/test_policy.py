"""How a reception's facts are written: each kind is read back as it was meant, and refused when it cannot be."""

from datetime import time

import pytest

from klarsyn.base.errors import Refused
from klarsyn.receptions.models import Fact
from klarsyn.receptions.policy import READERS, Ages, Hours, ages, areas, hours, phone


@pytest.mark.parametrize(
    ("written", "meant"),
    [("15–", Ages(15, None)), ("18-25", Ages(18, 25)), ("–", Ages(None, None)), ("– 17", Ages(None, 17))],
)
def test_an_age_has_two_sides_and_each_may_be_open(written: str, meant: Ages) -> None:
    assert ages(written) == meant


@pytest.mark.parametrize("written", ["", "15", "femton–", "25–18", "15–18–20"])
def test_an_age_that_says_nothing_is_refused(written: str) -> None:
    with pytest.raises(Refused, match="Inget är sparat"):
        ages(written)


def test_hours_come_in_the_order_of_the_week() -> None:
    found = hours("onsdag 15.00–19.00\nmåndag–tisdag 9:00–11:30")
    assert found == (
        Hours(0, time(9), time(11, 30)),
        Hours(1, time(9), time(11, 30)),
        Hours(2, time(15), time(19)),
    )


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("måndag 9–12", "Rad 1"),
        ("måndag 9.00–12.00\nmondag 9.00–12.00", "Rad 2"),
        ("fredag–måndag 9.00–12.00", "slutet kommer före"),
        ("måndag 12.00–9.00", "slutet kommer före"),
        ("måndag 25.00–26.00", "klockslaget finns inte"),
        ("måndag 9.00–12.00\nmåndag 11.00–13.00", "går in i varandra"),
        (" \n ", "tom"),
    ],
)
def test_hours_that_cannot_be_name_the_line(written: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        hours(written)


def test_an_area_has_a_code_with_its_leading_nought() -> None:
    assert [area.code for area in areas("0680 Jönköping\n0682 Nässjö")] == ["0680", "0682"]
    with pytest.raises(Refused, match="Rad 2"):
        areas("0680 Jönköping\n680 Jönköping")


@pytest.mark.parametrize(
    "written", ["ring oss", "12", "036-10 50 00 (vx)", "036 10 50 00 eller 112 och så vidare"]
)
def test_a_number_that_cannot_be_called_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        phone(written)


def test_every_kind_of_fact_has_its_reader() -> None:
    assert set(READERS) == set(Fact.What.values)

"""Agreements by their days, kinds of joint work by theirs, and numbers that cannot be. Pure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.base.errors import Refused
from klarsyn.plan.police import policy
from klarsyn.plan.police.kinds import KINDS, kinds, laws, months_back, read_kinds, warn_days
from klarsyn.plan.police.policy import Standing

TODAY = date(2026, 11, 26)
ENDS = {
    -1: Standing.LAPSED, 0: Standing.LAPSING, 120: Standing.LAPSING, 121: Standing.IN_FORCE,
}  # fmt: skip


@pytest.mark.parametrize("days", ENDS)
def test_an_agreement_is_said_to_lapse_some_months_before_it_does(days: int) -> None:
    ends = TODAY + timedelta(days=days)
    given = {"valid_from": date(2024, 1, 1), "valid_to": ends, "ended_on": None, "today": TODAY}
    assert policy.standing(**given) is ENDS[days]
    assert policy.standing(**given | {"ended_on": TODAY}) is Standing.ENDED
    assert warn_days(TODAY) == 120 == warn_days(date(2000, 1, 1))


def test_an_agreement_until_further_notice_never_lapses_and_one_to_come_waits() -> None:
    given = {"valid_to": None, "ended_on": None, "today": TODAY}
    assert policy.standing(valid_from=TODAY, **given) is Standing.IN_FORCE
    assert policy.standing(valid_from=TODAY + timedelta(days=1), **given) is Standing.COMING


@given(st.dates(date(2023, 7, 1), date(2040, 12, 31)))
def test_the_months_that_may_be_entered_follow_on_each_other_and_end_with_this_one(day: date) -> None:
    found = policy.months(day)
    assert found[0] == (day.year, day.month) and len(found) == months_back(day) == 24
    numbers = [year * 12 + month for year, month in found]
    assert numbers == list(range(numbers[0], numbers[0] - 24, -1)) and all(1 <= m <= 12 for _y, m in found)
    assert [one.key for one in policy.open_in(*found[0])] == list(kinds())


def test_a_kind_is_chosen_only_in_months_in_which_it_held() -> None:
    text = KINDS.read_text(encoding="utf-8").replace("2021-01-01", "2025-03-15\nvalid_to = 2025-05-01", 1)
    shift = read_kinds(text)["shift"]
    months = [(date(2025, m, 1), date(2025, m + 1, 1) - timedelta(days=1)) for m in range(2, 7)]
    assert [shift.holds(*month) for month in months] == [False, True, True, True, False]
    assert policy.open_in(2020, 12) == [] and len(policy.open_in(2021, 1)) == len(kinds())


@pytest.mark.parametrize("wrong", ["twice", "too soon"])
def test_a_list_of_kinds_that_cannot_be_is_refused_with_its_key(wrong: str) -> None:
    text = KINDS.read_text(encoding="utf-8")
    changed = {"twice": text.replace('"operation"', '"shift"'),
               "too soon": text.replace("2021-01-01", "2021-01-01\nvalid_to = 2020-01-01", 1)}  # fmt: skip
    with pytest.raises(ValueError, match="shift"):
        read_kinds(changed[wrong])


NUMBERS = {"occasions": 3, "hours": 12, "staff": 6, "cards": 0}
WRONG = (
    {"occasions": 0}, {"occasions": -1}, {"occasions": 501}, {"hours": -1}, {"hours": 5001}, {"staff": 0},
    {"cards": 5001}, {"staff": 2001},
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_numbers_that_cannot_be_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(Refused, match="Inget är sparat"):
        policy.check_numbers(**NUMBERS | wrong, least=0)
    policy.check_numbers(**NUMBERS, least=1)
    policy.check_numbers(occasions=0, hours=0, staff=0, cards=0, least=0)


def test_the_law_is_data_with_its_day_and_says_that_nobody_has_confirmed_it() -> None:
    (law,) = laws(TODAY)
    assert "2023:196" in law.provision and law.confirmed_by == "" and law.source
    assert laws(date(2023, 6, 30)) == () and laws(date(2023, 7, 1)) == (law,)

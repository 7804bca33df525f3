"""Which readings are looked through: all that stand out, and some by chance."""

from __future__ import annotations

import random
from datetime import date, datetime

import pytest

from klarsyn.base.errors import Refused
from klarsyn.cases import policy
from klarsyn.cases.models import Chosen, Verdict


def _read(number: int, hour: int = 12, is_ordinary: bool = True) -> policy.Read:
    return policy.Read(number, datetime(2026, 10, 5, hour, 59), is_ordinary)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("hour", "night"), [(21, False), (22, True), (23, True), (0, True), (5, True), (6, False), (12, False)]
)
def test_the_night_is_from_ten_to_six(hour: int, night: bool) -> None:
    chosen = policy.choose([_read(1, hour)], random.Random(1), size=0)
    assert chosen == ({1: Chosen.NIGHT} if night else {})


def test_identities_and_nights_are_all_there_and_chance_fills_up() -> None:
    reads = [_read(n) for n in range(100)] + [_read(n, 3) for n in range(100, 130)] + [_read(200, 3, False)]
    chosen = policy.choose(reads, random.Random(7))
    assert {n for n, why in chosen.items() if why is Chosen.NIGHT} == set(range(100, 130))
    assert chosen[200] is Chosen.IDENTITY
    assert sum(why is Chosen.CHANCE for why in chosen.values()) == policy.BY_CHANCE


def test_few_readings_are_all_looked_at_and_chance_reaches_every_one() -> None:
    assert set(policy.choose([_read(n) for n in range(5)], random.Random(1))) == set(range(5))
    reads = [_read(n) for n in range(60)]
    seen = {n for seed in range(40) for n in policy.choose(reads, random.Random(seed))}
    assert seen == set(range(60))


def test_months_go_over_the_year() -> None:
    assert policy.month_before(date(2026, 1, 31)) == date(2025, 12, 1)
    assert policy.month_before(date(2026, 3, 31)) == date(2026, 2, 1)
    assert policy.month_after(date(2025, 12, 1)) == date(2026, 1, 1)
    assert policy.month_after(date(2026, 2, 1)) == date(2026, 3, 1)


def test_an_answer_is_given_once_and_never_to_oneself() -> None:
    policy.check_answer(Verdict.UNSEEN, "p-alva", "p-greta")
    with pytest.raises(Refused, match="dig själv"):
        policy.check_answer(Verdict.UNSEEN, "p-alva", "p-alva")
    for verdict in (Verdict.FINE, Verdict.QUESTION):
        with pytest.raises(Refused, match="redan besvarad"):
            policy.check_answer(verdict, "p-alva", "p-greta")

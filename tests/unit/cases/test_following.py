"""Change since the start: the parts add up, and who did not answer is counted, never left out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.cases.following import Asked, Changed, change_since_start, due_on

TODAY = date(2026, 11, 25)
EARLY, LATELY = date(2025, 1, 31), date(2026, 10, 1)


def asked(started_on: date, **scores: float) -> Asked:
    return Asked(started_on, {name.removeprefix("m"): score for name, score in scores.items()})


def test_each_person_is_in_one_part() -> None:
    group = [
        asked(EARLY, start=1.0, m3=2.0), asked(EARLY, start=2.0, m3=1.0), asked(EARLY, start=2.0, m3=2.1),
        asked(EARLY, start=2.0), asked(LATELY, start=2.0), asked(EARLY, m3=4.0),
    ]  # fmt: skip
    found = change_since_start(group, "3", TODAY)
    assert found == Changed("3", started=5, not_due=1, lost=1, better=1, same=1, worse=1)
    assert found.due == 4


def test_an_early_answer_counts_before_it_is_due() -> None:
    assert change_since_start([asked(LATELY, start=1, m3=3)], "3", TODAY).better == 1


@pytest.mark.parametrize(
    ("start", "time", "due"),
    [
        (date(2025, 11, 30), "3", date(2026, 2, 28)), (date(2027, 11, 30), "3", date(2028, 2, 29)),
        (date(2024, 2, 29), "12", date(2025, 2, 28)), (date(2026, 10, 1), "3", date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_the_day_it_is_due(start: date, time: str, due: date) -> None:
    assert due_on(start, time) == due


SCORES = st.dictionaries(st.sampled_from(["start", "3", "12"]), st.floats(0, 4))


@given(st.lists(st.builds(Asked, st.dates(date(2020, 1, 1), TODAY), SCORES)), st.sampled_from(["3", "12"]))
def test_the_parts_add_up_to_those_who_started(group: list[Asked], time: str) -> None:
    found = change_since_start(group, time, TODAY)
    parts = found.not_due + found.lost + found.better + found.same + found.worse
    assert parts == found.started == sum("start" in one.scores for one in group)

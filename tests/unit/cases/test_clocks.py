"""Tasks that make themselves: what starts each clock, by which day, and what stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.cases import clocks
from klarsyn.cases.card import Card, Task, Track
from klarsyn.cases.clocks import CLOCKS, wound
from klarsyn.cases.entries import Entry, all_kinds, kind_of
from klarsyn.cases.models import Compartment, RecordState
from klarsyn.cases.values import RecordShown

DAY = date(2026, 12, 29)
ASSESSED = Card("x", Track.ASSESSED, began=DAY)


def record(kind: str, day: date, *, at: int = 0, state=RecordState.LOCKED, **data: Any) -> RecordShown:
    now = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=at)
    entry = Entry(kind, 1, day, now, "p", data)
    return RecordShown(uuid4(), Compartment.NOTES, now.date(), "", state, 1, entry)


def due(*records: RecordShown, card: Card = ASSESSED) -> dict[str, date]:
    return {task.id.partition(".")[0]: task.due for task in wound(card, records, date(2026, 1, 1)).tasks}


def test_a_case_with_a_needs_test_has_the_laws_days_across_the_year() -> None:
    opened = {
        "preliminary": date(2027, 1, 12), "unasked_3": date(2027, 3, 29), "unasked_12": date(2027, 12, 29),
    }  # fmt: skip
    assert due() == opened
    assert due(record("intake_mika", DAY, state=RecordState.WORKING, age="15_17")) == opened | {
        "protection": DAY  # a child, by a working note already: the same day
    }
    assert due(card=replace(ASSESSED, began=None))["preliminary"] == date(2026, 1, 15)
    for track in (Track.OPEN, Track.NAMELESS):
        assert due(record("age", DAY, age="child"), card=replace(ASSESSED, track=track)) == {}


def test_what_is_written_stops_a_clock_and_starts_the_next() -> None:
    young = record("age", DAY, age="child")
    seen = record("step", DAY, step="protection", text="x")
    opened = record("step", date(2027, 1, 10), step="inquiry", text="x")
    assert "protection" not in due(young, seen) and "preliminary" in due(young, seen)
    assert due(opened)["inquiry"] == date(2027, 5, 10) and "preliminary" not in due(opened)
    assert "inquiry" not in due(opened, record("step", date(2027, 4, 30), step="decision", text="x"))
    assert "preliminary" in due(record("step", DAY, step="preliminary", text="samtal med skolan"))
    assert "preliminary" in due(replace(opened, state=RecordState.WORKING))
    assert "preliminary" in due(replace(opened, corrected_by=uuid4()))


def test_questions_are_asked_again_for_each_instrument_by_itself() -> None:
    own, bought = ({"instrument": name, "time": "start"} for name in ("own", "bought"))
    first, second = record("follow_up", date(2026, 11, 30), **own), record("follow_up", DAY, **bought)
    found = [(t.clock, t.due) for t in wound(ASSESSED, [first, second], DAY).tasks if t.clock[:6] == "follow"]
    assert found == [
        ("follow_3", date(2027, 2, 28)), ("follow_3", date(2027, 3, 29)),
        ("follow_12", date(2027, 11, 30)), ("follow_12", date(2027, 12, 29)),
    ]  # fmt: skip
    again = record("follow_up", date(2027, 2, 27), instrument="own", time="3")
    held = [t.due for t in wound(ASSESSED, [first, second, again], DAY).tasks if t.clock == "follow_3"]
    assert held == [date(2027, 3, 29)] and "unasked_3" not in due(first)


def test_a_consents_end_and_the_plans_day_are_tasks_until_a_later_one_is_written() -> None:
    said = {"purpose": "care", "receiver": "X", "given_on": DAY}
    held = record("consent", DAY, valid_until=date(2027, 2, 1), **said)
    assert due(held)["consent"] == date(2027, 2, 1)
    assert "consent" not in due(record("consent", DAY, **said))  # without an end
    assert "consent" not in due(replace(held, corrected_by=uuid4()))
    later = record("consent", DAY, at=5, valid_until=date(2028, 2, 1), **said)
    assert due(held, later)["consent"] == date(2028, 2, 1)
    other = record("consent", DAY, at=5, **said | {"receiver": "Y"})
    assert due(held, other)["consent"] == date(2027, 2, 1)
    withdrawn = record("consent", DAY, valid_until=date(2027, 2, 1), withdrawn_on=DAY, **said)
    assert "consent" not in due(withdrawn)
    plan, next_plan = (
        record("safety_plan", day, review_on=day + timedelta(days=30)) for day in (DAY, date(2027, 1, 20))
    )
    assert due(plan, card=Card("x"))["plan"] == date(2027, 1, 28)
    assert due(plan, next_plan)["plan"] == date(2027, 2, 19)


def test_what_is_ticked_off_stays_so_and_what_is_written_by_hand_is_let_be() -> None:
    mine = Task("mine", "Ring", DAY)
    card = wound(ASSESSED.with_task(mine), (), DAY)
    ticked = wound(card.without_task("preliminary.case").without_task("mine"), (), DAY)
    assert mine in card.tasks and {t.clock for t in ticked.tasks} == {"unasked_3", "unasked_12"}
    assert wound(ticked, (), DAY) == ticked


def test_a_day_is_a_calendar_day_whatever_the_clock_on_the_wall_does() -> None:
    """Summer time begins on 29 March and ends on 25 October 2026; 6 January is a holiday and moves nothing."""
    preliminary = next(one for one in CLOCKS if one.key == "preliminary")
    inquiry = next(one for one in CLOCKS if one.key == "inquiry")
    for began, ends in (
        ("2026-03-15", "2026-03-29"),
        ("2026-10-18", "2026-11-01"),
        ("2026-12-23", "2027-01-06"),
    ):
        assert preliminary.due(date.fromisoformat(began)) == date.fromisoformat(ends)
    assert inquiry.due(date(2026, 10, 31)) == date(2027, 2, 28)
    assert inquiry.due(date(2027, 10, 31)) == date(2028, 2, 29)


def test_a_rule_counts_from_the_day_it_is_law_and_no_two_hold_at_once(tmp_path) -> None:
    assert due(card=replace(ASSESSED, began=date(2025, 6, 30))) == {}
    text = clocks.FILE.read_text(encoding="utf-8")
    first = text[text.index("[[clock]]") : text.index("[[clock]]", text.index("[[clock]]") + 1)]
    changed = first.replace("from = 2025-07-01", "from = 2027-01-01").replace("days = 0", "days = 2")
    ended = first.replace("from = 2025-07-01", "from = 2025-07-01\nto = 2026-12-31")
    (file := tmp_path / "clocks.toml").write_text(ended + changed, encoding="utf-8")
    young, both = record("age", DAY, age="child"), clocks.load(file)
    for began, last in ((date(2026, 12, 31), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 1, 3))):
        [task] = wound(replace(ASSESSED, began=began), [young], DAY, both).tasks
        assert task.due == last
    file.write_text(first + changed, encoding="utf-8")
    with pytest.raises(ValueError, match="two clocks called protection"):
        clocks.load(file)


def test_every_rule_names_forms_and_answers_that_exist_and_says_who_confirmed_it() -> None:
    keys = {kind.key for kind in all_kinds()}
    for one in CLOCKS:
        for name in {one.starts, *one.done_by} - {clocks.OF_CASE}:
            kind, _colon, answer = name.partition(":")
            fields = {field.name: field for field in kind_of(kind).fields}
            assert kind in keys and (not answer or answer in fields[clocks.ASKED[kind]].choices)
            assert {*one.same, *filter(None, [one.due_on, one.unless])} <= fields.keys()
    told = clocks.told(wound(ASSESSED, (), DAY).tasks)
    assert told[0].law == "SoL (2025:400) 20:2" and not told[0].is_confirmed and told[1].is_confirmed


@given(
    st.lists(st.sampled_from(["inquiry", "decision", "protection", "raised"]), max_size=6),
    st.integers(0, 400),
)
def test_winding_twice_is_winding_once_and_no_task_stands_twice(steps: list[str], ago: int) -> None:
    held = [record("step", DAY - timedelta(days=ago - i), at=i, step=step) for i, step in enumerate(steps)]
    once = wound(ASSESSED, held, DAY)
    assert wound(once, held, DAY) == once and len({t.id for t in once.tasks}) == len(once.tasks)

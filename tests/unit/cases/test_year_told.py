"""A case's year is read off what stands in it, in bands and nothing else."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from klarsyn.cases.card import Card
from klarsyn.cases.entries import Entry, all_kinds, kind_of
from klarsyn.cases.kinds.followup import FOLLOW_UP
from klarsyn.cases.kinds.turns import CLOSED_BECAUSE
from klarsyn.cases.models import CaseState, Compartment, RecordState
from klarsyn.cases.values import CaseShown, RecordShown
from klarsyn.cases.year_told import AGES, CHANNELS, GENDERS, LIVES, SUPPORT, WAYS, year_of
from klarsyn.receptions.statistics.telling import Closing

YEAR, TODAY = 2026, date(2026, 11, 25)


def entry(kind: str, day: date = TODAY, **data: object) -> Entry:
    return Entry(kind, 1, day, datetime(2026, 11, 25, 12, tzinfo=UTC), "p1", data)


def answers(time: str, day: date, score: float) -> Entry:
    return entry(FOLLOW_UP.key, day, instrument="own_questions", time=time, score=score)


def told(*entries: Entry, began: date | None = TODAY, corrected: int = -1):
    records = tuple(
        RecordShown(
            uuid4(), Compartment.NOTES, one.event_day, "", RecordState.LOCKED, 1, one,
            corrected_by=uuid4() if at == corrected else None,
        )
        for at, one in enumerate(entries)
    )  # fmt: skip
    shown = CaseShown(uuid4(), uuid4(), CaseState.OPEN, TODAY, "", Card("", began=began), records)
    return year_of(shown, YEAR, TODAY)


def test_of_an_empty_case_nothing_is_said() -> None:
    one = told()
    assert (one.standing, one.gender, one.age, one.residence, one.way_in) == (
        "new", "unsaid", "unsaid", "unsaid", "other",
    )  # fmt: skip
    assert one.support == one.contacts == one.change == () and one.closing == ""


def test_the_latest_picture_counts_and_keeps_what_it_does_not_ask_again() -> None:
    first = entry("intake_mika", sex="trans", age="25_34", way_in="police", residence="county")
    again = entry("intake_mika", age="35_44")
    assert (told(first, again).gender, told(first, again).age) == ("trans", "35+")
    assert told(first, again, corrected=1).age == "25-34"
    assert told(entry("intake_mika", age="21_29")).age == "unsaid"  # asked before the bands were those


@pytest.mark.parametrize(
    ("begun", "ended", "is_told"),
    [("2026-01-01", None, True), ("2025-03-01", None, True), ("2025-03-01", "2025-12-31", False),
     ("2025-03-01", "2026-01-01", True), ("2027-01-01", None, False)],
)  # fmt: skip
def test_support_counts_in_each_year_it_was_given(begun: str, ended: str | None, is_told: bool) -> None:
    more = {"ended_on": date.fromisoformat(ended)} if ended else {}
    one = entry("intervention", what="housing", begun_on=date.fromisoformat(begun), **more)
    assert told(one).support == (("housing",) if is_told else ())


def test_contacts_of_the_year_are_counted_by_their_way() -> None:
    notes = [entry("note", type=t) for t in ("VISIT", "VISIT", "PHONE_CONTACT", "SERVICE_NOTE")]
    before = entry("note", date(2025, 12, 31), type="VISIT")
    assert told(*notes, before).contacts == (("booked", 2), ("phone", 1))


def test_whoever_came_back_has_not_ended() -> None:
    end, back = entry("closing", because="no_contact"), entry("reopening", reason="")
    assert told(end).closing == "lost" and told(end, back).closing == ""
    assert told(entry("closing", date(2025, 5, 5), because="done")).closing == ""
    assert all(told(entry("closing", because=b)).closing in Closing.values for b in CLOSED_BECAUSE)


def test_a_follow_up_that_was_due_stays_whether_answered_or_not() -> None:
    start, later = answers("start", date(2026, 1, 5), 2.0), answers("3", date(2026, 4, 6), 3.0)
    assert told(start, later).change == (("month3", "better"),)
    assert told(start).change == (("month3", "unanswered"),)
    assert told(answers("start", date(2026, 9, 1), 2.0)).change == (("month3", "not_asked"),)  # not due yet
    assert told(began=date(2026, 2, 1)).change == (("month3", "not_asked"),)
    old = told(answers("start", date(2025, 2, 1), 2.0), answers("12", date(2026, 2, 2), 1.0))
    assert old.change == (("month12", "worse"),) and old.standing == "ongoing"


def test_every_word_that_has_a_band_is_a_word_of_the_forms() -> None:
    fields = {f.name: f for kind in all_kinds() for f in kind.fields if kind.key.startswith("intake")}
    before = {f.name: f for f in kind_of("intake_mika").before[1]}
    for name, words in (("sex", GENDERS), ("way_in", WAYS), ("residence", LIVES)):
        assert set(words) <= set(fields[name].choices)
    assert set(fields["age"].choices) <= set(AGES) <= set(fields["age"].choices) | set(before["age"].choices)
    note, given = kind_of("note").fields[0], kind_of("intervention").fields[0]
    assert set(CHANNELS) <= set(note.choices) and set(SUPPORT) == set(given.choices) - {"other"}

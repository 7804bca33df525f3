"""The walk as data: every fault has its line, every section its days, a page's answers their signature."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from klarsyn.base.errors import Refused
from klarsyn.cases.deciding import state
from klarsyn.cases.deciding.memo import Cited, as_text
from klarsyn.cases.deciding.reading import SECTIONS, WALK, WalkError, read
from klarsyn.cases.deciding.walk import follow
from klarsyn.cases.entries import new
from klarsyn.cases.kinds.sharing import DISCLOSURE

ONE, DAY = timedelta(days=1), date(2026, 1, 1)
SMALL = """format = 1
reviewed = 2026-11-26
review_months = 12
reviewed_by = ""
case = "a"
outside = "b"

[always]
sections = ["osl_26_1"]

[[question]]
id = "a"
text = { sv = "Ett?", en = "One?" }

[[question.answer]]
key = "yes"
text = { sv = "Ja", en = "Yes" }
to = "b"

[[question]]
id = "b"
text = { sv = "Två?", en = "Two?" }
skip = { when = ["a.yes"], to = "end" }

[[question.answer]]
key = "no"
text = { sv = "Nej", en = "No" }
to = "end"
"""


def test_what_is_right_is_read() -> None:
    walk = read(SMALL, "walk.toml")
    assert follow(walk, "a", ["yes"]).question is None  # past the question that is skipped
    assert [s.answer.key for s in follow(walk, "b", ["no"]).steps] == ["no"]


@pytest.mark.parametrize(
    ("old", "new_text", "line", "said"),
    [
        ('to = "b"', 'to = "c"', 18, "no question is called c"),
        ('to = "end"\n', 'to = "a"\n', 12, "a leads back to itself: a circle"),
        ('case = "a"', 'case = "x"', 5, "no question is called x"),
        ('case = "a"', 'case = "b"', 12, "nobody comes to a"),
        ('["osl_26_1"]', '["osl_99_9"]', 9, "no section is called osl_99_9"),
        ('en = "Two?"', 'en = ""', 22, "a text in each language"),
        (', en = "Yes"', "", 17, "a text in each language"),
        ("a.yes", "a.perhaps", 23, "no question has the answer a.perhaps"),
        ('id = "b"', 'id = "a"', 21, "two questions are called a"),
        ('key = "no"', 'colour = "no"', 26, "nothing here is called colour"),
        ("format = 1", "format = 2", 1, "format is to be 1"),
        ('case = "a"', "case = a", 5, "no valid TOML"),
        (
            '[[question.answer]]\nkey = "no"\ntext = { sv = "Nej", en = "No" }\nto = "end"\n',
            "",
            21,
            "b has no answer: a dead end",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new_text: str, line: int, said: str) -> None:
    assert old in SMALL
    with pytest.raises(WalkError) as told:
        read(SMALL.replace(old, new_text, 1), "walk.toml")
    assert any(at == line and said in words for at, words in told.value.faults), told.value.faults
    assert f"walk.toml, line {line}: " in str(told.value)


@pytest.mark.parametrize("key", sorted(SECTIONS))
def test_a_section_holds_on_its_days_and_not_outside_them(key: str) -> None:
    one = SECTIONS[key]
    assert one.holds_on(one.valid_from) and not one.holds_on(one.valid_from - ONE)
    ended = replace(one, valid_to=one.valid_from + ONE)
    assert ended.holds_on(one.valid_from + ONE) and not ended.holds_on(one.valid_from + ONE + ONE)
    assert "Gällde inte den" in Cited(one, one.valid_from - ONE).notes[0]
    assert one.text.sv != one.text.en and one.source.startswith("https://")
    assert "Ingen jurist har bekräftat lydelsen." in Cited(one, one.valid_from).notes
    assert (
        Cited(replace(one, confirmed_by="Stadsjuristen"), one.valid_from).notes[-1].startswith("Bekräftad av")
    )


def test_the_limit_of_10_23_is_six_months_since_april_2025() -> None:
    """The statute as changed by act 2025:179; before that day another wording held, which is said."""
    one = SECTIONS["osl_10_23"]
    assert "sex månaders fängelse" in one.text.sv and "six months" in one.text.en
    assert one.reads_so_on(date(2025, 4, 1)) and not one.reads_so_on(date(2025, 3, 31))
    assert Cited(one, date(2025, 3, 31)).notes[0] == "Hade en annan lydelse den 2025-03-31."


@pytest.mark.parametrize(("today", "is_stale"), [(date(2027, 11, 26), False), (date(2027, 11, 27), True)])
def test_what_nobody_has_gone_through_for_a_year_is_old(today: date, is_stale: bool) -> None:
    walk = read(SMALL, "walk.toml")
    assert walk.is_stale(today) is is_stale
    assert read(SMALL.replace("months = 12", "months = 24"), "w").is_stale(today) is False


def test_what_a_page_carries_is_signed_for_one_person_and_one_page() -> None:
    held = replace(state.begin(date(2026, 1, 1)), path=("child", "no"))
    text = state.token(held, who="p-alva", about="1")
    assert state.held_in(text, who="p-alva", about="1") == held
    for other in (
        {"who": "p-bo", "about": "1"}, {"who": "p-alva", "about": "2"}, {"who": "", "about": ""},
    ):  # fmt: skip
        with pytest.raises(Refused, match="Börja om"):
            state.held_in(text, **other)
    for wrong in ("", "x", "\0", "😀" * 100, text[:-1] + ("A" if text[-1] != "A" else "B"), text[1:]):
        with pytest.raises(Refused, match="Börja om"):
            state.held_in(wrong, who="p-alva", about="1")


GIVEN = {
    "receiver": "Polisen", "receiver_kind": "police", "how": "requested", "left_out": "resten",
    "decided_by": "Alva", "decided_on": DAY, "asked": "adress", "reasons": "skäl",
}  # fmt: skip


def _kept(**more: object) -> dict[str, object]:
    data = {name: value for name, value in (GIVEN | more).items() if value is not None}
    words = {"event_day": DAY, "now": datetime(2026, 1, 1, 9, tzinfo=UTC), "author": "p-alva"}
    return dict(new(DISCLOSURE, reception="mika", data=data, **words).data)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"outcome": "refused", "sent": "adress"}, "inget lämnas nu"),
        ({"outcome": "lawyer", "ground": "osl_10_23"}, "inget lämnas nu"),
        ({"outcome": "refused", "reasons": None}, "dina skäl"),
        ({"outcome": "part", "ground": "osl_10_23", "asked": None, "sent": "adress"}, "dina skäl"),
        ({"outcome": "part", "ground": "osl_10_23"}, "lagliga grunden och vad som lämnades"),
        ({"outcome": "all", "sent": "adress"}, "lagliga grunden och vad som lämnades"),
        ({"sent": "adress"}, "lagliga grunden och vad som lämnades"),
        ({"outcome": "give it"}, "välj något av alternativen"),
    ],
)
def test_a_decision_that_contradicts_itself_is_refused(more: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        _kept(**more)


def test_a_no_needs_no_ground_and_a_yes_does() -> None:
    assert _kept(outcome="refused")["outcome"] == "refused"
    assert _kept(outcome="lawyer", told_appeal=True)["told_appeal"] is True
    assert _kept(outcome="part", ground="osl_10_23", sent="adress")["sent"] == "adress"


def test_the_memo_says_the_day_the_answers_the_sections_and_every_side() -> None:
    way = follow(WALK, WALK.case, ("adult", "police", "own_wish", "lesser", "no", "doubt", "narrow"))
    said = as_text(WALK, way, date(2026, 11, 1))
    for words in (
        "2026-11-01",
        "OSL 10:23",
        "OSL 10:15 a",
        "Talar emot: ",
        "endast om",
        "Kan inte besvaras här",
    ):
        assert words in said
    with translation.override("en"):
        assert "Speaks against: " in as_text(WALK, way, date(2026, 11, 1))

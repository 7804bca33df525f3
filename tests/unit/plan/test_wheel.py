"""A year replayed day by day: what each stage says, which reminder stands when, and when it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.released import NOTHING, EditionStage, StageCode
from klarsyn.base.released import Stage as Reached
from klarsyn.plan.wheel import drawing, leads, policy
from klarsyn.plan.wheel.facts import Decided, Evening, Facts, Followed, Said
from klarsyn.plan.wheel.finding import find
from klarsyn.plan.wheel.policy import Stage, StageState, Standing, is_reminded, standing

EVENING = date(2027, 5, 27)
EMPTY = Facts(2027, Evening(EVENING, 2026), 2026, uncounted=("Mika: uppsökande arbete",))
ORDER = list(StageCode)


def edition(reached: dict[StageCode, date], number: int = 1, sent_back: bool = False) -> EditionStage:
    stages = tuple(Reached(code, code in reached, reached.get(code)) for code in StageCode)
    return EditionStage(2026, False, number, NOTHING, stages, sent_back)


def until(code: StageCode, on: date, number: int = 1) -> EditionStage:
    """An edition that has come so far, all of it on one day."""
    return edition(dict.fromkeys(ORDER[: ORDER.index(code) + 1], on), number)


def year(facts: Facts, today: date) -> dict[Stage, Standing]:
    spans = leads.spans(facts.year, facts.evening.on if facts.evening and facts.evening.on else EVENING, "sv")
    return {stage: standing(spans[stage], find(stage, facts, today), today) for stage in Stage}


def open_ones(facts: Facts, today: date) -> list[str]:
    return [s.stage.value for s in year(facts, today).values() if is_reminded(s, today)]


# What happens on which day, and which reminders stand that day and on the one before it.
CYCLE: list[tuple[date, dict[str, object], list[str]]] = [
    (date(2027, 1, 1), {}, []),
    (date(2027, 2, 11), {}, ["collect"]),  # two weeks before 25 February
    (date(2027, 2, 20), {"editions": (until(StageCode.FROZEN, date(2027, 2, 20), 0),)}, []),
    (date(2027, 3, 17), {}, ["write"]),
    (date(2027, 3, 20), {"editions": (until(StageCode.SUBMITTED, date(2027, 3, 20)),)}, []),
    (date(2027, 4, 16), {}, ["check"]),
    (date(2027, 4, 20), {"editions": (until(StageCode.CHECKED, date(2027, 4, 20)),)}, []),
    (date(2027, 5, 6), {}, ["release"]),
    (date(2027, 5, 10), {"editions": (until(StageCode.RELEASED, date(2027, 5, 10)),)}, []),
    (date(2027, 5, 20), {}, ["present"]),
    (date(2027, 5, 28), {"said": {Stage.PRESENT: Said(EVENING, "Protokollet")}}, []),
    (date(2027, 6, 17), {}, ["decide"]),
    (date(2027, 6, 21), {"decisions": (Decided(date(2027, 6, 21), "KS 2027/9"),)}, []),
    (date(2027, 7, 1), {"measures": (Followed("Mottagning", None), Followed("Skola", date(2027, 5, 1)))}, []),
    (date(2027, 11, 13), {}, ["follow_up"]),
    (date(2027, 12, 14), {}, ["follow_up"]),  # the day after its last: late, and still there
    (date(2027, 12, 20), {"measures": tuple(Followed(t, date(2027, 12, 20)) for t in ("A", "B"))}, []),
]  # fmt: skip


def test_a_year_from_january_to_follow_up_with_each_reminder_on_its_day() -> None:
    facts = EMPTY
    for day, happens, stand in CYCLE:
        if not happens and stand and day.month != 12:  # a reminder's first day
            assert open_ones(facts, day - timedelta(days=1)) == [], day
        facts = replace(facts, **happens)
        assert open_ones(facts, day) == stand, day
    assert {s.state for s in year(facts, date(2027, 12, 20)).values()} == {StageState.DONE}
    late = year(facts, date(2027, 12, 20))[Stage.FOLLOW_UP]
    assert late.days_late == 7


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 12, 31), StageState.NOT_BEGUN), (date(2027, 1, 1), StageState.IN_PROGRESS),
        (date(2027, 2, 25), StageState.IN_PROGRESS), (date(2027, 2, 26), StageState.LATE),
    ],
)  # fmt: skip
def test_a_stage_begins_on_its_first_day_and_is_late_after_its_last(day: date, state: StageState) -> None:
    one = year(EMPTY, day)[Stage.COLLECT]
    assert one.state is state
    assert "Inga antal än: Mika: uppsökande arbete" in one.found.missing


def test_an_evening_that_nobody_has_noted_cannot_be_told() -> None:
    assert year(EMPTY, EVENING)[Stage.PRESENT].state is StageState.IN_PROGRESS
    one = year(EMPTY, EVENING + timedelta(days=1))[Stage.PRESENT]
    assert one.state is StageState.CANNOT_TELL
    assert "Ingen har antecknat" in one.found.unknown


def test_what_a_person_takes_back_is_not_done() -> None:
    said = {Stage.PRESENT: Said(None, "Ärendet bordlades")}
    assert year(replace(EMPTY, said=said), date(2027, 6, 1))[Stage.PRESENT].state is StageState.CANNOT_TELL


def test_a_year_without_an_evening_still_collects_and_follows_up() -> None:
    none = replace(EMPTY, evening=Evening(None, 2026, "Valår"), measures=(Followed("A", date(2027, 3, 1)),))
    found = year(none, date(2027, 6, 30))
    assert found[Stage.PRESENT].state is found[Stage.DECIDE].state is StageState.NOT_THIS_YEAR
    assert "Valår" in found[Stage.PRESENT].found.falls_away
    assert found[Stage.COLLECT].state is StageState.LATE
    assert found[Stage.FOLLOW_UP].state is StageState.DONE
    assert not {"present", "decide"} & set(open_ones(none, date(2027, 6, 30)))


def test_without_a_day_for_the_evening_nobody_can_say() -> None:
    found = year(replace(EMPTY, evening=None), date(2027, 6, 30))
    assert found[Stage.PRESENT].state is StageState.CANNOT_TELL


def test_a_correction_in_the_same_year_leaves_the_release_done_and_is_told() -> None:
    first = until(StageCode.RELEASED, date(2027, 5, 10))
    working = replace(EMPTY, editions=(until(StageCode.SUBMITTED, date(2027, 8, 1), 2), first))
    one = year(working, date(2027, 8, 2))[Stage.RELEASE]
    assert (one.state, one.found.done_on) == (StageState.DONE, date(2027, 5, 10))
    assert one.found.told == ("Utgåva 1 är publicerad.", "Utgåva 2 är en rättelse som är under arbete.")
    assert year(working, date(2027, 8, 2))[Stage.CHECK].state is StageState.DONE
    out = replace(EMPTY, editions=(until(StageCode.RELEASED, date(2027, 9, 1), 2), first))
    told = year(out, date(2027, 9, 2))[Stage.RELEASE].found.told
    assert told[1] == "Utgåva 2 är en rättelse och publicerad."


def test_an_edition_sent_back_is_not_written() -> None:
    back = edition(dict.fromkeys(ORDER[:5], date(2027, 3, 1)), sent_back=True)
    found = year(replace(EMPTY, editions=(back,)), date(2027, 3, 2))
    assert found[Stage.WRITE].state is StageState.IN_PROGRESS
    assert "återsänd" in found[Stage.WRITE].found.missing[0]


def test_a_decision_before_the_evening_or_a_year_after_is_not_of_it() -> None:
    said = {Stage.PRESENT: Said(EVENING, "Protokollet")}
    for on in (EVENING - timedelta(days=1), EVENING + timedelta(days=365)):
        facts = replace(EMPTY, said=said, decisions=(Decided(on, "KS 1"),))
        assert year(facts, date(2028, 6, 30))[Stage.DECIDE].state is StageState.LATE


def test_in_a_leap_year_the_days_are_counted_and_drawn_with_its_extra_day() -> None:
    spans = leads.spans(2028, date(2028, 5, 27), "sv")
    assert spans[Stage.COLLECT].starts_on == date(2028, 1, 2)  # 146 days, 29 February among them
    assert drawing.angle(date(2028, 12, 31)) == pytest.approx(360 * 365 / 366)
    assert drawing.angle(date(2027, 12, 31)) == pytest.approx(360 * 364 / 365)
    assert drawing.angle(date(2028, 1, 1)) == drawing.angle(date(2027, 1, 1)) == 0


def test_the_drawing_says_in_words_all_that_it_draws() -> None:
    stages = list(year(EMPTY, date(2027, 3, 1)).values())
    drawn = drawing.drawn(2027, stages, EVENING, date(2027, 3, 1))
    for word in ("Samla in", "försenat", "Skriva", "pågår", "Kvällen i fullmäktige", "I dag är"):
        assert word in drawn, word
    assert drawn.count('class="y-stage"') == len(Stage)
    assert "y-today" not in drawing.drawn(2027, stages, None, date(2028, 3, 1))


@pytest.mark.parametrize(
    ("on", "mapping", "why"), [(None, 2026, ""), (date(2028, 1, 1), 2026, ""), (EVENING, 2028, "")]
)
def test_an_evening_that_cannot_be_is_refused(on: date | None, mapping: int, why: str) -> None:
    with pytest.raises(Refused, match="Inget är sparat"):
        policy.check_evening(2027, on, mapping, why)


def test_of_what_the_system_sees_nobodys_word_is_taken() -> None:
    for stage in (Stage.COLLECT, Stage.WRITE, Stage.CHECK, Stage.RELEASE):
        with pytest.raises(Refused, match="visar systemet"):
            policy.check_done(stage, EVENING, "klart", EVENING)


def test_the_default_wheel_is_whole_and_in_order() -> None:
    for language in ("sv", "en"):
        spans = list(leads.spans(2027, EVENING, language).values())
        assert [s.starts_on for s in spans] == sorted(s.starts_on for s in spans)
        assert all(s.starts_on <= s.remind_on <= s.due_on and s.responsible for s in spans)

"""The trafficking route: six steps, their days, and a question that points to nobody."""

from datetime import date

import pytest

from klarsyn.base.errors import Refused
from klarsyn.cases.route.general import check_general
from klarsyn.cases.route.steps import POINTS, STEPS, Timing, recovery_ends, route

NOTICED = date(2026, 12, 31)


def test_the_manual_has_six_steps_and_one_deadline() -> None:
    assert [s.key for s in STEPS] == [
        "identify", "protect", "first_support", "longer_support", "criminal_process", "safe_return",
    ]  # fmt: skip
    assert [s.key for s in STEPS if s.days is not None] == ["protect"]


@pytest.mark.parametrize(
    ("today", "timing"),
    [(NOTICED, Timing.OPEN), (date(2027, 1, 1), Timing.TODAY), (date(2027, 1, 2), Timing.LATE)],
)
def test_protection_is_assessed_at_once_or_the_next_day(today: date, timing: Timing) -> None:
    protect = route(NOTICED, [], today)[1]
    assert (protect.last_day, protect.timing) == (date(2027, 1, 1), timing)


def test_a_step_is_done_when_each_of_its_points_is() -> None:
    points = [p for p in POINTS if p.startswith("protect.")]
    assert route(NOTICED, points, date(2027, 2, 1))[1].timing is Timing.DONE
    assert route(NOTICED, points[1:], date(2027, 2, 1))[1].timing is Timing.LATE


def test_the_recovery_period_is_thirty_days() -> None:
    assert recovery_ends(date(2026, 11, 1)) == date(2026, 11, 30)
    assert recovery_ends(date(2028, 2, 1)) == date(2028, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Hur ansöker nämnden om betänketid? Personen har ingen egen bostad.",
        "En kvinna behöver skydd i natt. Vilka boenden finns i länet?",
        "Hej! Vi undrar hur SoL förhåller sig till IOM. Tack",
        "Is there a shelter in the region? The person needs an interpreter.",
    ],
)
def test_a_general_question_passes(text: str) -> None:
    assert check_general(f"  {text} ") == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Skriv en fråga"),
        ("Hur får Anna skydd?", "Ord 3 kan vara ett namn"),
        ("Anna behöver skydd.", "Ord 1 kan vara ett namn"),
        ("Hon bor. Elena är rädd.", "Ord 3 kan vara ett namn"),
        ("Hon bor i Jönköping.", "Ord 4"),
        ("HON är rädd.", "Ord 1"),
        ("Kan vi hjälpa elena?", "Ord 4"),
        ("Hon är 19 år.", "en siffra"),
        ("Hon är ١٩ år.", "en siffra"),
        ("Skriv till stod@exempel.se om det.", "en adress"),
        ("Se exempel.se om det.", "en adress"),
        ("Hur hjälper vi анна?", ""),
        ("Hur hjälper vi ศรี?", "Ord 4"),
        ("Hur " * 400, "för lång"),
    ],
)
def test_what_may_point_to_somebody_is_refused(text: str, words: str) -> None:
    if text == "Hur hjälper vi анна?":  # small letters: only a told name is seen
        with pytest.raises(Refused, match="Ord 4"):
            check_general(text, ("Анна",))
        return
    with pytest.raises(Refused, match=words):
        check_general(text, ("Elena",))

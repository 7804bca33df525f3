"""A case's year in the bands of the statistics, read off what stands in it; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from klarsyn.cases.entries import Entry
from klarsyn.cases.following import TIMES, Asked, change_since_start, due_on
from klarsyn.cases.values import CaseShown
from klarsyn.receptions.statistics.telling import MOST, PersonYear, Point

# From the words of the forms to the bands; what is not here has no band, and is not told.
WAYS: Final[Mapping[str, str]] = {w: w for w in ("self", "outreach", "social", "care", "police")}
GENDERS: Final[Mapping[str, str]] = {"woman": "women", "man": "men", "trans": "trans"}
AGES: Final[Mapping[str, str]] = {
    "under_15": "0-17", "15_17": "0-17", "18_20": "18-24", "18_24": "18-24", "25_34": "25-34", "35_44": "35+",
    "45_64": "35+", "65_up": "35+",
}  # fmt: skip
LIVES: Final[Mapping[str, str]] = {"own": "home", "county": "county", "elsewhere": "elsewhere"}
SUPPORT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("support", "crisis", "motivation", "treatment"), "talk"),
    **dict.fromkeys(("practical", "company", "contact"), "practical"),
    **dict.fromkeys(("health", "addiction"), "health"),
    "relatives": "relatives", "trial": "legal", "housing": "housing", "money": "economy",
}  # fmt: skip
CHANNELS: Final[Mapping[str, str]] = {
    "VISIT": "booked", "HOME_VISIT": "outside", "PHONE_CONTACT": "phone", "JOURNALED_MESSAGE": "written",
}  # fmt: skip
ENDS: Final[Mapping[str, str]] = {
    "done": "done", "own_wish": "own_wish", "no_contact": "lost", "moved": "moved", "handed_on": "referred",
    "wrong_place": "referred",
}  # fmt: skip
_POINTS: Final[Mapping[str, Point]] = {"3": Point.THREE, "12": Point.TWELVE}


def year_of(shown: CaseShown, year: int, today: date) -> PersonYear:
    """What is known by `today` of the person's year: no word of anybody's, no day, no month.

    Working notes count as they stand, since the first picture begins as one. What was not answered is "not
    said", and a way in without a band is another way. A follow-up that was due in the year and has no answer
    stays in it: not asked until its day has passed, unanswered after.
    """
    entries = [r.entry for r in shown.records if r.entry is not None and r.corrected_by is None]
    picture = _last(entries, "intake_mika", "intake_kast")
    began = min(shown.card.began or shown.created_on, *(e.event_day for e in entries), shown.created_on)
    return PersonYear(
        standing="ongoing" if began.year < year else "new",
        gender=GENDERS.get(picture.get("sex", ""), "unsaid"),
        age=AGES.get(picture.get("age", ""), "unsaid"),
        residence=LIVES.get(picture.get("residence", ""), "unsaid"),
        way_in=WAYS.get(picture.get("way_in", ""), "other"),
        support=_support(entries, year),
        contacts=_contacts(entries, year),
        closing=_closing(entries, year),
        change=tuple(_changes(entries, began, year, today)),
    )


def _last(entries: list[Entry], *kinds: str) -> Mapping[str, Any]:
    """What the latest picture says, and where it is silent what an earlier one said."""
    found: dict[str, Any] = {}
    for entry in entries:
        if entry.kind in kinds:
            found |= entry.data
    return found


def _support(entries: list[Entry], year: int) -> tuple[str, ...]:
    """What was given at any time in the year."""
    given = {
        SUPPORT[e.data["what"]]: None
        for e in entries
        if e.kind == "intervention" and e.data["what"] in SUPPORT
        and e.data["begun_on"].year <= year <= e.data.get("ended_on", date(year, 12, 31)).year
    }  # fmt: skip
    return tuple(sorted(given))


def _contacts(entries: list[Entry], year: int) -> tuple[tuple[str, int], ...]:
    """Notes of a meeting, a call or a message; what is no contact has no channel."""
    held = Counter(
        CHANNELS[e.data["type"]]
        for e in entries
        if e.kind == "note" and e.event_day.year == year and e.data["type"] in CHANNELS
    )
    return tuple((channel, min(number, MOST)) for channel, number in sorted(held.items()))


def _closing(entries: list[Entry], year: int) -> str:
    """Why it ended, if the last turn of the year was an end."""
    turns = [e for e in entries if e.kind in ("closing", "reopening") and e.event_day.year == year]
    if not turns or turns[-1].kind == "reopening":
        return ""
    return ENDS.get(turns[-1].data["because"], "other")


def _changes(entries: list[Entry], began: date, year: int, today: date) -> Iterator[tuple[str, str]]:
    """How the answers moved at each time that was due in the year."""
    answers = [e for e in entries if e.kind == "follow_up" and "score" in e.data]
    started = next((e for e in answers if e.data["time"] == "start"), None)
    day = started.event_day if started else began
    scores = {
        e.data["time"]: float(e.data["score"])
        for e in answers
        if started is not None and e.data["instrument"] == started.data["instrument"]
    }
    for time in TIMES:
        if due_on(day, time).year == year:
            yield _POINTS[time], _change(Asked(day, scores), time, today)


def _change(one: Asked, time: str, today: date) -> str:
    if "start" not in one.scores:
        return "not_asked"
    found = change_since_start([one], time, today)
    parts = {"better": found.better, "same": found.same, "worse": found.worse, "unanswered": found.lost}
    return next((name for name, number in parts.items() if number), "not_asked")

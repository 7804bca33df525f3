"""The stages of a year, in which state one is and why, and what may be entered. Pure: days in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.plan.stages import Stage

FIRST_YEAR, LAST_YEAR = 2020, 2099


class StageState(StrEnum):
    """Derived from days and from what the system tells, never set."""

    NOT_BEGUN = "not_begun"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    LATE = "late"
    CANNOT_TELL = "cannot_tell"
    NOT_THIS_YEAR = "not_this_year"


# What the system does not see by itself; of the others nobody's word is taken.
BY_A_PERSON: Final = frozenset({Stage.PRESENT, Stage.DECIDE, Stage.FOLLOW_UP})
OPEN: Final = frozenset(
    {StageState.NOT_BEGUN, StageState.IN_PROGRESS, StageState.LATE, StageState.CANNOT_TELL}
)


@dataclass(frozen=True, slots=True)
class Span:
    """When a stage is to be worked on, and by whom. `is_own`: the keeper's own days, not the default's."""

    stage: Stage
    starts_on: date
    due_on: date
    remind_on: date
    responsible: str
    roles: tuple[str, ...]
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a stage: `told` there is, `missing` there is not; `unknown`: why nobody can tell."""

    is_done: bool = False
    done_on: date | None = None  # None also where it is done and no day was kept
    has_begun: bool = False
    told: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unknown: str = ""
    falls_away: str = ""  # why it is not done this year


@dataclass(frozen=True, slots=True)
class Standing:
    """A stage with its days, its state and the reason for it in words."""

    span: Span
    found: Found
    state: StageState
    days_late: int = 0

    @property
    def stage(self) -> Stage:
        return self.span.stage


def standing(span: Span, found: Found, today: date) -> Standing:
    """Done whatever the days; before its first day nothing is unknown or late."""
    state, late = StageState.NOT_BEGUN, 0
    if found.falls_away:
        state = StageState.NOT_THIS_YEAR
    elif found.is_done:
        state = StageState.DONE
        late = max(0, (found.done_on - span.due_on).days) if found.done_on else 0
    elif found.unknown and today >= span.starts_on:
        state = StageState.CANNOT_TELL
    elif today > span.due_on:
        state, late = StageState.LATE, (today - span.due_on).days
    elif found.has_begun or today >= span.starts_on:
        state = StageState.IN_PROGRESS
    return Standing(span, found, state, late)


def is_reminded(one: Standing, today: date) -> bool:
    """From its day of reminding until it is done."""
    return one.state in OPEN and today >= one.span.remind_on


def check_year(year: int) -> None:
    """Raises Refused outside the years that a wheel is kept for."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            _("Året ska ligga mellan %(first)d och %(last)d. Inget är sparat.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )


def check_evening(year: int, on: date | None, mapping_year: int, why: str) -> None:
    """Raises Refused: a day in another year, a mapping of a year to come, no day and no reason."""
    check_year(year)
    if on is None and not why:
        raise Refused(_("Skriv varför året inte har någon kväll i fullmäktige. Inget är sparat."))
    if on is not None and on.year != year:
        raise Refused(_("Kvällen ska ligga under året %(year)d. Inget är sparat.") % {"year": year})
    if not year - 5 <= mapping_year <= year:
        raise Refused(
            _("Kartläggningen ska gälla året självt eller något av de fem åren före. Inget är sparat.")
        )


def check_span(year: int, starts_on: date, due_on: date, why: str) -> None:
    """Raises Refused: days in the wrong order, far from the year, or without a reason."""
    check_year(year)
    if due_on < starts_on:
        raise Refused(_("Sista dagen ligger före den första. Inget är sparat."))
    if starts_on < date(year - 1, 1, 1) or due_on > date(year + 1, 12, 31):
        raise Refused(_("Dagarna ligger för långt från året. Kontrollera årtalen. Inget är sparat."))
    if not why:
        raise Refused(_("Skriv varför dagarna ändras. Texten står kvar i historiken. Inget är sparat."))


def check_done(stage: Stage, on: date | None, words: str, today: date) -> None:
    """Raises Refused: a stage that the system tells of, a day to come, or nothing that shows it."""
    if stage not in BY_A_PERSON:
        raise Refused(
            _("Det skedet visar systemet självt, och ingen behöver säga att det är klart. Inget är sparat.")
        )
    if not words:
        raise Refused(_("Skriv vad som visar det. Inget är sparat."))
    if on is not None and on > today:
        raise Refused(_("Dagen har inte varit än. Inget är sparat."))


def within(year: int, on: date) -> date:
    """The day, or the nearest one in the year: what is drawn of a stage that reaches into another."""
    return min(max(on, date(year, 1, 1)), date(year, 12, 31))


def shifted(on: date, days: int) -> date:
    return on + timedelta(days=days)

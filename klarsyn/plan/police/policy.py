"""How an agreement stands on a day, what may be entered of joint work, how a goal may change. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.plan.models import Goal
from klarsyn.plan.police.kinds import Kind, kinds, months_back, warn_days

MOST: Final = MappingProxyType({"occasions": 500, "hours": 5000, "staff": 2000, "cards": 5000})  # a month
LATEST: Final = 20 * 366  # days ahead that an agreement may reach


class Standing(StrEnum):
    """An agreement on a day. Ordered as whoever keeps them wants to see them."""

    LAPSING = "lapsing"
    IN_FORCE = "in_force"
    COMING = "coming"
    LAPSED = "lapsed"
    ENDED = "ended"


HOLDS: Final = frozenset({Standing.LAPSING, Standing.IN_FORCE})
# A goal that was dropped or followed up may be taken up again: a wrong word is corrected, never erased.
GOAL_MOVES: Final[Mapping[Goal.State, frozenset[Goal.State]]] = MappingProxyType(
    {state: frozenset(Goal.State) - {state} for state in Goal.State}
)


def standing(*, valid_from: date, valid_to: date | None, ended_on: date | None, today: date) -> Standing:
    """Ended by somebody, lapsed by itself, or how long it is left."""
    if ended_on is not None and ended_on <= today:
        return Standing.ENDED
    if valid_to is not None and valid_to < today:
        return Standing.LAPSED
    if today < valid_from:
        return Standing.COMING
    if valid_to is not None and (valid_to - today).days <= warn_days(today):
        return Standing.LAPSING
    return Standing.IN_FORCE


def is_late(state: str, due_on: date, today: date) -> bool:
    """A goal that is still open after its day."""
    return state == Goal.State.OPEN and due_on < today


def check_agreement(*, signed_on: date, valid_from: date, valid_to: date | None, today: date) -> None:
    """Raises Refused for days in the wrong order, or a signature that has not been made."""
    if signed_on > today:
        raise Refused(_("Dagen för underskrift har inte varit. Inget är sparat. Kontrollera årtalet."))
    if valid_to is not None and valid_to < valid_from:
        raise Refused(_("Sista dagen ligger före den första. Inget är sparat."))
    if ((valid_to or valid_from) - today).days > LATEST:
        raise Refused(_("Det är mer än tjugo år dit. Inget är sparat. Kontrollera årtalet."))


def months(today: date) -> list[tuple[int, int]]:
    """The months that may be entered, newest first."""
    number = today.year * 12 + today.month - 1
    found = [divmod(number - back, 12) for back in range(months_back(today))]
    return [(year, month + 1) for year, month in found]


def open_in(year: int, month: int) -> list[Kind]:
    """The kinds that may be chosen in the month."""
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return [one for one in kinds().values() if one.holds(first, last)]


def check_month(*, year: int, month: int, kind: str, today: date) -> None:
    """Raises Refused for a month out of reach, or a kind that is not in the list then."""
    if (year, month) not in months(today):
        raise Refused(
            _("Månaden kan vara den här eller någon av de %(n)d före. Inget är sparat.")
            % {"n": months_back(today) - 1}
        )
    if kind not in {one.key for one in open_in(year, month)}:
        raise Refused(_("Välj ett slag i listan. Inget är sparat."))


def check_numbers(*, occasions: int, hours: int, staff: int, cards: int, least: int) -> None:
    """Raises Refused for numbers that cannot be, or that say somebody took part in nothing."""
    given = {"occasions": occasions, "hours": hours, "staff": staff, "cards": cards}
    if occasions < least or any(not 0 <= number <= MOST[name] for name, number in given.items()):
        raise Refused(_("Ett av talen kan inte stämma. Inget är sparat. Kontrollera dem."))
    if occasions == 0 and (hours or staff or cards):
        raise Refused(
            _(
                "Utan något tillfälle finns inga timmar, ingen personal och inga kort. Inget är sparat. "
                "Skriv noll i alla fyra, eller rätta antalet tillfällen."
            )
        )
    if occasions and not staff:
        raise Refused(
            _(
                "Ett gemensamt tillfälle har minst en ur stödpersonalen. Inget är sparat. "
                "Var ingen med räknas det inte här."
            )
        )

"""What becomes of a card; who is phoned when, what is asked first, and how a call ended; pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.contact.models.card import CardFate, Outcome
from klarsyn.receptions.policy import Hours

LED: Final = (CardFate.CALL, CardFate.BOOKING, CardFate.THREAD)


# After these the name and the number are gone at once; after a call without answer one may try again.
LAST: Final = frozenset({Outcome.REACHED, Outcome.ASKED_NOT, Outcome.NOT_CALLED})
# Whom the question about life comes first for: after being caught many think of it.
ASKS_FIRST: Final = frozenset({"kast"})
MOST_TRIES: Final = 3
OFFICE_CLOSES: Final = 16  # where no opening hours are stated


def due_on(came: date, opening: Collection[Hours], is_before_closing: bool) -> date:
    """The day to phone: the same if the reception is still open, else the next on which it opens.

    `opening`: its week; without any, the next weekday.
    """
    days = {one.weekday for one in opening} or {0, 1, 2, 3, 4}
    if is_before_closing and came.weekday() in days:
        return came
    day = came + timedelta(days=1)
    while day.weekday() not in days:
        day += timedelta(days=1)
    return day


def is_last(outcome: Outcome, tries: int) -> bool:
    """Whether the call is over with this outcome. `tries`: with this one."""
    return outcome in LAST or tries >= MOST_TRIES


def check_asked(kind: str, has_asked: bool, outcome: Outcome) -> None:
    """Where the question comes first, whoever was reached has been asked it. Raises Refused."""
    if kind in ASKS_FIRST and outcome is Outcome.REACHED and not has_asked:
        raise Refused(
            _("Fråga först om tankar på att ta sitt liv, och markera att du har frågat. Inget är ändrat.")
        )


def check_name(written: str) -> str:
    """A first name, or any other the person wants to be called. Raises Refused."""
    name = " ".join(written.split())
    if not name or len(name) > 40 or any(ch.isdigit() for ch in name):
        raise Refused(_("Skriv bara ett förnamn, högst 40 tecken och inga siffror. Inget är sparat."))
    return name

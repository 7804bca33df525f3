"""What may be done to a question of the evening and to an answer, when and by whom. Pure."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext

from klarsyn.base.errors import Refused
from klarsyn.plan.nobody import check_names_nobody, clean
from klarsyn.report.policy import Asked, State, Verdict

DAYS: Final = 30  # within which an answer is promised
LONGEST: Final = 500
LONGEST_ANSWER: Final = 4000
LONGEST_NOTE: Final = 2000  # of the speaker's own, at one slide


def check_edition(state: State) -> None:
    """Only what the hall has before it is asked about."""
    if state not in (State.RELEASED, State.SUPERSEDED):
        raise Refused(
            gettext("Utgåvan är inte publicerad, så ingen har kunnat fråga om den. Inget är sparat.")
        )


def checked(text: str, longest: int = LONGEST) -> str:
    """The text as it is kept. Raises Refused when it is empty, too long or points somebody out."""
    found = clean(text)
    if not found or len(found) > longest:
        raise Refused(gettext("Skriv mellan ett och %(n)d tecken. Inget är sparat.") % {"n": longest})
    return named_nobody(found)


def named_nobody(text: str) -> str:
    """The text, one kind of line end. Raises Refused for a number or an address of somebody."""
    found = clean(text)
    try:
        check_names_nobody(found)
    except Refused as error:
        raise Refused(
            gettext(
                "Texten har något som ser ut som ett personnummer, ett telefonnummer, en e-postadress eller "
                "ett registreringsnummer. Sidan är offentlig och handlar aldrig om en enskild människa. "
                "Inget är sparat. Ta bort det och skriv om."
            )
        ) from error
    return found


def own_note(text: str) -> str:
    """The speaker's own words as they are kept; "" takes them away. Raises Refused for somebody's number."""
    found = clean(text)
    if len(found) > LONGEST_NOTE:
        raise Refused(gettext("Skriv högst %(n)d tecken. Inget är sparat.") % {"n": LONGEST_NOTE})
    try:
        check_names_nobody(found)
    except Refused as error:
        raise Refused(
            gettext(
                "Anteckningen har något som ser ut som ett personnummer, ett telefonnummer, en e-postadress "
                "eller ett registreringsnummer. Inget är sparat; det du har skrivit står kvar. Ta bort det."
            )
        ) from error
    return found


def can_show(state: Asked, noted_by: int, user: int) -> bool:
    return state is Asked.NOTED and noted_by != user


def check_show(state: Asked, noted_by: int, user: int) -> None:
    """A second pair of eyes before a question is public."""
    if not can_show(state, noted_by, user):
        raise Refused(
            gettext("En antecknad fråga visas av någon annan än den som antecknade den. Inget är ändrat.")
        )


def can_strike(state: Asked) -> bool:
    return state is not Asked.STRUCK


def check_strike(state: Asked) -> None:
    if not can_strike(state):
        raise Refused(gettext("Frågan är redan struken. Inget är ändrat."))


def can_answer(state: Asked, waits: bool) -> bool:
    return state is Asked.SHOWN and not waits


def check_answer(state: Asked, waits: bool) -> None:
    """One wording at a time, to a question that anyone can read."""
    if not can_answer(state, waits):
        raise Refused(
            gettext("Ett svar skrivs till en visad fråga som inte har ett svar som väntar. Inget är sparat.")
        )


def can_check(written_by: int, user: int) -> bool:
    return written_by != user


def check_check(written_by: int, user: int, verdict: Verdict, comment: str) -> None:
    """Another than who wrote reads the answer before it is public."""
    if not can_check(written_by, user):
        raise Refused(gettext("Du skrev svaret och kan inte granska det själv. Be en kollega läsa det."))
    if verdict is Verdict.REJECT and not comment.strip():
        raise Refused(gettext("Skriv vad som behöver ändras i svaret. Inget är sparat."))

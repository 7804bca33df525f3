"""Which readings a head looks through and who may say what of them; the states of a referral. Pure."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases.models import Chosen, Verdict

NAMED_FOR: Final = timedelta(days=366)  # nobody is named for a sealed case for longer at a time
BY_CHANCE: Final = 20  # besides those that are always looked at
NIGHT_BEGINS, NIGHT_ENDS = 22, 6


class ReferralState(StrEnum):
    DRAFT = "draft"  # utkast
    SENT = "sent"  # lämnad, av en människa
    ACCEPTED = "accepted"  # mottagaren sade ja
    DECLINED = "declined"  # mottagaren sade nej
    DONE = "done"  # genomförd
    REVOKED = "revoked"  # återtagen
    EXPIRED = "expired"  # tiden gick ut


class ReferralStep(StrEnum):
    SEND = "send"
    ACCEPT = "accept"
    DECLINE = "decline"
    FINISH = "finish"
    REVOKE = "revoke"
    EXPIRE = "expire"  # nobody's act: the last day has passed


# What is over stays over: a new try is a new referral.
REFERRAL: Final[Mapping[ReferralState, Mapping[ReferralStep, ReferralState]]] = MappingProxyType(
    {
        ReferralState.DRAFT: {
            ReferralStep.SEND: ReferralState.SENT,
            ReferralStep.REVOKE: ReferralState.REVOKED,
            ReferralStep.EXPIRE: ReferralState.EXPIRED,
        },
        ReferralState.SENT: {
            ReferralStep.ACCEPT: ReferralState.ACCEPTED,
            ReferralStep.DECLINE: ReferralState.DECLINED,
            ReferralStep.REVOKE: ReferralState.REVOKED,
            ReferralStep.EXPIRE: ReferralState.EXPIRED,
        },
        ReferralState.ACCEPTED: {
            ReferralStep.FINISH: ReferralState.DONE,
            ReferralStep.REVOKE: ReferralState.REVOKED,
        },
        ReferralState.DECLINED: {},
        ReferralState.DONE: {},
        ReferralState.REVOKED: {},
        ReferralState.EXPIRED: {},
    }
)


@dataclass(frozen=True, slots=True)
class Read:
    """A reading as the log tells of it; `at` in the municipality's own time."""

    sequence: int
    at: datetime
    is_ordinary: bool


def month_before(day: date) -> date:
    """The first day of the month before the one `day` lies in."""
    return date(day.year - 1, 12, 1) if day.month == 1 else date(day.year, day.month - 1, 1)


def month_after(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + 1, 1, 1) if month.month == 12 else date(month.year, month.month + 1, 1)


def choose(reads: Sequence[Read], chance: random.Random, size: int = BY_CHANCE) -> dict[int, Chosen]:
    """Line -> why: every identity and extract, every night reading, and `size` of the rest by chance."""
    always = {read.sequence: why for read in reads if (why := _always(read)) is not None}
    rest = [read.sequence for read in reads if read.sequence not in always]
    drawn = chance.sample(rest, min(size, len(rest)))
    return always | dict.fromkeys(drawn, Chosen.CHANCE)


def check_answer(verdict: str, reader: str, by: str) -> None:
    """An answer is given once, and never by whoever read. Raises Refused."""
    if verdict != Verdict.UNSEEN:
        raise Refused(_("Den läsningen är redan besvarad. Inget är ändrat."))
    if not can_answer(verdict, reader, by):
        raise Refused(
            _(
                "Du kan inte granska dig själv. Inget är ändrat. "
                "En annan chef eller dataskyddsombudet gör det."
            )
        )


def can_answer(verdict: str, reader: str, by: str) -> bool:
    """The twin of `check_answer`, for the page's buttons. `reader`, `by`: pseudonyms."""
    return verdict == Verdict.UNSEEN and reader != by


def goes_to_officer(reader: str, heads: Collection[str]) -> bool:
    """Whether nobody but the reader could look through the reading as a head. All are pseudonyms."""
    return reader in heads and not set(heads) - {reader}


def _always(read: Read) -> Chosen | None:
    if not read.is_ordinary:
        return Chosen.IDENTITY
    is_night = read.at.hour >= NIGHT_BEGINS or read.at.hour < NIGHT_ENDS
    return Chosen.NIGHT if is_night else None


def referral_state(steps: Sequence[ReferralStep], expires_on: date, today: date) -> ReferralState:
    """Where a referral stands after its steps; out of time after its last day, where time still matters."""
    state = ReferralState.DRAFT
    for step in steps:
        state = REFERRAL[state].get(step, state)
    is_late = today > expires_on and ReferralStep.EXPIRE in REFERRAL[state]
    return REFERRAL[state][ReferralStep.EXPIRE] if is_late else state


def can_move(state: ReferralState, step: ReferralStep) -> bool:
    """The twin of `check_move`, for the page's buttons."""
    return step != ReferralStep.EXPIRE and step in REFERRAL[state]


def check_move(state: ReferralState, step: ReferralStep) -> None:
    """Raises Refused when the referral cannot take the step from where it stands."""
    if not can_move(state, step):
        raise Refused(_("Hänvisningen har redan gått vidare. Inget är ändrat. Läs in sidan på nytt."))


def is_named(named: Mapping[str, str], pseudonym: str, today: date) -> bool:
    """Whether the person is among those who may open the sealed case, and the last day has not passed."""
    return named.get(pseudonym, "") >= today.isoformat()


def check_until(until: date, today: date) -> None:
    """Raises Refused for a last day that has passed, or is further away than anybody is named for."""
    if not today <= until <= today + NAMED_FOR:
        raise Refused(
            _("Dagen är från i dag till och med %(day)s. Inget är ändrat.")
            % {"day": (today + NAMED_FOR).isoformat()}
        )

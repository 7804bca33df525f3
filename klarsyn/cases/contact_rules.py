"""Whether somebody may be reached, by which way and when: the one question that a sender asks. Pure.

    permit = may_notify(shown, Channel.SMS, timezone.localtime())  # raises Unsafe
    send(permit, …)                                                # a sender takes nothing else

Nothing is sent without a `Permit`, and only `may_notify` makes one. What nobody has written down is not
allowed: a case without rules is never notified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases.card import Card, Level
from klarsyn.cases.models import CaseState
from klarsyn.cases.values import RecordShown

KIND: Final = "contact_rules"  # the form in which they are written


class Channel(StrEnum):
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"


WRITTEN: Final = frozenset({Channel.SMS, Channel.EMAIL, Channel.LETTER})  # what lies about and others read


class Unsafe(Refused):
    """It may not be sent. Nothing is."""


class HasRules(Protocol):
    """A case that was opened: its card and its records."""

    @property
    def state(self) -> CaseState: ...
    @property
    def card(self) -> Card: ...
    @property
    def records(self) -> tuple[RecordShown, ...]: ...


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to reach somebody once, by this channel, in this minute; with what must not be said."""

    channel: Channel
    at: datetime
    say: str
    never_say: str


def may_notify(case: HasRules, channel: Channel, when: datetime) -> Permit:
    """Leave to reach the person of the case. `when`: in the municipality's time. Raises Unsafe.

    No: no rules, a channel that is not in them, an hour or a weekday outside them, a closed case; and nothing
    written to somebody whose data are protected.
    """
    if case.state != CaseState.OPEN:
        raise Unsafe(_("Ärendet är avslutat. Inget är skickat."))
    rules = rules_of(case)
    if rules is None:
        raise Unsafe(_("Ingen har skrivit hur personen får nås. Inget är skickat. Fråga personen först."))
    if channel not in rules.get("channels", ()):
        raise Unsafe(_("Personen får inte nås den vägen. Inget är skickat."))
    if channel in WRITTEN and case.card.level != Level.NONE:
        raise Unsafe(_("Personen har skyddade uppgifter. Inget skriftligt är skickat."))
    if not _is_in_time(rules, when):
        raise Unsafe(_("Personen får inte nås vid den tiden. Inget är skickat."))
    return Permit(channel, when, str(rules.get("say", "")), str(rules.get("never_say", "")))


def rules_of(case: HasRules) -> Mapping[str, Any] | None:
    """The rules in force, the ones written last; None when nobody has written any."""
    written = [r.entry for r in case.records if r.entry is not None and r.entry.kind == KIND]
    return written[-1].data if written else None


def _is_in_time(rules: Mapping[str, Any], when: datetime) -> bool:
    days = rules.get("weekdays", ())
    first, last = rules.get("from_hour", 0), rules.get("to_hour", 24)
    return (not days or str(when.weekday()) in days) and first <= when.hour < last

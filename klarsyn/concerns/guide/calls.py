"""Whom to phone, as the page and the card say it: the day's numbers in the reader's words, open or shut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from klarsyn.base.help_numbers import HelpNumber, help_numbers
from klarsyn.concerns.guide.hours import Status, status
from klarsyn.receptions.policy import hours

LEFT_TO_RIGHT: Final = "\u200e"  # keeps a day and a time whole in a line from the right


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the list. `number` is empty where none is confirmed; `missing` then says what to do."""

    key: str
    name: str
    text: str
    number: str
    call: str
    missing: str
    status: str
    until: str  # ISO; what `status` says holds until then
    unsure: str


def calls(
    keys: Iterable[str], text: Mapping[str, Any], ui: Mapping[str, Any], now: datetime
) -> tuple[Call, ...]:
    """The lines in order. `text`: the guide's words; `ui`: the frame's, which has the days of the week."""
    held = help_numbers(now.date())
    return tuple(_call(held[key], text, ui, now) for key in keys if key in held)


def looked_at(now: datetime) -> str:
    """The earliest day on which one of the confirmed numbers was looked at."""
    return min(one.looked_at for one in help_numbers(now.date()).values() if one.looked_at).isoformat()


def _call(one: HelpNumber, text: Mapping[str, Any], ui: Mapping[str, Any], now: datetime) -> Call:
    said = text["calls"]
    name, what = said[one.name]
    state = status(hours(one.hours), now) if one.hours and one.number else None
    return Call(
        key=one.name,
        name=name,
        text=what,
        number=one.number,
        call=one.address,
        missing="" if one.number else said[f"no_{one.name}"],
        status=_state(state, text["hours"], ui["days"]) if state else "",
        until=state.until.isoformat() if state else "",
        unsure=text["hours"]["unsure"] if state and not one.hours_are_sure else "",
    )


def _state(state: Status, said: Mapping[str, str], days: Sequence[str]) -> str:
    at = state.until
    form = said["open"] if state.is_open else said["shut"]
    when = {"date": f"{LEFT_TO_RIGHT}{at.day}/{at.month}", "time": f"{LEFT_TO_RIGHT}{at:%H:%M}"}
    return form.format(day=days[at.weekday()], **when)

"""What a case's entries say together: a child or not, what consent holds, where a referral stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from klarsyn.cases.entries import Entry
from klarsyn.cases.models import RecordState
from klarsyn.cases.policy import ReferralState, ReferralStep, can_move, referral_state
from klarsyn.cases.values import CaseShown, RecordShown

CHILD: Final = frozenset({"child", "under_15", "15_17"})  # as the age form and the first picture say it
DUTY_KINDS: Final = ("age", "intake_mika", "intake_kast")


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that nothing has corrected."""

    id: UUID
    entry: Entry

    @property
    def data(self) -> Any:
        return self.entry.data


@dataclass(frozen=True, slots=True)
class ReferralShown:
    """A referral with its steps, where it stands, and what may be done next."""

    id: UUID
    entry: Entry
    steps: tuple[Standing, ...]
    state: ReferralState
    moves: tuple[ReferralStep, ...]

    @property
    def data(self) -> Any:
        return self.entry.data


def standing(records: Iterable[RecordShown], *kinds: str) -> list[Standing]:
    """The entries of these kinds that stand, oldest first: locked, and not corrected by a later one."""
    return [
        Standing(record.id, record.entry)
        for record in records
        if record.entry is not None
        and record.entry.kind in kinds
        and record.corrected_by is None
        and record.state == RecordState.LOCKED
    ]


def is_child(records: Iterable[RecordShown]) -> bool:
    """Whether the person is, or is believed to be, under 18: as the latest who said anything said it.

    A working note counts: nobody waits for a lock when it is about a child.
    """
    said = [
        record.entry.data["age"]
        for record in records
        if record.entry is not None
        and record.entry.kind in DUTY_KINDS
        and record.corrected_by is None
        and record.entry.data.get("age", "unknown") != "unknown"
    ]
    return bool(said) and said[-1] in CHILD


def youth(seen: CaseShown | None) -> dict[str, object]:
    """What a page says first: under 18 or not, and whether the concern is reported. None: case shut."""
    if seen is None:
        return {}
    return {"is_young": is_child(seen.records), "concern": standing(seen.records, "concern_handed")}


def consents(records: Iterable[RecordShown], day: date) -> list[tuple[Standing, bool]]:
    """Every consent, and whether it holds on the day."""
    return [(one, _holds(one, day)) for one in standing(records, "consent")]


def basis(records: Sequence[RecordShown], *, receiver: str, ground: str, day: date) -> Standing | None:
    """The consent or the secrecy test that lets this receiver have something on this ground; None without.

    A consent must name the receiver and hold on the day; a test must name the receiver and the ground, and
    not have ended in no.
    """
    wanted = _same(receiver)
    if ground == "osl_10_1_consent":
        held = [
            one for one, holds in consents(records, day) if holds and _same(one.data["receiver"]) == wanted
        ]
        return held[-1] if held else None
    tests = [
        one
        for one in standing(records, "secrecy_test")
        if _same(one.data["receiver"]) == wanted
        and one.data["ground"] == ground
        and one.data["decided_on"] <= day
    ]
    return tests[-1] if tests and tests[-1].data["outcome"] != "none" else None


def referrals(records: Sequence[RecordShown], today: date) -> list[ReferralShown]:
    """Every referral where it stands today, newest first."""
    steps = standing(records, "referral_step")
    found = []
    for one in standing(records, "referral"):
        mine = tuple(step for step in steps if step.data["referral"] == str(one.id))
        state = referral_state(
            [ReferralStep(step.data["step"]) for step in mine], one.data["expires_on"], today
        )
        moves = tuple(step for step in ReferralStep if can_move(state, step))
        found.append(ReferralShown(one.id, one.entry, mine, state, moves))
    return found[::-1]


def disclosures(records: Iterable[RecordShown]) -> list[RecordShown]:
    """The ledger, oldest first, with what was corrected: nothing is ever taken out of it."""
    return [record for record in records if record.entry is not None and record.entry.kind == "disclosure"]


def _holds(one: Standing, day: date) -> bool:
    data = one.data
    is_over = "valid_until" in data and day > data["valid_until"]
    is_withdrawn = "withdrawn_on" in data and day >= data["withdrawn_on"]
    return data["given_on"] <= day and not is_over and not is_withdrawn


def _same(name: str) -> str:
    return " ".join(name.casefold().split())

"""Everything that can be done to a case through its doors, one entry a compartment or state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from klarsyn.cases import access
from klarsyn.cases.models import CaseState, Compartment
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User

DAY = date(2031, 12, 31)


@dataclass(frozen=True)
class Who:
    """A person with the keys that the session holds; None for a session that never unlocked any."""

    user: User
    keys: Unlocked | None


Operation = Callable[[Who, Team, UUID], object]


def _read(compartment: Compartment) -> Operation:
    asked = frozenset({compartment})
    return lambda w, team, id: access.read_case(w.user, w.keys, id, purpose="prov", compartments=asked)


def _write(compartment: Compartment) -> Operation:
    return lambda w, team, id: access.write_record(w.user, w.keys, id, compartment=compartment, text="Anna")


def _list(state: CaseState) -> Operation:
    return lambda w, team, id: access.list_cases(w.user, w.keys, team, state=state)


OPERATIONS: dict[str, Operation] = {
    **{f"read {c}": _read(c) for c in Compartment},
    **{f"list {s}": _list(s) for s in (CaseState.OPEN, CaseState.CLOSED)},
    "search": lambda w, team, id: access.search_cases(w.user, w.keys, team, "samtal"),
    "open": lambda w, team, id: access.open_case(w.user, w.keys, team, summary="Nytt"),
    **{f"write {c}": _write(c) for c in Compartment},
    "close": lambda w, team, id: access.close_case(w.user, w.keys, id, retention_on=DAY),
    "erase": lambda w, team, id: access.erase_case(w.user, w.keys, id),
}
# What touches one case, and what the whole team's list.
OF_ONE_CASE = tuple(name for name in OPERATIONS if name.split()[0] in ("read", "write", "close", "erase"))


def refused(name: str, who: Who, team: Team, id: UUID) -> bool:
    try:
        OPERATIONS[name](who, team, id)
    except Http404:
        return True
    return False

"""Everything that can be done to a case through its doors, one entry a compartment or state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from klarsyn.cases import access
from klarsyn.cases.models import Compartment
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


def _held(found: object) -> object:
    """The list's doors answer nothing, and no 404, to whoever has the role and not the key."""
    if found is None:
        raise Http404
    return found


OPERATIONS: dict[str, Operation] = {
    **{f"read {c}": _read(c) for c in Compartment},
    "list": lambda w, team, id: _held(access.read_list(w.user, w.keys, team)),
    "search": lambda w, team, id: _held(access.search_cases(w.user, w.keys, team, "samtal")),
    "extract": lambda w, team, id: access.read_extract(w.user, w.keys, id, purpose="prov"),
    "open": lambda w, team, id: access.open_case(w.user, w.keys, team, summary="Nytt"),
    **{f"write {c}": _write(c) for c in Compartment},
    "close": lambda w, team, id: access.close_case(w.user, w.keys, id, retention_on=DAY),
    "erase": lambda w, team, id: access.erase_case(w.user, w.keys, id),
}
# What touches one case, and what the whole team's list.
OF_ONE_CASE = tuple(
    name for name in OPERATIONS if name.split()[0] in ("read", "extract", "write", "close", "erase")
)


def refused(name: str, who: Who, team: Team, id: UUID) -> bool:
    try:
        OPERATIONS[name](who, team, id)
    except Http404:
        return True
    return False

"""What the page of erasures by the rule points at: cases whose year has come, and proposals."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone

from klarsyn.cases import actions
from klarsyn.cases.models import Case, Disposal
from tests.matrix.cast import SOUTH, Cast
from tests.matrix.watched import FOUNDERS, GONE, OF, Maker, Words
from tests.unit.cases.operations import add_notes


def opened(cast: Cast, team: str) -> UUID:
    """A case of the team with notes in it."""
    by, keys = cast.users[FOUNDERS[team]], cast.keys[FOUNDERS[team]]
    made = actions.open_case(team=cast.teams[team], by=by, keys=keys, summary="Första samtalet")
    add_notes(made, by, keys)
    return made.id


def due(cast: Cast, team: str) -> UUID:
    """A closed case of the team whose year has come."""
    id, today = opened(cast, team), timezone.localdate()
    Case.objects.filter(pk=id).update(state="closed", retention_on=date(today.year, 12, 31))
    return id


def proposed(cast: Cast, team: str) -> Words:
    """A case that somebody who asks for nothing here has proposed for erasure."""
    id, today = due(cast, team), timezone.localdate()
    made = Disposal.objects.create(
        team=cast.teams[team], case_id=id, last_on=today, rule="prov", proposed_on=today, proposed_by="prov"
    )
    return {"pk": made.pk}


DUE: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: {"id": due(cast, team)}) for which, team in OF.items()},
    "open": lambda cast, who: {"id": opened(cast, SOUTH)},
    "not there": lambda cast, who: {"id": uuid4()},
}
PROPOSED: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: proposed(cast, team)) for which, team in OF.items()},
    "not there": lambda cast, who: {"pk": GONE},
}
DISPOSED: dict[str, dict[str, Maker]] = {
    "cases:dispose_propose": DUE,
    "cases:dispose_agree": PROPOSED,
    "cases:dispose_keep": PROPOSED,
}

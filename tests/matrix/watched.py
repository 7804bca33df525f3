"""What the pages of watching over cases point at: questions for more, samples and the readings in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from klarsyn.base.audit.recording import record
from klarsyn.cases import budget
from klarsyn.cases.models import Chosen, ReadSample, SampledRead
from klarsyn.people.models import RoleHeld, User
from tests.matrix.cast import KAST, NORTH, SOUTH, Cast

Words = dict[str, object]  # what stands in the address
Maker = Callable[[Cast, str], Words]  # the second: who asks
GONE = 999_999
FOUNDERS = {SOUTH: "mika_counsellor", NORTH: "mika_counsellor north", KAST: "kast_counsellor"}
OF = {"own team": SOUTH, "other team": NORTH, "other kind": KAST}  # as seen from Mika söder


def asked_for_more(cast: Cast, team: str) -> Words:
    """A question for more cases than an hour allows, by a member of the team."""
    person = User.objects.get(pk=cast.users[FOUNDERS[team]].pk)
    return {"asked": budget.ask(person=person, team=cast.teams[team], reason="Många nya").sequence}


BUDGETS: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: asked_for_more(cast, team)) for which, team in OF.items()},
    "not there": lambda cast, who: {"asked": GONE},
}


def sample(cast: Cast, team: str) -> Words:
    """A month's sample with one reading, drawn by nobody here."""
    day = date(2020, 1, 1)
    made = ReadSample.objects.create(team=cast.teams[team], month=day, of=1, drawn_on=day, drawn_by="prov")
    return {"pk": made.pk}


SAMPLES: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: sample(cast, team)) for which, team in OF.items()},
    "not there": lambda cast, who: {"pk": GONE},
}


def reading(cast: Cast, team: str) -> Words:
    """A reading by the team's founder, drawn and not yet answered."""
    reader = cast.users[FOUNDERS[team]].pseudonym
    line = record(action=budget.ACT_READ, by=reader, object=str(uuid4()), team=cast.teams[team].kind)
    place = sample(cast, team)
    row = SampledRead.objects.create(sample_id=place["pk"], sequence=line.sequence, why=Chosen.CHANCE)
    return {**place, "read": row.pk}


READINGS: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: reading(cast, team)) for which, team in OF.items()},
    "not there": lambda cast, who: {"pk": GONE, "read": GONE},
}


def heads_own(cast: Cast, team: str, head: str) -> Words:
    """A reading by somebody who is the head of the team: the only one in the north, one of two in the south."""
    RoleHeld.objects.get_or_create(user=cast.users[head], role="reception_head", team=cast.teams[team])
    line = record(
        action=budget.ACT_READ, by=cast.users[head].pseudonym, object=str(uuid4()), team=cast.teams[team].kind
    )
    row = SampledRead.objects.create(
        sample_id=sample(cast, team)["pk"], sequence=line.sequence, why=Chosen.CHANCE
    )
    return {"read": row.pk}


OWN_READS: dict[str, Maker] = {
    "of an only head": lambda cast, who: heads_own(cast, NORTH, FOUNDERS[NORTH]),
    "of one head of two": lambda cast, who: heads_own(cast, SOUTH, "reception_head"),
    "not there": lambda cast, who: {"read": GONE},
}

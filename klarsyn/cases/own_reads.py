"""A head's own readings, where no other head could look through them: the data protection officer does.

The officer learns who read, when and how it was chosen, and neither the reason nor anything of the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from klarsyn.base.models import AuditEvent
from klarsyn.cases import policy
from klarsyn.cases.models import Chosen, SampledRead, Verdict
from klarsyn.people.log_lines import names_by_pseudonym
from klarsyn.people.log_words import act_of
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.people.queries import list_people


@dataclass(frozen=True, slots=True)
class OwnRead:
    """One reading as the officer sees it; `answered_on` is the day of the officer's own answer."""

    id: int
    team: str
    month: date
    at: datetime
    who: str
    act: str | Promise
    why: Chosen
    verdict: Verdict
    answered_on: date | None


def heads_of(team: Team) -> frozenset[str]:
    """The pseudonyms of those who look through the team's readings."""
    return frozenset(user.pseudonym for user in list_people(Permission.READS_SIGN_OFF, team))


def is_officers(read: SampledRead, by: User) -> bool:
    """Whether this person answers for the reading as an officer, since no head could."""
    reader = AuditEvent.objects.get(sequence=read.sequence).actor
    mine = policy.goes_to_officer(reader, heads_of(read.sample.team)) and reader != by.pseudonym
    return mine and by.may(Permission.READS_OF_HEADS)


def list_own_reads(by: User) -> Sequence[OwnRead]:
    """What waits for the officer, and what this officer has answered; the newest month first."""
    rows = SampledRead.objects.select_related("sample__team").order_by("-sample__month", "sequence")
    numbers = {row.sequence for row in rows} | {row.told_in for row in rows if row.told_in is not None}
    lines, names = AuditEvent.objects.in_bulk(list(numbers)), names_by_pseudonym()
    heads = {team: heads_of(team) for team in {row.sample.team for row in rows}}
    found = []
    for row in rows:
        line, told = lines[row.sequence], lines.get(row.told_in) if row.told_in is not None else None
        waits = row.verdict == Verdict.UNSEEN and policy.goes_to_officer(line.actor, heads[row.sample.team])
        if (waits and line.actor != by.pseudonym) or (told is not None and told.actor == by.pseudonym):
            found.append(_shown(row, line, names.get(line.actor, line.actor)))
    return found


def _shown(row: SampledRead, line: AuditEvent, who: str) -> OwnRead:
    at, act = datetime.fromisoformat(line.at), act_of(line.action)
    return OwnRead(
        row.pk, row.sample.team.name, row.sample.month, at, who, act,
        Chosen(row.why), Verdict(row.verdict), row.answered_on,
    )  # fmt: skip

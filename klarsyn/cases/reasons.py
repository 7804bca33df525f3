"""Why somebody reads: sealed to the team, to the heads who look through the readings, and to the auditor."""

from __future__ import annotations

from klarsyn.base.audit.details import open_detail
from klarsyn.base.audit.recording import Detail
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import Unopenable
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User, UserKey
from klarsyn.people.permissions import Permission
from klarsyn.people.queries import list_people


def sealed_reason(team: Team, text: str) -> Detail:
    """The reason with its readers. A head appointed later cannot open what was written before."""
    heads = {user.pk: user.pseudonym for user in list_people(Permission.READS_SIGN_OFF, team)}
    keys = UserKey.objects.filter(user_id__in=heads).values_list("user_id", "public")
    readers = {heads[pk]: bytes(public) for pk, public in keys}
    return Detail(text, {team.kind: bytes(teams.active(team).public), **readers})


def open_reason(line: AuditEvent, team: Team, user: User, keys: Unlocked) -> str | None:
    """The reason of a line of this team, for one of its heads or members; None for everybody else."""
    found = open_detail(line, user.pseudonym, keys.pair)
    if found is not None:
        return found
    try:
        pairs = teams.open_teams(keys).get(team.pk, {})
    except Unopenable:
        return None
    opened = (open_detail(line, team.kind, pair) for _epoch, pair in sorted(pairs.items(), reverse=True))
    return next((text for text in opened if text is not None), None)


def check_written(reason: str, sentence: str) -> str:
    """The reason without spaces round it. Raises Refused with the sentence when there is none."""
    if not reason.strip():
        raise Refused(sentence)
    return reason.strip()

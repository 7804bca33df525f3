"""Seals what a draining epoch holds to the active one, two hundred keys at a time."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from klarsyn.base.vault import KeyPair
from klarsyn.cases.models import Case, KeyWrap
from klarsyn.cases.sealing import list_key, open_case_key, open_summary, seal_case_key, seal_summary
from klarsyn.people.models import TeamEpoch

BATCH: Final = 200
_FIRST: Final = str(UUID(int=0))


def reseal(old: TeamEpoch, old_pair: KeyPair, new: TeamEpoch, new_pair: KeyPair, cursor: str) -> str:
    """One batch after `cursor` (the id of the last case done); the next cursor, "" when nothing is left.

    In the caller's transaction, with the cursor: broken off anywhere, no case is half done.
    """
    team = old.team_id
    after = UUID(cursor or _FIRST)
    held = Case.objects.filter(team_id=team, id__gt=after).filter(keys__epoch=old.epoch).distinct()
    cases = list(held.order_by("id").prefetch_related("keys")[:BATCH])
    if not cases:
        return ""
    before = list_key(old_pair, team)
    for case in cases:
        if case.summary_epoch == old.epoch:
            text = open_summary(case, before)
            case.summary_epoch = new.epoch
            case.summary = seal_summary(case, new_pair, text)
    wraps = [wrap for case in cases for wrap in case.keys.all() if wrap.epoch == old.epoch]
    for wrap in wraps:
        key = open_case_key(wrap, team, old_pair)
        wrap.epoch = new.epoch
        wrap.sealed = seal_case_key(wrap, team, bytes(new.public), key)
    Case.objects.bulk_update(cases, ["summary", "summary_epoch"])
    KeyWrap.objects.bulk_update(wraps, ["epoch", "sealed"])
    return str(cases[-1].id)

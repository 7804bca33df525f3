"""Seals the threads of a draining epoch to the active one, two hundred at a time; messages stay."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from klarsyn.base import rows
from klarsyn.base.vault import KeyPair
from klarsyn.contact.models import Thread
from klarsyn.contact.sealing import open_for_team, seal_for_team
from klarsyn.people.models import TeamEpoch

BATCH: Final = 200
_FIRST: Final = str(UUID(int=0))


def reseal(old: TeamEpoch, old_pair: KeyPair, new: TeamEpoch, new_pair: KeyPair, cursor: str) -> str:
    """One batch after `cursor` (the id of the last thread done); the next cursor, "" when nothing is left.

    In the caller's transaction, with the cursor: broken off anywhere, no thread is half done.
    """
    with rows.of_teams([old.team_id]):
        found = Thread.objects.filter(team_id=old.team_id, epoch=old.epoch, pk__gt=cursor or _FIRST)
        threads = list(found.select_for_update().order_by("pk")[:BATCH])
        for thread in threads:
            key = open_for_team(thread, old_pair)
            thread.epoch = new.epoch
            thread.for_team = seal_for_team(thread, bytes(new.public), key)
            thread.save(update_fields=["epoch", "for_team"])
    return str(threads[-1].pk) if threads else ""


def still_sealed(old: TeamEpoch) -> tuple[int, int]:
    """(threads still sealed to the old epoch, threads of the team)."""
    with rows.of_teams([old.team_id]):
        every = Thread.objects.filter(team_id=old.team_id)
        return every.filter(epoch=old.epoch).count(), every.count()

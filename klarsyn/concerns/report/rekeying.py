"""Seals the reports of a draining epoch to the active one, two hundred at a time; texts and acts stay."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from klarsyn.base import rows
from klarsyn.base.vault import KeyPair
from klarsyn.concerns.models import ConcernReport
from klarsyn.concerns.report.sealing import open_for_team, seal_for_team
from klarsyn.people.models import TeamEpoch

BATCH: Final = 200
_FIRST: Final = str(UUID(int=0))


def reseal(old: TeamEpoch, old_pair: KeyPair, new: TeamEpoch, new_pair: KeyPair, cursor: str) -> str:
    """One batch after `cursor` (the id of the last report done); the next cursor, "" when nothing is left.

    In the caller's transaction, with the cursor: broken off anywhere, no report is half done.
    """
    with rows.of_teams([old.team_id]):
        found = ConcernReport.objects.filter(team_id=old.team_id, epoch=old.epoch, pk__gt=cursor or _FIRST)
        reports = list(found.select_for_update().order_by("pk")[:BATCH])
        for report in reports:
            key = None if report.is_erased else open_for_team(report, old_pair)
            report.epoch = new.epoch
            if key:
                report.for_team = seal_for_team(report, bytes(new.public), key)
            report.save(update_fields=["epoch", "for_team"])
    return str(reports[-1].pk) if reports else ""


def still_sealed(old: TeamEpoch) -> tuple[int, int]:
    """(reports still sealed to the old epoch, reports of the team)."""
    with rows.of_teams([old.team_id]):
        every = ConcernReport.objects.filter(team_id=old.team_id)
        return every.filter(epoch=old.epoch).count(), every.count()

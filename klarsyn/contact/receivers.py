"""What the public side may know of the staff: which team a reception has, its public key, and the pepper."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from klarsyn.base.codes import keyed
from klarsyn.base.vault.pepper import Peppers
from klarsyn.people.keys import pepper_file
from klarsyn.people.models import TeamEpoch

__all__ = ["Receiver", "hold_still", "keyed", "peppers", "receiver"]


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom a visitor writes to: everything here may be public."""

    team: UUID
    kind: str
    epoch: int
    public: bytes


def receiver(kind: str) -> Receiver | None:
    """The team of the municipality's reception of that kind, by its living epoch; None without one."""
    of_reception = {"team__reception__kind": kind, "team__reception__host_code": settings.MUNICIPALITY}
    found = TeamEpoch.objects.filter(state=TeamEpoch.State.ACTIVE, **of_reception).select_related("team")
    epoch = found.first()
    return Receiver(epoch.team_id, epoch.team.kind, epoch.epoch, bytes(epoch.public)) if epoch else None


def hold_still(to: Receiver) -> Receiver:
    """The team's living epoch, locked until the caller's transaction ends: what is sealed to it stays."""
    held = TeamEpoch.objects.select_for_update().filter(state=TeamEpoch.State.ACTIVE)
    epoch = held.get(team_id=to.team)
    return Receiver(to.team, to.kind, epoch.epoch, bytes(epoch.public))


def peppers() -> Peppers:
    """The installation's pepper. Raises NotReady."""
    return pepper_file.peppers()

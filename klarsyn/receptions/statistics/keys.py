"""The pair of keys that a team's records of one year are sealed to: anyone may seal, a member opens."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.utils.translation import gettext as _

from klarsyn.base import rows
from klarsyn.base.errors import Refused
from klarsyn.base.vault import Context, KeyPair, Opener, Sealer, Unopenable, open_with, seal_to
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, TeamEpoch
from klarsyn.receptions.models import CountedYear, StatisticalRecord, StatisticsKey


def for_writing(team: Team, year: int) -> StatisticsKey:
    """The team's key of the year, made when it is first asked for. In the caller's transaction and rows.

    Needs no member: the secret half is made here, sealed to the team and forgotten. Refused for a year whose
    key was destroyed when it had been counted: another would count as the whole year.
    """
    found = StatisticsKey.objects.filter(team=team, year=year).first()
    if found is not None:
        return found
    if CountedYear.objects.filter(team=team, year=year).exists():
        raise Refused(_("Årets statistiknyckel är förstörd: det som är räknat står fast. Inget är sparat."))
    epoch, pair = teams.active_for_writing(team), KeyPair.new()
    made = StatisticsKey(id=uuid.uuid4(), team=team, year=year, public=pair.public, epoch=epoch.epoch)
    made.sealed = seal_to(bytes(epoch.public), pair.seed, _of_key(made))
    made.save(force_insert=True)
    return made


def is_open(team: Team, year: int) -> bool:
    """Whether the year has a key that still stands. In the caller's rows."""
    return StatisticsKey.objects.filter(team=team, year=year).exists()


def opened(key: StatisticsKey, keys: Unlocked) -> KeyPair:
    """Its secret half, for a member. Raises Unopenable, also when the open half was put there by another."""
    epoch = TeamEpoch.objects.get(team=key.team_id, epoch=key.epoch)
    pair = KeyPair(open_with(teams.open_epoch(epoch, keys), bytes(key.sealed), _of_key(key)))
    if pair.public != bytes(key.public):
        raise Unopenable
    return pair


def place_of(record: StatisticalRecord, key: StatisticsKey) -> Context:
    """Where a record stands: this row, this year, this team."""
    place = ("receptions_statisticalrecord", "sealed")
    return Context(settings.INSTANCE, str(key.team_id), *place, record.id, key.id, key.year, "statistics")


def reseal(old: TeamEpoch, old_pair: KeyPair, new: TeamEpoch, new_pair: KeyPair, _cursor: str) -> str:
    """What a draining epoch holds, sealed to the active one; a key a year, so one batch is all."""
    opener, sealer = Opener(old_pair), Sealer(bytes(new.public))
    with rows.of_teams([old.team_id]):
        for key in StatisticsKey.objects.filter(team=old.team_id, epoch=old.epoch):
            seed = opener.open(bytes(key.sealed), _of_key(key))
            key.epoch = new.epoch
            key.sealed = sealer.seal(seed, _of_key(key))
            key.save(update_fields=["epoch", "sealed"])
    return ""


def still_sealed(old: TeamEpoch) -> tuple[int, int]:
    """(keys still sealed to the old epoch, keys of the team)."""
    with rows.of_teams([old.team_id]):
        every = StatisticsKey.objects.filter(team=old.team_id)
        return every.filter(epoch=old.epoch).count(), every.count()


def _of_key(key: StatisticsKey) -> Context:
    place = ("receptions_statisticskey", "sealed")
    return Context(
        settings.INSTANCE, str(key.team_id), *place, key.id, key.id, key.epoch, f"statistics {key.year}"
    )

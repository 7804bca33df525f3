"""Tell of a person's year, and count a year. Each leaves its line in the log; neither names a person."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base import rows
from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.vault import Key, Opener, Sealer, Unopenable
from klarsyn.base.vault.kdf import expand
from klarsyn.base.vault.padding import pad, unpad
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.models import CountedCell, CountedYear, StatisticalRecord, StatisticsKey
from klarsyn.receptions.statistics import keys as pairs
from klarsyn.receptions.statistics.telling import PersonYear, Untellable

FIRST_YEAR = 2020


@transaction.atomic
def tell(*, team: Team, year: int, secret: Key, told: PersonYear, by: User, today: date) -> None:
    """What is known by now of a person's year; told again it takes the place of what was told before.

    `secret` is the key of the case's statistics compartment. The row's id is derived from it, so that a
    correction finds the row and nobody without the case's key does; erase the case, and nobody ever will.
    Refused for a year to come, and for whoever does not write in the team's cases.
    """
    if not by.may_in_team(Permission.CASE_WRITE, team):
        raise Refused(_("Bara mottagningens egna för dess statistik. Inget är sparat."))
    _check_year(year, today)
    with rows.of_teams([team.pk]):
        key = pairs.for_writing(team, year)
        row = StatisticalRecord(id=row_id(secret, team, year), key=key)
        row.sealed = sealed(row, key, told)
        StatisticalRecord.objects.update_or_create(id=row.id, defaults={"key": key, "sealed": row.sealed})
    record(action="statistics.tell", by=by.pseudonym, object=str(year), team=team.kind)


@transaction.atomic
def count_year(*, team: Team, year: int, by: User, keys: Unlocked, today: date) -> CountedYear:
    """Open what was told of a year and keep the counts; the newest counting is the one that holds.

    Refused for whoever is no member, when nothing was told, and when a record does not open: then somebody
    has been at the rows, and a count without it would hide that.
    """
    if not by.may_in_team(Permission.STATISTICS_COUNT, team):
        raise Refused(_("Bara mottagningens egna räknar dess år. Inget är ändrat."))
    with rows.of_teams([team.pk]):
        key = StatisticsKey.objects.filter(team=team, year=year).first()
        if key is None:
            raise Refused(_("Det finns inget fört för %(year)d att räkna. Inget är ändrat.") % {"year": year})
        told = _told(key, keys)
    summed: Counter[tuple[str, str]] = Counter()
    for person in told:
        for measure, cell, number in person.cells():
            summed[measure, cell] += number
    made = CountedYear.objects.create(
        team=team, year=year, records=len(told), counted_on=today, counted_by=by
    )
    CountedCell.objects.bulk_create(
        CountedCell(counted=made, measure=measure, categories=cell, number=number)
        for (measure, cell), number in sorted(summed.items())
    )
    record(action="statistics.count", by=by.pseudonym, object=str(year), team=team.kind)
    return made


def row_id(secret: Key, team: Team, year: int) -> uuid.UUID:
    """The id of a person's row in a year: another in each, and none without the case's own key."""
    salt = team.pk.bytes + year.to_bytes(4, "big")
    return uuid.UUID(bytes=expand(secret.raw, salt, b"klarsyn-1 statistical record", 16), version=4)


def sealed(row: StatisticalRecord, key: StatisticsKey, told: PersonYear) -> bytes:
    """What is told, padded and sealed to the year's key for its row."""
    return Sealer(bytes(key.public)).seal(pad(told.to_bytes()), pairs.place_of(row, key))


def _told(key: StatisticsKey, keys: Unlocked) -> list[PersonYear]:
    try:
        opener = Opener(pairs.opened(key, keys))
        return [
            PersonYear.from_bytes(unpad(opener.open(bytes(row.sealed), pairs.place_of(row, key))))
            for row in key.records.order_by("pk")
        ]
    except (Unopenable, Untellable):
        raise Refused(
            _(
                "Årets statistik går inte att öppna med din nyckel, eller har ändrats av någon annan. "
                "Inget är räknat. Har du mottagningens nyckel, så säg till dataskyddsombudet."
            )
        ) from None


def _check_year(year: int, today: date) -> None:
    if not FIRST_YEAR <= year <= today.year:
        raise Refused(_("Statistik förs för år som har börjat. Inget är sparat."))

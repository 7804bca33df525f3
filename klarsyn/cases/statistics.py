"""What a case adds to its reception's statistics, told by the counsellor who has it open."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from klarsyn.base.vault import Opener
from klarsyn.cases import queries, rows
from klarsyn.cases.entries import Entry
from klarsyn.cases.holding import check_seal, living, may_write, pair, pairs
from klarsyn.cases.models import BUNDLE_OF, Compartment
from klarsyn.cases.sealing import open_keys
from klarsyn.cases.year_told import year_of
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User
from klarsyn.receptions.statistics import actions as statistics
from klarsyn.receptions.statistics.keys import is_open
from klarsyn.receptions.statistics.telling import PersonYear

# What the year is read off: a case is told anew whenever one of these becomes part of its journal. One that
# nobody opened, closed or followed up in the year is there by its contacts and its support.
TOLD: Final = frozenset({"intake_mika", "intake_kast", "note", "intervention", "follow_up"})


def tell(user: User, keys: Unlocked | None, id: UUID, *, of: Entry | None = None) -> None:
    """What the case says of this year, told anew; whoever opens, closes, follows up or writes in it calls it.

    `of`: the entry that became part of the journal. One that the year is not read off tells nothing; one of
    last year tells last year's too, while its key stands. Nothing of the case is shown to anybody. In the
    caller's transaction. Raises as `tell_year`.
    """
    if of is not None and of.kind not in TOLD:
        return
    today = timezone.localdate()
    with rows.of_teams(user.team_ids):
        case = living(user, id)
        shown = queries.shown(case, pairs(user, keys, case.team), frozenset({Compartment.NOTES}))
        years = {today.year}
        if of is not None and of.event_day.year == today.year - 1 and is_open(case.team, today.year - 1):
            years.add(today.year - 1)
    for year in sorted(years):
        tell_year(user, keys, id, year=year, told=year_of(shown, year, today))


def tell_year(user: User, keys: Unlocked | None, id: UUID, *, year: int, told: PersonYear) -> None:
    """What is known by now of the case's year, in bands; told again it takes the earlier one's place.

    Raises Http404 for whoever
    does not write in the case or holds no key of its team, Refused for a year to come.
    """
    with rows.of_teams(user.team_ids):
        case = living(user, id)
        if not may_write(user, case.team):
            raise Http404
        check_seal(user, case)
        hers = pair(user, keys, case.team)
        wrap = case.keys.get(bundle=BUNDLE_OF[Compartment.STATISTICS])
        epoch = teams.open_epoch(case.team.epochs.get(epoch=wrap.epoch), hers)
        secret = open_keys(wrap, case.team_id, Opener(epoch))[Compartment.STATISTICS]
        statistics.tell(
            team=case.team, year=year, secret=secret, told=told, by=user, today=timezone.localdate()
        )

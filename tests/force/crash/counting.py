"""Every write of what a reception counts, as `deeds` has the others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from klarsyn.cases.statistics import tell_year
from klarsyn.people.models import User
from klarsyn.receptions import actions as receptions
from klarsyn.receptions.models import Reception, StatisticsKey, Tally
from klarsyn.receptions.statistics import actions as statistics
from klarsyn.receptions.statistics import destroying
from klarsyn.receptions.statistics.telling import PersonYear
from tests.force.crash.deeds import Ack
from tests.force.crash.world import World


def count(w: World, ack: Ack) -> None:
    receptions.count(**_month(w), what="visit", kind="booked", number=3, by=User.objects.get(username="alva"))
    ack("line", "tally.enter")


def enter_sheet(w: World, ack: Ack) -> None:
    cells = {("women", "18-24", "attempted"): 4, ("women", "18-24", "reached"): 2}
    by = User.objects.get(username="alva")
    receptions.enter_sheet(**_month(w), kind="street", sheet="123456", cells=cells, during_event=False, by=by)
    ack("sheet", "123456")


def take_tally_back(w: World, ack: Ack) -> None:
    tally, by = Tally.objects.get(), User.objects.get(username="alva")
    receptions.take_back(tally=tally, by=by, today=timezone.localdate())
    ack("line", "tally.take_back")


def _month(w: World) -> dict[str, Any]:
    today = timezone.localdate()
    reception, _new = Reception.objects.get_or_create(kind="mika", host_code="0680", team=w.mika)
    return {"reception": reception, "year": today.year, "month": today.month, "today": today}


TOLD = PersonYear(standing="new", gender="women", age="18-24", residence="home", way_in="self")


def tell(w: World, ack: Ack) -> None:
    year, alva = timezone.localdate().year, User.objects.get(username="alva")
    tell_year(alva, w.keys["alva"], w.cases[0].id, year=year, told=TOLD)
    ack("told", str(year))


def destroy_key(w: World, ack: Ack) -> None:
    today, greta = timezone.localdate(), User.objects.get(username="greta")
    destroying.destroy_key(team=w.mika, year=today.year - 1, by=greta, today=today)
    ack("line", "statistics.destroy")


def destroy_again(w: World, ack: Ack) -> None:
    key = StatisticsKey.objects.first()  # none when the deed is done again
    destroying.destroy_again(str(key.pk if key else UUID(int=0)))
    ack("line", "statistics.destroy_again")


def count_last_year(w: World) -> None:
    today, alva = timezone.localdate(), User.objects.get(username="alva")
    tell_year(alva, w.keys["alva"], w.cases[0].id, year=today.year - 1, told=TOLD)
    statistics.count_year(team=w.mika, year=today.year - 1, by=alva, keys=w.keys["alva"], today=today)


def count_year(w: World, ack: Ack) -> None:
    today, alva = timezone.localdate(), User.objects.get(username="alva")
    statistics.count_year(team=w.mika, year=today.year, by=alva, keys=w.keys["alva"], today=today)
    ack("line", "statistics.count")

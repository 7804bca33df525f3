"""Every write of a survey of attitudes, as `deeds` has the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from klarsyn.people import actions as people
from klarsyn.people.models import User
from klarsyn.training.attitudes import actions, ending
from klarsyn.training.attitudes.items import every
from klarsyn.training.models import AttitudeAnswer, AttitudeCount, AttitudeSurvey
from tests.force.crash.deeds import Ack
from tests.force.crash.world import World

DAY = date(2026, 1, 1)


def training(w: World) -> None:
    people.give_role(user=w.users["nora"], role="trainer")


def _nora() -> User:
    return User.objects.get(username="nora")


def make_survey(w: World, ack: Ack) -> None:
    items = next(iter(every().values()))
    actions.make_survey(name="Prov", items=items, by=_nora(), today=DAY)
    ack("line", "attitude.make")


def made(w: World) -> None:
    training(w)
    make_survey(w, lambda _what, _which: None)


def answer(w: World, ack: Ack) -> None:
    survey = AttitudeSurvey.objects.get()
    actions.answer(survey=survey, stage=survey.stage, typed_code="AABB11C", answers={"anyone": 5}, today=DAY)
    ack("survey answer", survey.stage)


def answered(w: World) -> None:
    """Asked and answered before and after; the last time waits to be closed."""
    made(w)
    for stage in ("before", "after"):
        answer(w, lambda _what, _which: None)
        actions.move_on(survey=AttitudeSurvey.objects.get(), stage=stage, by=_nora(), today=DAY)
    answer(w, lambda _what, _which: None)


def close(w: World, ack: Ack) -> None:
    actions.move_on(survey=AttitudeSurvey.objects.get(), stage="later", by=_nora(), today=DAY)
    ack("line", "attitude.close")


def close_forgotten(_w: World, ack: Ack) -> None:
    ending.close_forgotten(date(2030, 1, 1))
    ack("line", "attitude.close")


STANDS = {
    "survey answer": lambda which: AttitudeAnswer.objects.filter(stage=which).count() == 1,
}


def wrong(_world: World) -> Iterator[str]:
    """Answers and no counts while it is open, counts and no answers when it is closed."""
    for survey in AttitudeSurvey.objects.all():
        answers, counts = (
            kind.objects.filter(survey=survey).exists() for kind in (AttitudeAnswer, AttitudeCount)
        )
        if survey.stage == "closed" and (answers or not counts):
            yield "a survey closed by half"
        if survey.stage != "closed" and counts:
            yield "counts of an open survey"

"""An invented survey of the demonstration: answered at all three times, and one that waits for its first."""

from __future__ import annotations

import random
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.receptions.demo_year import YEAR
from klarsyn.training.attitudes import actions
from klarsyn.training.attitudes.items import ATTITUDE, FALSE, STEPS, TRUE, UNSURE, Items, every
from klarsyn.training.models import AttitudeSurvey

NAME: Final = "Påhittad kurs: socialtjänst"
WAITING: Final = "Påhittad kurs: skola"
_PEOPLE: Final = {"before": range(46), "after": range(42), "later": range(29)}
_NEARER: Final = {"before": 0.0, "after": 0.6, "later": 0.4}  # steps that an answer moves on average


@transaction.atomic
def ensure_demo_attitudes() -> None:
    """Both surveys, once. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittade mätningar finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    trainer = User.objects.filter(is_demo=True, username="cilla").first()
    if trainer is None or AttitudeSurvey.objects.filter(name=NAME).exists():
        return
    items, began, closed = next(iter(every().values())), date(YEAR, 9, 2), date(YEAR, 12, 9)
    today = timezone.localdate()
    actions.make_survey(name=WAITING, items=items, by=trainer, today=today, is_invented=True)
    survey = actions.make_survey(name=NAME, items=items, by=trainer, today=began, is_invented=True)
    for stage, people in _PEOPLE.items():
        for person in people:
            _answer(survey, stage, person, items, began)
        actions.move_on(survey=survey, stage=stage, by=trainer, today=closed)


def _answer(survey: AttitudeSurvey, stage: str, person: int, items: Items, day: date) -> None:
    """The same person leans the same way each time; nobody stands behind it."""
    leaning = random.Random(person)  # noqa: S311  invented answers, the same each time
    chance = random.Random(f"{person} {stage}")  # noqa: S311
    given = {}
    for item in items.items:
        base = leaning.gauss(3.1, 0.9) + _NEARER[stage] + chance.gauss(0, 0.7)
        score = min(STEPS, max(1, round(base)))
        if item.kind == ATTITUDE:
            given[item.id] = STEPS + 1 - score if item.is_reversed else score
        else:
            right, wrong = (TRUE, FALSE) if item.right else (FALSE, TRUE)
            given[item.id] = right if score > 2 else chance.choice((wrong, UNSURE))
    typed = f"AB{person:02}"
    actions.answer(survey=survey, stage=stage, typed_code=f"{typed}XY1", answers=given, today=day)

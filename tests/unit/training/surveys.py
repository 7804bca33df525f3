"""A survey with as many answers as a test asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from klarsyn.people.models import User
from klarsyn.training.attitudes import actions
from klarsyn.training.attitudes.items import Items, find
from klarsyn.training.models import AttitudeSurvey
from tests.people import person

DAY = date(2026, 3, 17)


def basics() -> Items:
    found = find("basics", "1")
    assert found
    return found


def trainer() -> User:
    return person("cilla")


def survey(name: str = "Provkurs") -> AttitudeSurvey:
    return actions.make_survey(name=name, items=basics(), by=trainer(), today=DAY)


def code(n: int) -> str:
    return f"AABB{n:02}C"


def answered(one: AttitudeSurvey, stage: str, people: range, given: Mapping[str, int] | None = None) -> None:
    """Everybody the same, unless told otherwise: step 2 before, step 4 later, and nothing known before."""
    for n in people:
        step = 2 if stage == "before" else 4
        answers = given or {
            i.id: (6 - step if i.is_reversed else step) if i.kind == "attitude"
            else (1 - int(i.right) if stage == "before" and n % 2 else int(i.right))
            for i in basics().items
        }  # fmt: skip
        actions.answer(survey=one, stage=stage, typed_code=code(n), answers=answers, today=DAY)


def on(one: AttitudeSurvey, stage: str) -> AttitudeSurvey:
    return actions.move_on(survey=one, stage=stage, by=trainer(), today=DAY)

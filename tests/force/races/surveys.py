"""Many who answer one survey at once, and a trainer who closes it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from klarsyn.base.errors import Refused
from klarsyn.people import actions as people
from klarsyn.people.models import User
from klarsyn.training.attitudes import actions
from klarsyn.training.attitudes.items import every
from klarsyn.training.models import AttitudeAnswer, AttitudeCount, AttitudeSurvey
from tests.force.crash import world

DAY = date(2026, 1, 1)
Together = Callable[..., list[object]]
GIVEN = {"anyone": 5}


class Surveys:
    """Nora is a trainer; who answers is nobody."""

    def __init__(self, made: world.World, at_once: Together) -> None:
        people.give_role(user=made.users["nora"], role="trainer")
        self.nora, self.at_once = User.objects.get(username="nora"), at_once

    def same_code(self) -> str:
        """Four send the same code: one answer is kept, the other three are told."""
        survey = self._survey()
        seen = self.at_once(*[self._answer(survey, "before", "AABB11C")] * 4)
        told = [one for one in seen if isinstance(one, actions.Answered)]
        is_one = AttitudeAnswer.objects.filter(survey=survey).count() == 1 and seen.count(None) == 1
        return "one kept" if is_one and len(told) == 3 else f"{seen}"

    def close_while_answering(self) -> str:
        """The last answer is counted, or refused; never taken and lost."""
        survey = self._survey()
        for stage in ("before", "after"):
            self._answer(survey, stage, "AABB11C")()
            self._move(survey, stage)()
        seen = self.at_once(self._answer(survey, "later", "AABB11C"), self._move(survey, "later"))
        refused = sum(isinstance(one, Refused) for one in seen)
        counted = AttitudeCount.objects.filter(
            survey=survey, stage="later", item="everyone", before=0, after=0
        )
        left = AttitudeAnswer.objects.filter(survey=survey).exists()
        return "none lost" if counted.count() + refused == 1 and not left else f"{seen} {refused} {left}"

    def two_trainers(self) -> str:
        """Both press the button: the survey goes on once."""
        survey = self._survey()
        seen = self.at_once(*[self._move(survey, "before")] * 2)
        survey.refresh_from_db()
        return (
            "one won"
            if survey.stage == "after" and sum(isinstance(o, Refused) for o in seen) == 1
            else f"{seen}"
        )

    def _survey(self) -> AttitudeSurvey:
        items = next(iter(every().values()))
        return actions.make_survey(name="Prov", items=items, by=self.nora, today=DAY)

    def _answer(self, survey: AttitudeSurvey, stage: str, code: str) -> Callable[[], None]:
        return lambda: actions.answer(survey=survey, stage=stage, typed_code=code, answers=GIVEN, today=DAY)

    def _move(self, survey: AttitudeSurvey, stage: str) -> Callable[[], object]:
        return lambda: actions.move_on(survey=survey, stage=stage, by=self.nora, today=DAY)

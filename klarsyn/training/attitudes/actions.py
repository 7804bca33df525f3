"""Make a survey, take an answer, go on to the next time; closing leaves counts alone."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.training.attitudes import code, tables
from klarsyn.training.attitudes.items import Items, find
from klarsyn.training.attitudes.limits import limit
from klarsyn.training.models import AttitudeAnswer, AttitudeCount, AttitudeSurvey

Stage = AttitudeSurvey.Stage
NEXT: Final = {Stage.BEFORE: Stage.AFTER, Stage.AFTER: Stage.LATER, Stage.LATER: Stage.CLOSED}
LINK_BYTES: Final = 9


class Answered(Refused):
    """The code has answered at this time already: the same person twice, or two with the same code."""


class NotAsked(Refused):
    """The survey has gone on to another time since the form was opened, or is closed."""


@transaction.atomic
def make_survey(
    *, name: str, items: Items, by: User, today: date, is_invented: bool = False
) -> AttitudeSurvey:
    """A survey that asks what it was before. Its link is made here and stays the same all three times."""
    _check_may(by)
    made = AttitudeSurvey.objects.create(
        name=name.strip(), link=secrets.token_urlsafe(LINK_BYTES), items=items.key, version=items.version,
        fingerprint=items.fingerprint, pepper_generation=code.current_generation(), made_by=by, made_on=today,
        is_invented=is_invented,
    )  # fmt: skip
    record(action="attitude.make", by=by.pseudonym, object=f"survey-{made.pk}")
    return made


@transaction.atomic
def answer(
    *, survey: AttitudeSurvey, stage: str, typed_code: str, answers: Mapping[str, int], today: date
) -> None:
    """Keep an answer at the time that is asked for. No line in the log: it would say when somebody answered.

    Raises Answered, NotAsked, Refused: the items have changed, the survey is full. Nothing is kept then.
    """
    survey = AttitudeSurvey.objects.select_for_update().get(pk=survey.pk)
    if survey.stage == Stage.CLOSED or survey.stage != stage:
        raise NotAsked(_("Mätningen har gått vidare. Ditt svar är inte sparat; visa sidan på nytt."))
    check_same(survey)
    given = AttitudeAnswer.objects.filter(survey=survey, stage=stage)
    if given.count() >= limit("answers", today):
        raise Refused(
            _("Mätningen tar inte emot fler svar. Ditt svar är inte sparat; säg det till utbildaren.")
        )
    try:
        with transaction.atomic():
            AttitudeAnswer.objects.create(
                survey=survey, stage=stage, tag=code.tag(typed_code, survey.pk, survey.pepper_generation),
                month=today.replace(day=1), fingerprint=survey.fingerprint, answers=dict(answers),
            )  # fmt: skip
    except IntegrityError:
        raise Answered(
            _(
                "Någon har redan svarat med den koden den här gången, och det svaret är kvar. Var det du är "
                "allt klart. Annars har ni råkat göra samma kod: skriv ett eget tecken i den sista rutan, "
                "kom ihåg det till nästa gång och skicka igen. Det du har fyllt i står kvar."
            )
        ) from None


@transaction.atomic
def move_on(*, survey: AttitudeSurvey, stage: str, by: User, today: date) -> AttitudeSurvey:
    """From `stage` to the next time; from the last one the survey is closed.

    Closing counts the pairs and takes every answer and every code's hash away. Refused when somebody else
    went on first, or the items are no longer those that were asked.
    """
    _check_may(by)
    survey = AttitudeSurvey.objects.select_for_update().get(pk=survey.pk)
    if survey.stage != stage or stage not in NEXT:
        raise Refused(_("Mätningen har redan gått vidare. Inget är ändrat; visa sidan på nytt."))
    survey.stage = NEXT[Stage(stage)]
    if survey.stage == Stage.CLOSED:
        AttitudeCount.objects.bulk_create(tables.counted(survey, check_same(survey)))
        AttitudeAnswer.objects.filter(survey=survey).delete()
        survey.closed_on = today
    survey.save(update_fields=["stage", "closed_on"])
    action = "attitude.close" if survey.stage == Stage.CLOSED else "attitude.move_on"
    record(action=action, by=by.pseudonym, object=f"survey-{survey.pk}")
    return survey


def check_same(survey: AttitudeSurvey) -> Items:
    """The items that the survey was made with. Refused when the file is gone, or says anything else now."""
    items = find(survey.items, survey.version)
    if items is None or items.fingerprint != survey.fingerprint:
        raise Refused(
            _(
                "Frågorna har ändrats sedan mätningen började. Svar på olika frågor jämförs aldrig, så inget "
                "sparas eller räknas: lägg tillbaka filen som den var, eller börja en ny mätning."
            )
        )
    return items


def _check_may(by: User) -> None:
    if not by.may(Permission.ATTITUDE_MEASURE):
        raise Refused(_("Du får inte göra det här."))

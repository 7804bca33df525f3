"""A survey that nobody closes closes by itself: its answers go by a rule with a date."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from klarsyn.base.audit.recording import record
from klarsyn.training.attitudes import tables
from klarsyn.training.attitudes.actions import Stage
from klarsyn.training.attitudes.items import find
from klarsyn.training.attitudes.limits import limit
from klarsyn.training.models import AttitudeAnswer, AttitudeCount, AttitudeSurvey

BY = "klarsyn"


def closes_on(survey: AttitudeSurvey, today: date) -> date:
    """The day on which it closes, whoever has not done it before."""
    return survey.made_on + timedelta(days=limit("days_open", today))


def close_forgotten(today: date) -> int:
    """Close every survey whose day has come; how many. Safe to repeat."""
    first = today - timedelta(days=limit("days_open", today))
    due = AttitudeSurvey.objects.filter(made_on__lte=first).exclude(stage=Stage.CLOSED)
    return sum(close_by_rule(pk, today) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def close_by_rule(pk: int, today: date) -> bool:
    """Count the times that were asked for and take every answer away; False when it was closed meanwhile.

    A time that was never reached has no counts: else everybody would stand as gone from it. Where the items
    are no longer those that were asked nothing can be counted, and the answers go all the same.
    """
    survey = AttitudeSurvey.objects.select_for_update().get(pk=pk)
    if survey.stage == Stage.CLOSED:
        return False
    items = find(survey.items, survey.version)
    if items is not None and items.fingerprint == survey.fingerprint:
        asked = {Stage.BEFORE: (), Stage.AFTER: (Stage.AFTER,), Stage.LATER: (Stage.AFTER, Stage.LATER)}
        AttitudeCount.objects.bulk_create(tables.counted(survey, items, asked[Stage(survey.stage)]))
    AttitudeAnswer.objects.filter(survey=survey).delete()
    survey.stage, survey.closed_on = Stage.CLOSED, today
    survey.save(update_fields=["stage", "closed_on"])
    record(action="attitude.close", by=BY, object=f"survey-{survey.pk}")
    return True

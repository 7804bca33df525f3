"""Keep a meeting's notes and what it agreed, and say what came of it. Each leaves a line in the log."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.plan.history import change, subject_of
from klarsyn.plan.models import AgreedMeasure, Measure, Meeting
from klarsyn.plan.nobody import check_names_nobody, clean
from klarsyn.plan.police.actions import check_writes


@transaction.atomic
def keep_meeting(
    *, held_on: date, group: str, attendees: str, notes: str, by: User, today: date
) -> Meeting:  # fmt: skip
    """A meeting that has been. Refused for a day to come, and for a text that points at a person."""
    check_writes(by)
    if held_on > today:
        raise Refused(_("Mötet har inte varit. Inget är sparat. Kontrollera dagen."))
    offices = "\n".join(line.strip() for line in clean(attendees).splitlines() if line.strip())
    notes = clean(notes)
    check_names_nobody(offices, notes)
    if not offices or group not in Meeting.Group.values:
        raise Refused(_("Grupp och minst en funktion behövs. Inget är sparat."))
    made = Meeting.objects.create(held_on=held_on, group=group, attendees=offices, notes=notes)
    record(action="cooperation.meet", by=by.pseudonym, object=subject_of(made))
    return made


@transaction.atomic
def agree_measure(
    *, meeting: Meeting, text: str, responsible: str, due_on: date, measure: Measure | None, by: User
) -> AgreedMeasure:
    """What the meeting agreed, the office that does it and by when; perhaps part of a measure of the plan."""
    check_writes(by)
    text, responsible = clean(text), clean(responsible)
    check_names_nobody(text, responsible)
    if due_on < meeting.held_on:
        raise Refused(_("Dagen ligger före mötet. Inget är sparat."))
    made = AgreedMeasure.objects.create(
        meeting=meeting, text=text, responsible=responsible, due_on=due_on, measure=measure
    )
    record(action="cooperation.measure", by=by.pseudonym, object=subject_of(made))
    return made


@transaction.atomic
def follow_measure(*, agreed: AgreedMeasure, done: bool, by: User, today: date) -> None:
    """It is done from today, or was not after all. Refused when it stands so already."""
    check_writes(by)
    row = AgreedMeasure.objects.select_for_update().get(pk=agreed.pk)
    if done == (row.done_on is not None):
        raise Refused(_("Det står redan så. Inget är ändrat."))
    new = today if done else None
    change(row, {"done_on": new}, by=by)
    record(action="cooperation.done", by=by.pseudonym, object=subject_of(row))

"""Enter a routine, change it, note a review, end it; each adds to its history and to the log."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan.models import Routine, RoutineEvent
from klarsyn.plan.nobody import check_names_nobody, clean
from klarsyn.plan.routines import policy
from klarsyn.plan.routines.queries import last_review

_FIELDS: Final = ("name", "office", "every_months", "document")
_Kind = RoutineEvent.Kind


@transaction.atomic
def enter(
    *, name: str, office: str, every_months: int, document: str, reviewed_on: date | None, by: User,
    today: date, is_invented: bool = False,
) -> Routine:  # fmt: skip
    """A routine, with the day it was last looked through if it was. Raises Refused."""
    name, office, document = _checked(by, name, office, document)
    policy.check_routine(name, office, document, every_months)
    if Routine.objects.filter(name=name, ended_on=None).exists():
        raise Refused(_("Det finns redan en rutin som heter så. Inget är sparat."))
    if reviewed_on is not None:
        policy.check_reviewed(reviewed_on, None, today)
    made = Routine.objects.create(
        name=name, office=office, every_months=every_months, document=document, entered_on=today,
        is_invented=is_invented,
    )  # fmt: skip
    _told(made, _Kind.ENTERED, today, "", by, today)
    if reviewed_on is not None:
        _told(made, _Kind.REVIEWED, reviewed_on, "", by, today)
    record(action="routine.enter", by=by.pseudonym, object=f"routine-{made.pk}")
    return made


@transaction.atomic
def change(
    *, routine: Routine, name: str, office: str, every_months: int, document: str, by: User, today: date
) -> None:  # fmt: skip
    """Other words for the same routine; the history keeps what they were. Raises Refused."""
    name, office, document = _checked(by, name, office, document)
    policy.check_routine(name, office, document, every_months)
    row = _held(routine)
    if Routine.objects.filter(name=name, ended_on=None).exclude(pk=row.pk).exists():
        raise Refused(_("Det finns redan en rutin som heter så. Inget är sparat."))
    new = dict(zip(_FIELDS, (name, office, every_months, document), strict=True))
    was = [f"{getattr(row, f)} → {new[f]}" for f in _FIELDS if getattr(row, f) != new[f]]
    if not was:
        raise Refused(_("Inget är annorlunda. Inget är ändrat."))
    for field in _FIELDS:
        setattr(row, field, new[field])
    row.save(update_fields=_FIELDS)
    _told(row, _Kind.CHANGED, today, "; ".join(was)[:500], by, today)
    record(action="routine.change", by=by.pseudonym, object=f"routine-{row.pk}")


@transaction.atomic
def review(*, routine: Routine, on: date, words: str, by: User, today: date) -> None:
    """It was looked through on a day. Raises Refused for a day to come or before the last one."""
    (words,) = _checked(by, words)
    row = _held(routine)
    policy.check_reviewed(on, last_review(row), today)
    _told(row, _Kind.REVIEWED, on, words, by, today)
    record(action="routine.review", by=by.pseudonym, object=f"routine-{row.pk}")


@transaction.atomic
def end(*, routine: Routine, words: str, by: User, today: date) -> None:
    """It is used no more; it stays with its history. Raises Refused without a reason."""
    (words,) = _checked(by, words)
    if not words:
        raise Refused(_("Skriv varför rutinen inte används längre. Inget är ändrat."))
    row = _held(routine)
    row.ended_on = today
    row.save(update_fields=["ended_on"])
    _told(row, _Kind.ENDED, today, words, by, today)
    record(action="routine.end", by=by.pseudonym, object=f"routine-{row.pk}")


def _held(routine: Routine) -> Routine:
    row = Routine.objects.select_for_update().get(pk=routine.pk)
    if row.ended_on is not None:
        raise Refused(_("Rutinen är avslutad. Inget är ändrat."))
    return row


def _checked(by: User, *texts: str) -> tuple[str, ...]:
    if not by.may(Permission.YEAR_CHANGE):
        raise Refused(_("Bara den som för planen ändrar bland rutinerna. Inget är ändrat."))
    kept = tuple(clean(text) for text in texts)
    check_names_nobody(*kept)
    return kept


def _told(routine: Routine, kind: str, on: date, words: str, by: User, today: date) -> None:
    RoutineEvent.objects.create(
        routine=routine, kind=kind, on=on, words=words, entered_on=today, entered_by=by,
        is_invented=routine.is_invented,
    )  # fmt: skip

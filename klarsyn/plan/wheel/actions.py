"""Set the evening, a stage's days, or that a stage is done; each adds a row and leaves a line in the log."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan.models import CouncilEvening, StageDates, StageDone
from klarsyn.plan.nobody import check_names_nobody, clean
from klarsyn.plan.stages import Stage
from klarsyn.plan.wheel import policy


@transaction.atomic
def set_evening(
    *, year: int, on: date | None, mapping_year: int, why: str, by: User, today: date,
    is_invented: bool = False,
) -> CouncilEvening:  # fmt: skip
    """The council's evening of a year; no day, and why, when there is none. Raises Refused."""
    why = _checked(by, why)[0]
    policy.check_evening(year, on, mapping_year, why)
    made = CouncilEvening.objects.create(
        year=year, on=on, mapping_year=mapping_year, why=why, entered_on=today, entered_by=by,
        is_invented=is_invented,
    )  # fmt: skip
    record(action="year.evening", by=by.pseudonym, object=f"year-{year}")
    return made


@transaction.atomic
def set_dates(
    *, year: int, stage: Stage, starts_on: date, due_on: date, responsible: str, why: str, by: User,
    today: date, is_invented: bool = False,
) -> StageDates:  # fmt: skip
    """Other days than the default's, or somebody else who answers, for one year. Raises Refused."""
    responsible, why = _checked(by, responsible, why)
    if not responsible:
        raise Refused(_("Skriv vilket kontor eller vilken roll som svarar. Inget är sparat."))
    policy.check_span(year, starts_on, due_on, why)
    made = StageDates.objects.create(
        year=year, stage=stage, starts_on=starts_on, due_on=due_on, responsible=responsible, why=why,
        entered_on=today, entered_by=by, is_invented=is_invented,
    )  # fmt: skip
    record(action="year.dates", by=by.pseudonym, object=f"year-{year}-{stage.value}")
    return made


@transaction.atomic
def say_done(
    *, year: int, stage: Stage, on: date | None, words: str, document: str, by: User, today: date,
    is_invented: bool = False,
) -> StageDone:  # fmt: skip
    """What the system does not see: done on a day, or without a day that it is not done after all."""
    words, document = _checked(by, words, document)
    policy.check_year(year)
    policy.check_done(stage, on, words, today)
    made = StageDone.objects.create(
        year=year, stage=stage, on=on, words=words, document=document, entered_on=today, entered_by=by,
        is_invented=is_invented,
    )  # fmt: skip
    record(action="year.done", by=by.pseudonym, object=f"year-{year}-{stage.value}")
    return made


def _checked(by: User, *texts: str) -> tuple[str, ...]:
    if not by.may(Permission.YEAR_CHANGE):
        raise Refused(_("Bara den som för planen ändrar i året. Inget är ändrat."))
    kept = tuple(clean(text) for text in texts)
    check_names_nobody(*kept)
    return kept

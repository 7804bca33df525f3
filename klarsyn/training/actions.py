"""What somebody who learns writes: begin, a step further, a step done, once more; and a unit's open link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.training import codes
from klarsyn.training.models import Completion, Learner, Progress, Unit
from klarsyn.training.policy import Place, valid_until
from klarsyn.training.reading.course import Course

WITHOUT_STEPS: Final = 3000  # learners of a unit who have begun nothing: more is no workplace but a machine


def learner_of(user: User) -> Learner:
    """The learner that one of the staff is, made the first time."""
    return Learner.objects.get_or_create(user=user)[0]


def begin_without_account(unit: Unit) -> tuple[Learner, str]:
    """A new learner of the unit, with the code that nobody sees again. Raises Refused."""
    waiting = Learner.objects.filter(unit=unit, user=None, steps=None)
    if unit.ended_on is not None or waiting[WITHOUT_STEPS - 1 :].exists():
        raise Refused(gettext("Länken tar inte emot fler just nu. Säg till den som gav dig den."))
    code = codes.new_code()
    return Learner.objects.create(unit=unit, code_hash=codes.hashes(codes.LEARNER, code)[0]), code


@dataclass(frozen=True, slots=True)
class Here:
    """A step of a course and who is in it; of `learner` None `make` makes one, for the first thing kept."""

    learner: Learner | None
    make: Callable[[], Learner]
    course: Course
    step: str
    today: date


def go_on(
    here: Here, move: Callable[[Place], Place | None], is_done: Callable[[Place], bool]
) -> Place | None:
    """One move in a step: `move` gives the new place, or None where nothing is to be done (sent twice).

    What it returns is written when the function returns. `is_done` tells of a place that it ends the step.
    """
    try:
        return _moved(here, move, is_done)
    except IntegrityError:  # two tabs began the step at once: the other one's row is there now
        return _moved(here, move, is_done)


def once_more(learner: Learner, course: Course) -> None:
    """The course from its first screen again; what was completed stays."""
    Progress.objects.filter(learner=learner, course=course.key).delete()


def open_link(*, unit: Unit, by: User) -> str:
    """A new open link of a unit; an older one opens nothing any more. Raises Refused for an ended unit."""
    link = codes.new_link()
    with transaction.atomic():
        held = Unit.objects.select_for_update().get(pk=unit.pk)
        if held.ended_on is not None:
            raise Refused(gettext("Enheten är avslutad. Ingen länk är öppnad."))
        held.link_hash = codes.hashes(codes.LINK, link)[0]
        held.save(update_fields=["link_hash"])
        record(action="unit.link_open", by=by.pseudonym, object=f"unit-{unit.pk}")
    return link


def close_link(*, unit: Unit, by: User) -> None:
    """The link opens nothing any more; whoever has a code goes on with it."""
    with transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(link_hash="")
        record(action="unit.link_close", by=by.pseudonym, object=f"unit-{unit.pk}")


def _moved(
    here: Here, move: Callable[[Place], Place | None], is_done: Callable[[Place], bool]
) -> Place | None:
    with transaction.atomic():
        words = {"course": here.course.key, "step": here.step}
        held = Progress.objects.select_for_update(of=("self",)).filter(learner=here.learner, **words)
        row = held.first() if here.learner else None
        place = move(tuple(row.place) if row else ())
        if place is None:
            return None
        row = row or Progress(learner=here.learner or here.make(), **words)
        row.place, row.version = list(place), here.course.version
        if is_done(place):
            row.place, row.done_at = [], row.done_at or here.today
        row.save()
        if row.done_at is not None and not row.place:
            _complete(row.learner, here.course, here.today)
    return place


def _complete(learner: Learner, course: Course, today: date) -> None:
    """A completion once every step is done; none a second time for the same steps."""
    done = Progress.objects.filter(learner=learner, course=course.key, done_at__isnull=False)
    days = dict(done.values_list("step", "done_at"))
    if any(step not in days for step in course.head.steps):
        return
    begun = min(day for day in days.values() if day is not None)
    if Completion.objects.filter(learner=learner, course=course.key, done_on__gte=begun).exists():
        return
    until = valid_until(today, course.head.valid_months)
    Completion.objects.create(
        learner=learner, course=course.key, version=course.version, done_on=today, valid_until=until
    )

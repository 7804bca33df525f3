"""The last answer of a course: the step, the course and the learner stand or fall together."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from klarsyn.people.models import User
from klarsyn.training import actions
from klarsyn.training.library import OWN, read_all
from klarsyn.training.models import Completion, Progress, Unit
from klarsyn.training.reading.course import Course
from tests.force.crash.deeds import Ack
from tests.force.crash.world import World

_KIOSK = Path(__file__).resolve().parents[2] / "courses" / "kiosk"
LAST = "check"


def _course() -> Course:
    own = Path(settings.HOME) / OWN
    shutil.copytree(_KIOSK, own / "kiosk", dirs_exist_ok=True)
    return read_all(own / "nothing", own).courses["kiosk"]


def _here(step: str) -> actions.Here:
    alva = User.objects.get(username="alva")
    learner = actions.learner_of(alva)
    return actions.Here(learner, lambda: learner, _course(), step, timezone.localdate())


def nearly_done(_w: World) -> None:
    for step in _course().head.steps:
        if step != LAST:
            actions.go_on(_here(step), lambda place: place, lambda _place: True)
    actions.go_on(_here(LAST), lambda _place: ("sign",), lambda _place: False)


def answer(_w: World, ack: Ack) -> None:
    """The last question, answered rightly; once more, should the browser send it twice."""
    actions.go_on(_here(LAST), lambda place: (*place, "first"), lambda _place: True)
    ack("answer", "kiosk")


def make_unit(_w: World) -> None:
    Unit.objects.create(name="Kiosken", kind="venue")


def open_link(_w: World, ack: Ack) -> None:
    actions.open_link(unit=Unit.objects.get(), by=User.objects.get(username="greta"))
    ack("line", "unit.link_open")


def close_link(_w: World, ack: Ack) -> None:
    actions.close_link(unit=Unit.objects.get(), by=User.objects.get(username="greta"))
    ack("line", "unit.link_close")


def wrong(_w: World) -> Iterator[str]:
    """A course all done without its completion, or half done with one."""
    done = Progress.objects.filter(course="kiosk", done_at__isnull=False).count()
    if (done == len(_course().head.steps)) is not Completion.objects.exists():
        yield f"{done} steps done, {Completion.objects.count()} completions"


STANDS = {"answer": lambda which: Completion.objects.filter(course=which).count() == 1}

"""One step of a course: a screen, a moment of a scenario, a question. POST goes on, GET is where one left."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from klarsyn.training import actions, policy
from klarsyn.training.policy import Place
from klarsyn.training.queries import Standing, standing
from klarsyn.training.reading.course import Lesson, Question, Scenario, Step
from klarsyn.training.seats import Seat
from klarsyn.training.views.shown import Shown


def step(seat: Seat, key: str, name: str) -> HttpResponse:
    """A step where one left it; POST moves on."""
    read = seat.course(key)
    at = standing(seat.learner, read, seat.language, seat.today)
    found = at.told.steps.get(name)
    if found is None:
        raise Http404
    if seat.request.method == "POST":
        return _move(seat, at, name, found)
    return _page(seat, at, name, found, at.places.get(name, ()))


def screen(seat: Seat, key: str, name: str, number: int) -> HttpResponse:
    """An earlier screen of a lesson, to read again; nothing moves."""
    at = standing(seat.learner, seat.course(key), seat.language, seat.today)
    found = at.told.steps.get(name)
    reached = _reached(at, name, found)
    if seat.request.method == "POST" or not isinstance(found, Lesson) or not 1 <= number <= reached:
        raise Http404
    place = tuple(str(n) for n in range(number - 1))
    return _page(seat, at, name, found, place, back_from=number < reached)


def _reached(at: Standing, name: str, found: Step | None) -> int:
    if not isinstance(found, Lesson):
        return 0
    return len(found.screens) if name in at.done else policy.screen(found, at.places.get(name, ())) + 1


def _move(seat: Seat, at: Standing, name: str, found: Step) -> HttpResponse:
    """What the button said, written; then on, by a redirect that a reload cannot repeat."""
    here, said = seat.to("step", at.course.key, name), seat.request.POST
    go_on = partial(actions.go_on, actions.Here(seat.learner, seat.writer, at.course, name, seat.today))
    if isinstance(found, Lesson):
        number = _number(said.get("screen", ""))
        place = go_on(partial(_read, number), lambda place: len(place) >= len(found.screens))
        return HttpResponseRedirect(
            _after(seat, at, name) if place and len(place) >= len(found.screens) else here
        )
    if isinstance(found, Scenario):
        return _play(seat, at, name, found, go_on)
    asked = next((one for one in found.questions if one.id == said.get("question")), None)
    if asked is None:
        return HttpResponseRedirect(here)
    ticked = sorted({n for n in map(_number, said.getlist("answer")) if 0 <= n < len(asked.answers)})
    if not ticked:
        return _page(seat, at, name, found, at.places.get(name, ()), asked=asked, is_empty=True)
    if policy.is_right(asked, ticked):
        go_on(partial(_answered, asked), lambda place: policy.question(found, place) is None)
    query = f"?q={asked.id}&a={'.'.join(map(str, ticked))}"
    return HttpResponseRedirect(here + query)


def _play(seat: Seat, at: Standing, name: str, found: Scenario, go_on: Any) -> HttpResponse:
    said, here = seat.request.POST, seat.to("step", at.course.key, name)
    if said.get("done"):
        is_end = bool(policy.scene(found, at.places.get(name, ())).now.end)
        if is_end or name in at.done:
            go_on(lambda place: place, lambda _place: True)
            return HttpResponseRedirect(_after(seat, at, name))
    elif said.get("again"):
        go_on(lambda _place: (), lambda _place: False)
    elif said.get("undo"):
        go_on(lambda place: place[:-1] if place else None, lambda _place: False)
    else:
        node, _, number = said.get("choice", "").rpartition(".")
        go_on(lambda place: policy.chosen(found, place, node, _number(number)), lambda _place: False)
    return HttpResponseRedirect(f"{here}#now")


def _page(
    seat: Seat,
    at: Standing,
    name: str,
    found: Step,
    place: Place,
    *,
    back_from: bool = False,
    asked: Question | None = None,
    is_empty: bool = False,
) -> HttpResponse:
    shown = Shown(seat, at, name, place)
    if isinstance(found, Lesson):
        return seat.page("lesson", shown.lesson(found, back_from=back_from))
    if isinstance(found, Scenario):
        return seat.page("scenario", shown.scenario(found))
    return seat.page("questions", shown.questions(found, asked, is_empty=is_empty), 422 if is_empty else 200)


def _read(number: int, place: Place) -> Place | None:
    """The place after screen `number`: a screen sent twice moves once."""
    return (*place, str(number)) if number == len(place) else None


def _answered(asked: Question, place: Place) -> Place | None:
    return None if asked.id in place else (*place, asked.id)


def _after(seat: Seat, at: Standing, name: str) -> str:
    """The next step that is not done, from here on; else the course's own page."""
    steps = at.course.head.steps
    left = [one for one in steps[steps.index(name) + 1 :] if one not in at.done]
    return seat.to("step", at.course.key, left[0]) if left else seat.to("course", at.course.key)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1

"""All courses, one course, and how far one has come."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from klarsyn.training import actions
from klarsyn.training.library import library
from klarsyn.training.queries import Standing, State, standing, standings
from klarsyn.training.reading.course import Course
from klarsyn.training.seats import LANGUAGE_COOKIE, Seat

ORDER = (State.GOING_ON, State.EXPIRED, State.NOT_BEGUN, State.DONE)


def mine(seat: Seat) -> HttpResponse:
    """Every course by how far one has come; what is going on stands first."""
    found = standings(seat.learner, library().values(), get_language() or "sv", seat.today)
    rows = [{"at": one, "to": seat.to("course", one.course.key)} for one in found]
    groups = [(state, [row for row in rows if _state(row["at"]) == state]) for state in ORDER]
    return seat.page("mine", {"groups": [(state, inside) for state, inside in groups if inside]})


def course(seat: Seat, key: str) -> HttpResponse:
    """A course before, between and after its steps; POST begins it once more, or chooses its language."""
    read = seat.course(key)
    if seat.request.method == "POST":
        return _chosen(seat, read)
    at = standing(seat.learner, read, seat.language, seat.today)
    steps = [
        {
            "step": at.told.steps[name],
            "to": seat.to("step", key, name),
            "is_done": name in at.done,
            "is_next": name == at.next_step,
            "is_begun": bool(at.places.get(name)),
        }
        for name in read.head.steps
    ]
    return seat.page("course", {**_about(seat, at), "steps": steps, "to_next": _next(seat, at)})


def _about(seat: Seat, at: Standing) -> dict[str, object]:
    head = at.course.head
    prints = [
        {
            "made": made,
            "to": seat.to("handout", head.key, id, code),
            "pdf": seat.to("handout_pdf", head.key, id, code),
        }
        for (id, code), made in at.course.printables.items()
    ]
    return {
        "at": at,
        "head": head,
        "prints": prints,
        "sources": list(head.sources.values()),
        "is_due": head.next_review < seat.today,
        "course_languages": head.languages if len(head.languages) > 1 else (),
    }


def _next(seat: Seat, at: Standing) -> str:
    return seat.to("step", at.course.key, at.next_step) if at.next_step else ""


def _chosen(seat: Seat, read: Course) -> HttpResponse:
    response = HttpResponseRedirect(seat.to("course", read.key))
    language = seat.request.POST.get("language", "")
    if language in read.head.languages:
        response.set_cookie(
            LANGUAGE_COOKIE, language, httponly=True, samesite="Lax", secure=seat.request.is_secure()
        )
    elif seat.request.POST.get("again") and seat.learner is not None:
        actions.once_more(seat.learner, read)
    return response


def _state(at: object) -> State:
    assert isinstance(at, Standing)
    return at.state

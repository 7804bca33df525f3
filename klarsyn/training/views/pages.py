"""All courses, one course, and how far one has come."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from klarsyn.people.access import staff
from klarsyn.training import actions
from klarsyn.training.coverage.policy import LATE, DueState
from klarsyn.training.coverage.queries import asked_of_me
from klarsyn.training.coverage.reminding import told
from klarsyn.training.library import library
from klarsyn.training.queries import Standing, State, standing, standings
from klarsyn.training.reading.course import Course
from klarsyn.training.seats import LANGUAGE_COOKIE, Seat

ASKED = "asked"  # by the unit or a role, and not done: before everything else
ORDER = (ASKED, State.GOING_ON, State.EXPIRED, State.NOT_BEGUN, State.DONE)


def mine(seat: Seat) -> HttpResponse:
    """Every course by how far one has come; what is asked of somebody stands first, with its day."""
    found = standings(seat.learner, library().values(), get_language() or "sv", seat.today)
    asked = _asked(seat)
    rows = [
        {"at": one, "to": seat.to("course", one.course.key), "asked": asked.get(one.course.key)}
        for one in found
    ]
    groups = [(group, [row for row in rows if _group(row) == group]) for group in ORDER]
    return seat.page("mine", {"groups": [(group, inside) for group, inside in groups if inside]})


def _asked(seat: Seat) -> Mapping[str, tuple[str, bool]]:
    """(what is said of it, whether it is late) by course, of those still to be done.

    Of whoever came by a link nothing is asked.
    """
    if not seat.is_desk:
        return {}
    every = asked_of_me(staff(seat.request), seat.today)
    return {
        one.course: (told(one), one.standing in LATE) for one in every if one.standing is not DueState.DONE
    }


def _group(row: Mapping[str, object]) -> str:
    at = row["at"]
    assert isinstance(at, Standing)
    return ASKED if row["asked"] else at.state


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
    # one's own language first
    every = sorted(at.course.printables.items(), key=lambda one: one[0][1] != at.told.language)
    prints = [
        {
            "made": made,
            "to": seat.to("handout", head.key, id, code),
            "pdf": seat.to("handout_pdf", head.key, id, code),
        }
        for (id, code), made in every
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

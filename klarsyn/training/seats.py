"""From where a course is read: the desk, or a unit's link with a code in a cookie. One page serves both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from klarsyn.people.access import staff, staff_required
from klarsyn.training import codes, queries
from klarsyn.training.actions import learner_of
from klarsyn.training.library import library
from klarsyn.training.models import Learner
from klarsyn.training.reading.course import Course

P = ParamSpec("P")
LANGUAGE_COOKIE: Final = "course-language"  # a course may have more languages than the site
METHODS: Final = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Seat:
    """One request of somebody who learns. `learner` is None for staff who have begun nothing yet."""

    request: HttpRequest
    learner: Learner | None
    is_desk: bool
    language: str
    today: date

    def to(self, name: str, *args: object) -> str:
        """The address of a page at this seat."""
        return reverse(f"training:{'' if self.is_desk else 'open_'}{name}", args=args)

    def course(self, key: str) -> Course:
        """A course of the library; Http404 for any other."""
        found = library().get(key)
        if found is None:
            raise Http404
        return found

    def writer(self) -> Learner:
        """Who writes: for staff made with the first thing they do."""
        return self.learner or learner_of(staff(self.request))

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """The page in its frame. `place` names this seat's addresses for the template."""
        frame = "training/_desk.html" if self.is_desk else "training/_open.html"
        start = {"frame": frame, "seat": self, "start": self.to("mine")}
        return render(self.request, f"training/{template}.html", {**start, **context}, status=status)


Page = Callable[Concatenate[Seat, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def at_desk(page: Page[P]) -> View[P]:
    """The page for one of the staff, whoever they are."""

    @require_http_methods(METHODS)
    @staff_required()
    @wraps(page)
    def view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        learner = Learner.objects.filter(user=staff(request)).first()
        return page(_seat(request, learner, is_desk=True), *args, **kwargs)

    return view


def by_link(page: Page[P]) -> View[P]:
    """The same page for whoever has a learner's code in the cookie; others are asked for it."""

    @never_cache
    @require_http_methods(METHODS)
    @wraps(page)
    def view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        learner = queries.learner_by_code(code_of(request))
        if learner is None:
            return redirect("training:open_start")
        return page(_seat(request, learner, is_desk=False), *args, **kwargs)

    return view


def code_of(request: HttpRequest) -> str:
    """The code in the cookie; "" without one."""
    return codes.read(request.COOKIES.get(settings.LEARNER_COOKIE, ""))


def keep(response: HttpResponse, code: str) -> HttpResponse:
    """The code stays with the browser until it is closed."""
    response.set_cookie(
        settings.LEARNER_COOKIE,
        code,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """The browser knows no code any more."""
    response.delete_cookie(settings.LEARNER_COOKIE, path="/", samesite="Lax")
    return response


def _seat(request: HttpRequest, learner: Learner | None, *, is_desk: bool) -> Seat:
    language = request.COOKIES.get(LANGUAGE_COOKIE, "")[:12] or get_language() or settings.LANGUAGE_CODE
    return Seat(request, learner, is_desk, language, timezone.localdate())

"""One turn of a walk: the day, an answer, a step back; both walks turn alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases.deciding.forms import DayForm, StepForm
from klarsyn.cases.deciding.memo import Cited, cite
from klarsyn.cases.deciding.reading import WALK
from klarsyn.cases.deciding.state import Held, begin, held_in, token
from klarsyn.cases.deciding.walk import Way, follow
from klarsyn.people.access import staff

BACK: Final = "back"


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a walk stands. `form` asks for the day or for an answer, and is None at the end; `held`: the day
    and the answers, None before there is a day; `token`: the same for the page's form.
    """

    held: Held | None
    way: Way
    form: Form | None
    token: str = ""

    @property
    def status(self) -> int:
        return 422 if self.form is not None and self.form.errors else 200

    @property
    def cited(self) -> list[Cited]:
        """The sections of the question that is asked."""
        if self.held is None or self.way.question is None:
            return []
        return cite(WALK, self.way.question.sections, self.held.day)

    def page(self) -> dict[str, object]:
        """What the templates of a walk are given."""
        return {
            "turn": self, "walk": WALK, "is_stale": WALK.is_stale(timezone.localdate()),
            "is_confirmed": bool(WALK.reviewed_by),
        }  # fmt: skip


def turn(request: HttpRequest, *, start: str, about: str) -> Turn:
    """The turn that the request asks for. Raises Refused for a form that is too old or of another page."""
    who = staff(request).pseudonym
    if request.method != "POST" or "held" not in request.POST:
        return _first(request, start, about)
    held = held_in(request.POST["held"], who=who, about=about)
    if request.POST.get("act") == BACK:
        if not held.path:
            return Turn(None, Way((), None), DayForm(None, timezone.localdate()))
        return _at(held.back(), start, who, about)
    way = _follow(held, start)
    if way.question is None:
        return Turn(held, way, None, token(held, who=who, about=about))
    form = StepForm(way.question, request.POST)
    if not form.is_valid():
        return Turn(held, way, form, token(held, who=who, about=about))
    return _at(held.on(form.cleaned_data["answer"]), start, who, about)


def _first(request: HttpRequest, start: str, about: str) -> Turn:
    form = DayForm(request.POST if request.method == "POST" else None, timezone.localdate())
    if not form.is_valid():
        return Turn(None, Way((), None), form)
    return _at(begin(form.cleaned_data["day"]), start, staff(request).pseudonym, about)


def _at(held: Held, start: str, who: str, about: str) -> Turn:
    way = _follow(held, start)
    form = StepForm(way.question) if way.question else None
    return Turn(held, way, form, token(held, who=who, about=about))


def _follow(held: Held, start: str) -> Way:
    try:
        return follow(WALK, start, held.path)
    except ValueError:  # the questions have changed since the page was opened
        raise Refused(_("Frågorna har ändrats sedan sidan öppnades. Inget är sparat. Börja om.")) from None

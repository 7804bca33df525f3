"""What the small forms of a page do, by the name of their button; who may is said beside each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan.models import Measure, Motion
from klarsyn.plan.motions import planning, registering, reviewing
from klarsyn.plan.motions.forms import AnswerForm, MilestoneForm, OneMilestoneForm, ReviewForm, SendForm


@dataclass(frozen=True, slots=True)
class Step:
    """A form, what it does with its fields, and the words said when it is done."""

    form: Callable[..., forms.Form]
    act: Callable[..., object]
    may: Callable[[User, Any], bool]


def _registers(by: User, _row: Motion) -> bool:
    return by.may(Permission.PLAN_REGISTER)


def _changes(by: User, _row: Measure) -> bool:
    return by.may(Permission.PLAN_CHANGE)


def _answer(motion: Motion, **words: Any) -> None:
    registering.answer(**words)


OF_MOTION: Final[Mapping[str, Step]] = {
    "send": Step(SendForm, registering.send, _registers),
    "answer": Step(AnswerForm, _answer, _registers),
}
OF_MEASURE: Final[Mapping[str, Step]] = {
    "review": Step(ReviewForm, reviewing.review, reviewing.may_review),
    "milestone": Step(MilestoneForm, planning.add_milestone, _changes),
    "strike": Step(OneMilestoneForm, planning.strike_milestone, _changes),
    "tick": Step(OneMilestoneForm, reviewing.tick, reviewing.may_tick),
}


def taken(request: HttpRequest, steps: Mapping[str, Step], **row: Any) -> tuple[str, forms.Form | None]:
    """Do what the button says; with its name the form when it was not right, None when it is done.

    Raises Http404 for whoever may not, as for what is not there; Refused for no button at all.
    """
    ((kind, held),) = row.items()
    by, name = staff(request), request.POST.get("step", "")
    allowed = {one: step for one, step in steps.items() if step.may(by, held)}
    if not allowed:
        raise Http404
    if name not in allowed:
        raise Refused(_("Välj vad som ska göras. Inget är ändrat."))
    step = allowed[name]
    form = blank(step.form, request.POST, **row)
    if not form.is_valid():
        return name, form
    try:
        step.act(**{kind: held}, **form.cleaned_data, by=by, today=timezone.localdate())
    except Refused as refused:
        form.add_error(None, str(refused))
        return name, form
    return name, None


def blank(form: Callable[..., forms.Form], *filled: Any, **row: Any) -> forms.Form:
    """The form of this row."""
    takes_row = form in (AnswerForm, ReviewForm)
    return form(*filled, **row) if takes_row else form(*filled)

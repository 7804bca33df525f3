"""What the forms of a routine's page do, by the name of their button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.plan.models import Routine
from klarsyn.plan.routines import actions
from klarsyn.plan.routines.forms import EndRoutineForm, ReviewedForm, RoutineForm

STEPS: Final[Mapping[str, tuple[type[forms.Form], Callable[..., object]]]] = {
    "review": (ReviewedForm, actions.review),
    "change": (RoutineForm, actions.change),
    "end": (EndRoutineForm, actions.end),
}


def done(posted: QueryDict, routine: Routine, *, by: User, today: date) -> tuple[str, forms.Form | None]:
    """The step of the button, and its form when it was not done. Raises Refused for no step."""
    step = posted.get("step", "")
    if step not in STEPS:
        raise Refused(_("Välj vad som ska göras. Inget är ändrat."))
    form = STEPS[step][0](posted)
    return step, None if did(form, STEPS[step][1], by=by, today=today, routine=routine) else form


def did(form: forms.Form, act: Callable[..., object], **words: object) -> bool:
    """Whether it was done; the form says why not."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data, **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True

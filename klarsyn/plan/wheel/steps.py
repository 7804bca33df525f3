"""What the forms of the year's page do, by the name of their button."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.plan.stages import Stage
from klarsyn.plan.wheel import actions
from klarsyn.plan.wheel.forms import DatesForm, DoneForm, EveningForm

FORMS: Final[Mapping[str, type[forms.Form]]] = {"evening": EveningForm, "dates": DatesForm, "done": DoneForm}
DONE: Final[Mapping[str, Promise]] = {
    "evening": gettext_lazy("Kvällen är sparad."),
    "dates": gettext_lazy("Dagarna är sparade."),
    "done": gettext_lazy("Anteckningen är sparad."),
}


def form_of(posted: QueryDict) -> tuple[str, forms.Form]:
    """The form whose button was pressed. Raises Refused for none of them."""
    step = posted.get("step", "")
    if step not in FORMS:
        raise Refused(_("Välj vad som ska göras. Inget är ändrat."))
    return step, FORMS[step](posted)


def do(step: str, form: forms.Form, *, year: int, by: User, today: date) -> bool:
    """Whether it was done; the form says why not."""
    if not form.is_valid():
        return False
    words = dict(form.cleaned_data)
    if "stage" in words:
        words["stage"] = Stage(words["stage"])
    try:
        if step == "evening":
            actions.set_evening(year=year, by=by, today=today, **words)
        elif step == "dates":
            actions.set_dates(year=year, by=by, today=today, **words)
        else:
            actions.say_done(year=year, by=by, today=today, **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True

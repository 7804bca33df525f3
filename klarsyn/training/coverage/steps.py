"""What the forms of a unit's page do, by the name of their button; who may is said beside each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.training.coverage import actions, digest
from klarsyn.training.coverage.forms import AssignForm, HeadsForm, RoleForm, SizeForm, TakeInForm, UnitForm
from klarsyn.training.models import Assignment, Learner, Unit

Act = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Step:
    """A form, and what it does with its fields, `by`, the unit and the day."""

    form: type[forms.Form]
    act: Act
    of_head: bool = True  # else of a trainer
    takes_day: bool = True


class WithdrawForm(forms.Form):
    assignment = forms.ModelChoiceField(Assignment.objects.all())


class TakeOutForm(forms.Form):
    learner = forms.ModelChoiceField(Learner.objects.filter(user__isnull=False))


class EndForm(forms.Form):
    """Nothing to fill in."""


class DigestForm(forms.Form):
    wants = forms.BooleanField(required=False)


OF_UNIT: Final[Mapping[str, Step]] = {
    "assign": Step(AssignForm, actions.assign),
    "withdraw": Step(WithdrawForm, actions.withdraw),
    "take_in": Step(TakeInForm, actions.take_in),
    "take_out": Step(TakeOutForm, actions.take_out, takes_day=False),
    "size": Step(SizeForm, actions.state_size),
    "heads": Step(HeadsForm, actions.name_heads, of_head=False, takes_day=False),
    "end": Step(EndForm, actions.end_unit, of_head=False),
}
OF_HEAD: Final[Mapping[str, Step]] = {"digest": Step(DigestForm, digest.choose)}
OF_TRAINER: Final[Mapping[str, Step]] = {
    "unit": Step(UnitForm, actions.make_unit, of_head=False, takes_day=False),
    "role": Step(RoleForm, actions.assign, of_head=False),
    "withdraw": Step(WithdrawForm, actions.withdraw, of_head=False),
}


def named(steps: Mapping[str, Step], posted: QueryDict) -> Step:
    """The step of the button that was pressed. Raises Refused for none of them."""
    if (step := steps.get(posted.get("step", ""))) is None:
        raise Refused(_("Välj vad som ska göras. Inget är ändrat."))
    return step


def done(
    step: Step, posted: QueryDict, *, by: User, today: date, unit: Unit | None = None
) -> forms.Form | None:
    """Do it; None when it is done, else the form, which says why not."""
    form = step.form(posted)
    if not form.is_valid():
        return form
    words: dict[str, Any] = {**form.cleaned_data, "by": by}
    if unit is not None:
        words["unit"] = unit
    if step.takes_day:
        words["today"] = today
    try:
        step.act(**words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return form
    return None

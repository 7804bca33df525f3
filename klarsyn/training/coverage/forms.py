"""To make a unit, name its heads, take people in, ask a course of them, and to try a certificate's number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.people.models import User
from klarsyn.people.roles import ROLES
from klarsyn.training.coverage.actions import LARGEST
from klarsyn.training.coverage.queries import title_of
from klarsyn.training.library import library
from klarsyn.training.models import Unit


def _courses() -> list[tuple[str, str]]:
    return sorted(((key, title_of(key)) for key in library()), key=lambda pair: pair[1])


class _DueForm(forms.Form):
    course = forms.ChoiceField(label=_("Kurs"))
    due_on = forms.DateField(label=_("Klar senast"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course = self.fields["course"]
        assert isinstance(course, forms.ChoiceField)
        course.choices = _courses()


class AssignForm(_DueForm):
    """A course and a day, for a unit."""


class RoleForm(_DueForm):
    """The same for everybody with a role."""

    role = forms.ChoiceField(label=_("Roll"), choices=[(role.key, role.name) for role in ROLES])
    field_order = ("role", "course", "due_on")


class TakeInForm(forms.Form):
    username = forms.CharField(
        label=_("Användarnamn"),
        max_length=60,
        help_text=_("Det som personen loggar in med."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class SizeForm(forms.Form):
    size = forms.IntegerField(
        label=_("Hur många arbetar här?"),
        min_value=0,
        max_value=LARGEST,
        help_text=_("Även de som inte har konto. Dagens datum sparas med talet."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Enhetens namn"), max_length=120)
    kind = forms.ChoiceField(label=_("Vad enheten gör"), choices=Unit.Kind.choices)
    parent = forms.ModelChoiceField(Unit.objects.none(), label=_("Del av"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = Unit.objects.filter(ended_on=None)


class HeadsForm(forms.Form):
    heads = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Chefer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De ser vem i enheten som har gått vad."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heads = self.fields["heads"]
        assert isinstance(heads, forms.ModelMultipleChoiceField)
        heads.queryset = User.objects.filter(is_active=True).order_by("name")


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Intygets nummer"),
        max_length=40,
        help_text=_("Tolv tecken, nederst på intyget."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


def first_day(today: date) -> date:
    """What a new assignment proposes: the same day in two months, or the last one there is."""
    month = today.month + 1
    return date(today.year + month // 12, month % 12 + 1, min(today.day, 28))

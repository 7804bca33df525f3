"""A routine's words, and that it was looked through. What may be is said in `policy`."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.plan.fields import day
from klarsyn.plan.routines.policy import MOST_MONTHS


class RoutineForm(forms.Form):
    """What a routine is called, whose it is and how often it is looked through."""

    name = forms.CharField(label=_("Rutinens namn"), max_length=160)
    office = forms.CharField(
        label=_("Ägande kontor"), max_length=120, help_text=_("Ett kontor eller en roll, inte ett namn.")
    )
    every_months = forms.IntegerField(
        label=_("Gås igenom var … månad"), min_value=1, max_value=MOST_MONTHS, initial=12
    )
    document = forms.CharField(label=_("Diarienummer eller adress till handlingen"), max_length=300)


class NewRoutineForm(RoutineForm):
    """A new one may have been looked through before."""

    reviewed_on = day(
        _("Senast genomgången"), required=False, help_text=_("Tomt om ingen har gått igenom den.")
    )


class ReviewedForm(forms.Form):
    on = day(_("Dagen den gicks igenom"))
    words = forms.CharField(label=_("Vad det ledde till"), required=False, max_length=500)


class EndRoutineForm(forms.Form):
    words = forms.CharField(label=_("Varför den inte används längre"), max_length=500)

"""The keeper's three forms about a year. What may be is said in `policy`."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.plan.fields import day
from klarsyn.plan.stages import Stage
from klarsyn.plan.wheel.policy import BY_A_PERSON
from klarsyn.plan.wheel.words import STAGES


class EveningForm(forms.Form):
    """The council's evening, or that there is none."""

    on = day(_("Kvällens dag"), required=False, help_text=_("Tomt om året inte har någon kväll."))
    mapping_year = forms.IntegerField(label=_("Kartläggning för året"))
    why = forms.CharField(
        label=_("Anledning eller källa"),
        required=False,
        max_length=300,
        help_text=_("Behövs när året inte har någon kväll."),
    )


class DatesForm(forms.Form):
    """Other days for one stage of one year."""

    stage = forms.ChoiceField(label=_("Skede"), choices=[(s.value, STAGES[s]) for s in Stage])
    starts_on = day(_("Första dagen"))
    due_on = day(_("Sista dagen"))
    responsible = forms.CharField(
        label=_("Vem som svarar"), max_length=120, help_text=_("Ett kontor eller en roll, inte ett namn.")
    )
    why = forms.CharField(label=_("Varför"), max_length=300)


class DoneForm(forms.Form):
    """What the system does not see by itself."""

    stage = forms.ChoiceField(
        label=_("Skede"), choices=[(s.value, STAGES[s]) for s in Stage if s in BY_A_PERSON]
    )
    on = day(
        _("Dagen det blev klart"), required=False, help_text=_("Tomt: det är inte klart, fast det står så.")
    )
    words = forms.CharField(label=_("Vad som visar det"), max_length=300)
    document = forms.CharField(
        label=_("Diarienummer eller adress till handlingen"), required=False, max_length=300
    )

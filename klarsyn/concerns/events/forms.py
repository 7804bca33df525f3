"""One event for the calendar. What may be is said in `policy`."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.concerns.events.policy import MOST_VISITORS
from klarsyn.concerns.models import Event


def _day(label: object) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))  # type: ignore[arg-type]


class EventForm(forms.Form):
    """What the public already knows of it."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    kind = forms.ChoiceField(label=_("Slag"), choices=Event.Kind.choices)
    arena = forms.CharField(label=_("Plats"), max_length=120, help_text=_("Till exempel mässans namn."))
    first_day = _day(_("Första dagen"))
    last_day = _day(_("Sista dagen"))
    visitors = forms.IntegerField(
        label=_("Väntade besökare"), required=False, min_value=1, max_value=MOST_VISITORS
    )
    source = forms.CharField(
        label=_("Varifrån uppgiften kommer"),
        max_length=200,
        help_text=_("Till exempel arrangörens webbplats."),
    )

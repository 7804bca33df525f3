"""One form to state a fact, one to end it. What a kind's value looks like is said in `policy`, not here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from klarsyn.receptions.models import Fact, Reception


def _day(label: object, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)  # type: ignore[arg-type]


class StateForm(forms.Form):
    """Kind, value, days and where it is known from."""

    reception = forms.ModelChoiceField(Reception.objects.none(), label=_("Mottagning"))
    what = forms.ChoiceField(label=_("Vad"), choices=Fact.What.choices)
    value = forms.CharField(
        label=_("Uppgift"),
        max_length=1000,
        help_text=_(
            "Ålder: 15– eller 18–25. Öppettider: en rad för varje tid, som måndag–fredag 9.00–12.00. "
            "Kommuner: en rad för varje, som 0680 Jönköping."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    valid_from = _day(_("Gäller från och med"))
    valid_to = _day(_("Gäller till och med"), required=False, help_text=_("Tomt: tills vidare."))
    source = forms.CharField(
        label=_("Varifrån uppgiften kommer"),
        max_length=200,
        help_text=_("Till exempel: nämndens beslut, med diarienummer."),
    )

    def __init__(self, mine: QuerySet[Reception], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reception"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = mine
        self.fields["valid_from"].initial = today
        if mine.count() == 1:
            field.initial = mine.get()


class EndForm(forms.Form):
    last_day = _day(_("Sista dag"))

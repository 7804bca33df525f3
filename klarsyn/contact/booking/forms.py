"""Forms of the staff: to publish times and end them, to say how a booked time went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from klarsyn.contact.booking.actions import ELSEWHERE, NOT_ASKED, REFUSED
from klarsyn.contact.models.booking import BOTH, LENGTHS, Channel, Ended, Kind
from klarsyn.receptions.models import Reception
from klarsyn.receptions.policy import Area

KINDS = (
    (Kind.WEEKLY, _("Varje vecka, inom öppettiderna")),
    (Kind.EXTRA, _("Extra tider de här dagarna")),
    (Kind.CLOSED, _("Inga tider de här dagarna")),
)
WAYS = (
    (BOTH, _("Telefon eller besök")),
    (Channel.PHONE, _("Bara telefon")),
    (Channel.VISIT, _("Bara besök")),
)
ENDS = ((Ended.MET, _("Vi har pratat")), (Ended.NOT_MET, _("Personen hörde inte av sig")))


class PublishForm(forms.Form):
    """What holds, and from which day to which."""

    reception = forms.ModelChoiceField(Reception.objects.none(), label=_("Mottagning"))
    kind = forms.ChoiceField(label=_("Vad"), choices=KINDS)
    written = forms.CharField(
        label=_("Tider"),
        max_length=1000,
        required=False,
        help_text=_(
            "Varje vecka: en rad för varje tid, som måndag–torsdag 9.00–12.00. "
            "Enstaka dagar: bara klockslag, som 13.00–16.00; tomt är hela dagen."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = forms.TypedChoiceField(
        label=_("Hur långt ett samtal är"),
        coerce=int,
        choices=[(n, _("%(n)d minuter") % {"n": n}) for n in LENGTHS],
        initial=60,
    )
    channels = forms.ChoiceField(label=_("Hur"), choices=WAYS)
    valid_from = forms.DateField(label=_("Från och med"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(
        label=_("Till och med"),
        required=False,
        help_text=_("Tomt: tills vidare, eller bara den dagen."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, mine: QuerySet[Reception], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reception"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = mine
        self.fields["valid_from"].initial = today
        if mine.count() == 1:
            field.initial = mine.get()

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


class LastDayForm(forms.Form):
    last_day = forms.DateField()


class EndForm(forms.Form):
    """How it went, and where the person lives if they wanted to say."""

    end = forms.ChoiceField(label=_("Hur gick det?"), choices=ENDS, widget=forms.RadioSelect)
    residence = forms.ChoiceField(label=_("Var personen bor"))

    def __init__(self, areas: Sequence[Area], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["residence"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (NOT_ASKED, _("Inte frågat")),
            (REFUSED, _("Vill inte säga")),
            *((area.code, area.name) for area in areas),
            (ELSEWHERE, _("Någon annanstans")),
        ]

    def clean_end(self) -> Ended:
        return Ended(self.cleaned_data["end"])

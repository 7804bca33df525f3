"""To state a fact and end it, to count, to key in a sheet. What a value may be is said in `policy`."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from klarsyn.base import event_weeks
from klarsyn.base.event_weeks import Month
from klarsyn.receptions.bands import KINDS, Age, Gender, Reach, What
from klarsyn.receptions.models import Fact, Reception
from klarsyn.receptions.policy import MONTHS_BACK, MOST, Cell


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
            "Kommuner: en rad för varje, som 0680 Jönköping. Avtal: en kommun, med avtalets dagar och nummer."
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


class _MonthForm(forms.Form):
    """A reception of one's own and one of the latest months, newest first."""

    reception = forms.ModelChoiceField(Reception.objects.none(), label=_("Mottagning"))
    month = forms.ChoiceField(label=_("Månad"))

    def __init__(self, mine: QuerySet[Reception], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reception, month = self.fields["reception"], self.fields["month"]
        assert isinstance(reception, forms.ModelChoiceField) and isinstance(month, forms.ChoiceField)
        reception.queryset = mine
        if mine.count() == 1:
            reception.initial = mine.get()
        month.choices = self.months(_latest(today))

    def months(self, latest: list[Month]) -> list[tuple[str, str]]:
        return [(f"{year}-{month:02}", date_format(date(year, month, 1), "F Y")) for year, month in latest]

    def clean_month(self) -> tuple[int, int]:
        year, _dash, month = self.cleaned_data["month"].partition("-")
        return int(year), int(month)


def _latest(today: date) -> list[Month]:
    months = [divmod(today.year * 12 + today.month - 1 - ago, 12) for ago in range(MONTHS_BACK)]
    return [(year, month + 1) for year, month in months]


class CountForm(_MonthForm):
    """So many of one kind in a month."""

    what = forms.ChoiceField(
        label=_("Vad"),
        choices=[
            (what.label, [(f"{what}:{kind}", label) for kind, label in KINDS[what].items()])
            for what in What
            if what != What.OUTREACH
        ],
    )
    number = forms.IntegerField(
        label=_("Antal"),
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    field_order = ("reception", "what", "month", "number")

    def clean_what(self) -> tuple[str, str]:
        what, _colon, kind = self.cleaned_data["what"].partition(":")
        return what, kind


class SheetForm(_MonthForm):
    """A paper sheet keyed in: a box for each gender, age band and how far the contact came."""

    sheet = forms.CharField(
        label=_("Blankettens nummer"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Sex siffror, överst på blanketten. En blankett kan bara föras in en gång."),
    )
    kind = forms.ChoiceField(label=_("Var"), choices=list(KINDS[What.OUTREACH].items()))
    month = forms.ChoiceField(
        label=_("När"),
        help_text=_("Månaden. Står det ett evenemang i kalendern: den vecka passet började."),
    )
    field_order = ("reception", "sheet", "kind", "month")

    def __init__(self, mine: QuerySet[Reception], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(mine, today, *args, **kwargs)
        for name, (gender, age, reach) in BOXES.items():
            self.fields[name] = forms.IntegerField(
                label=f"{Gender(gender).label}, {Age(age).label}: {Reach(reach).label}",
                min_value=0,
                max_value=MOST,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ds-input k-box"}),
            )

    def months(self, latest: list[Month]) -> list[tuple[str, str]]:
        return event_weeks.choices(latest)

    def clean_month(self) -> tuple[int, int]:
        """The month; whether it was in a week of an event is kept beside it."""
        year, month, during_event = event_weeks.chosen(self.cleaned_data["month"])
        self.cleaned_data["during_event"] = during_event
        return year, month

    def cells(self) -> dict[Cell, int]:
        """What stands in the boxes; an empty one is nought."""
        return {cell: self.cleaned_data[name] or 0 for name, cell in BOXES.items()}

    def rows(self) -> list[tuple[Gender, list[tuple[Age, list[forms.BoundField]]]]]:
        """The boxes as they lie on the paper."""
        return [
            (gender, [(age, [self[box_name(gender, age, reach)] for reach in Reach]) for age in Age])
            for gender in Gender
        ]


def box_name(gender: str, age: str, reach: str) -> str:
    return f"{gender}_{age}_{reach}"


BOXES: Final[dict[str, Cell]] = {
    box_name(gender, age, reach): (gender, age, reach) for gender in Gender for age in Age for reach in Reach
}

"""The form of the import: the file, its period, and what must be said of its source."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from klarsyn.sources.importers import Schema
from klarsyn.sources.importers.grid import MAX_BYTES
from klarsyn.sources.periods import is_period
from klarsyn.sources.words import CHOOSABLE, MEASURES

DESCRIBED = ("title", "publisher", "measure", "licence")


class ImportForm(forms.Form):
    """Asks only what the schema leaves open."""

    title = forms.CharField(label=_("Vad talen är"), max_length=60)
    publisher = forms.CharField(label=_("Vem som ger ut dem"), max_length=200)
    measure = forms.ChoiceField(label=_("Mått"), choices=[(m.value, MEASURES[m]) for m in CHOOSABLE])
    licence = forms.CharField(label=_("Licens eller villkor"), max_length=200)
    file = forms.FileField(label=_("Fil"), help_text=_("CSV eller XLSX, högst 10 MB."))
    period = forms.CharField(
        label=_("Period"), max_length=15, help_text=_("Ett år eller en månad: 2023, 2023-04.")
    )
    retrieved_on = forms.DateField(
        label=_("Dagen då filen hämtades"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    address = forms.URLField(label=_("Adressen den hämtades från"), required=False, assume_scheme="https")

    def __init__(self, schema: Schema, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DESCRIBED:
            if name not in schema.asks:
                del self.fields[name]
        if schema.columns.period:
            del self.fields["period"]

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("Filen är större än 10 MB. Ta bort det som inte hör till tabellen.")
            )
        return file

    def clean_period(self) -> str:
        period: str = self.cleaned_data["period"].strip()
        if not is_period(period):
            raise forms.ValidationError(
                _("Skriv ett år eller en månad: 2023, 2023-04 eller 2020-01/2020-08.")
            )
        return period

    def clean_retrieved_on(self) -> date | None:
        day: date | None = self.cleaned_data["retrieved_on"]
        if day is not None and day > date.today():  # noqa: DTZ011  the reader's own calendar
            raise forms.ValidationError(_("Dagen har inte varit än."))
        return day

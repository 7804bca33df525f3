"""What is filled in of other municipalities: a key that was read out, a package, a comparison, a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from klarsyn.report.others.unpacking import MAX_BYTES


class TrustForm(forms.Form):
    """The key as the other municipality shows it, and the words as somebody there reads them out."""

    name = forms.CharField(label=_("Kommunens namn"), max_length=80)
    municipality = forms.RegexField(
        r"^\d{4}$", label=_("Kommunkod"), help_text=_("Fyra siffror, till exempel 0680.")
    )
    public = forms.CharField(
        label=_("Nyckeln"), max_length=100, help_text=_("64 tecken, från kommunens sida för öppna data.")
    )
    words = forms.CharField(
        label=_("De tolv orden"),
        max_length=200,
        help_text=_(
            "Ring någon du känner på kommunen och skriv orden så som de läses upp. Kopiera dem inte."
        ),
    )
    reason = forms.CharField(
        label=_("Vem läste upp orden, och varför litar ni på nyckeln?"),
        max_length=300,
        help_text=_("Står i listan. Skriv funktion hellre än namn."),
    )


class PackageForm(forms.Form):
    """The zip, whole."""

    package = forms.FileField(label=_("Signerat paket (ZIP)"), help_text=_("Högst 8 MB."))

    def clean_package(self) -> bytes:
        file: UploadedFile[bytes] = self.cleaned_data["package"]
        if file.size is None or file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("Filen är större än 8 MB. Inget är läst. Kontrollera att det är rätt fil.")
            )
        body: bytes = file.read()
        return body


class WhyForm(forms.Form):
    """Which row, and why it is taken away or no longer trusted."""

    step = forms.ChoiceField(choices=[("remove", ""), ("distrust", "")])
    row = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    why = forms.CharField(label=_("Varför?"), max_length=300)


class ProposeForm(forms.Form):
    """Which of the others' editions the public is to see beside ours."""

    others = forms.MultipleChoiceField(
        label=_("Vilka kommuners utgåvor?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("De egna publicerade utgåvorna är alltid med. Ingen utgåva byts ut i efterhand."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["others"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices


class DecideForm(forms.Form):
    """Agree to a comparison, or take it back and say why."""

    step = forms.ChoiceField(choices=[("agree", ""), ("withdraw", "")])
    why = forms.CharField(
        label=_("Varför dras den tillbaka?"), max_length=300, required=False,
        help_text=_("Minst tre ord. Står i listan här, inte på den offentliga sidan."),
    )  # fmt: skip

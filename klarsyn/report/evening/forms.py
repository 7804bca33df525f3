"""What is typed during the evening and after it. What may be is said in `policy`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.report.evening.policy import LONGEST, LONGEST_ANSWER, LONGEST_NOTE
from klarsyn.report.policy import Verdict


class QuestionForm(forms.Form):
    """One field and Enter; who asked only as an office or a party."""

    text = forms.CharField(
        label=_("Frågan"), max_length=LONGEST, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    asked_as = forms.CharField(
        label=_("Uppdrag eller parti"),
        required=False,
        max_length=80,
        help_text=_("Bara för den som frågar i ett offentligt uppdrag. Lämna annars tomt."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WordingForm(forms.Form):
    text = forms.CharField(
        label=_("Svaret"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Bara tal som redan står i utgåvan, och inga under fem."),
    )


class CheckingForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Vad är ditt omdöme om svaret?"),
        choices=[
            (Verdict.APPROVE, _("Godkänt: det stämmer och kan stå på sidan")),
            (Verdict.REJECT, _("Tillbaka: något behöver ändras")),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Vad behöver ändras?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StrikeForm(forms.Form):
    why = forms.CharField(label=_("Varför stryks frågan?"), max_length=200)


class OwnNoteForm(forms.Form):
    """What the speaker wants to remember at one slide; an empty field takes the note away."""

    slide = forms.ChoiceField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Egen anteckning"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, slides: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slide"].choices = [(slide, slide) for slide in slides]  # type: ignore[attr-defined]

"""Forms of the staff: to print cards, to say how a call went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.contact.cards.actions import MOST
from klarsyn.contact.models.card import Outcome, Partner
from klarsyn.contact.words import LANGUAGES
from klarsyn.people.models import Team

PARTNERS = (
    (Partner.POLICE, _("Polisen")),
    (Partner.COURT, _("Domstol eller åklagare")),
    (Partner.CARE, _("Vården")),
    (Partner.OTHER, _("Någon annan")),
)
OUTCOMES = (
    (Outcome.REACHED, _("Vi har pratat")),
    (Outcome.NOT_REACHED, _("Inget svar")),
    (Outcome.ASKED_NOT, _("Vill inte bli uppringd")),
)
FORMS = (("pdf", _("PDF")), ("page", _("Sida att skriva ut, alla språk")))
MOST_LANGUAGES = 3
# Beside a language's own name, for whoever cannot read its letters.
IN_WORDS = {
    "en": _("engelska"), "ar": _("arabiska"), "es": _("spanska"), "pl": _("polska"), "ro": _("rumänska"),
    "th": _("thailändska"), "uk": _("ukrainska"),
}  # fmt: skip


class CardForm(forms.Form):
    """Whose reception, who hands them out, how many, in which languages."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Mottagning"))
    partner = forms.ChoiceField(label=_("Vem lämnar ut korten?"), choices=PARTNERS)
    count = forms.IntegerField(label=_("Hur många kort"), min_value=1, max_value=MOST, initial=8)
    languages = forms.MultipleChoiceField(
        label=_("Språk på kortet, högst tre"),
        choices=[(code, code) for code in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        initial=["sv", "en"],
    )
    form = forms.ChoiceField(label=_("Som"), choices=FORMS)

    def __init__(self, teams: Sequence[Team], names: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, languages = self.fields["team"], self.fields["languages"]
        assert isinstance(field, forms.ModelChoiceField) and isinstance(languages, forms.MultipleChoiceField)
        field.queryset = Team.objects.filter(pk__in=[team.pk for team in teams]).order_by("name")
        languages.choices = [
            (code, f"{names[code]} ({IN_WORDS[code]})" if code in IN_WORDS else names[code])
            for code in LANGUAGES
        ]
        if len(teams) == 1:
            field.initial = teams[0]

    def clean_partner(self) -> Partner:
        return Partner(self.cleaned_data["partner"])

    def clean_languages(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["languages"]
        if len(chosen) > MOST_LANGUAGES:
            raise forms.ValidationError(_("Välj högst tre språk: mer får inte plats på ett kort."))
        return chosen


class CallForm(forms.Form):
    """How the call went; where the question about life comes first, that it was asked."""

    outcome = forms.ChoiceField(label=_("Hur gick det?"), choices=OUTCOMES, widget=forms.RadioSelect)
    has_asked = forms.BooleanField(label=_("Jag har frågat om tankar på att ta sitt liv."), required=False)

    def __init__(self, asks_first: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_first:
            del self.fields["has_asked"]

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])

"""What staff fill in: a verdict with its reason, what a correction changes, which mapping to draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.mapping import queries as mappings
from klarsyn.report.policy import Verdict


class VoteForm(forms.Form):
    """A checker's vote. Sending back asks for a reason, since the author must know what to mend."""

    verdict = forms.ChoiceField(
        label=_("Vad är ditt omdöme?"),
        choices=[
            (Verdict.APPROVE, _("Godkänn: talen stämmer och texten säger vad de bär")),
            (Verdict.REJECT, _("Återsänd: något behöver ändras")),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Kommentar"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Krävs när du återsänder. Den andra granskaren ser den först när båda har röstat."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verdict") == Verdict.REJECT and not data.get("comment", "").strip():
            self.add_error("comment", _("Skriv vad som behöver ändras, så att författaren kan göra det."))
        return data


class CorrectionForm(forms.Form):
    """Why a new edition is needed; the text is published."""

    what_changed = forms.CharField(
        label=_("Vad ändrar rättelsen, och varför?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Texten visas överst i den nya utgåvan och i den gamla."),
    )


class DraftForm(forms.Form):
    """Which frozen mapping the first edition is made of."""

    mapping = forms.ChoiceField(label=_("Fryst kartläggning"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mapping"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (f"{m.municipality}:{m.year}:{int(m.is_invented)}:{m.content_hash}", _name(m))
            for m in mappings.mappings()
        ]


def _name(mapping: Any) -> str:
    kind = f" ({_('påhittade tal')})" if mapping.is_invented else ""
    return f"{mapping.municipality} {mapping.year}{kind}, {mapping.content_hash[:12]}"

"""What staff fill in: a verdict with its reason, what a correction changes, which mapping to draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.mapping import queries as mappings
from klarsyn.mapping.answering import Answerable, Variable
from klarsyn.report import categories
from klarsyn.report.numbers import capital
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


class AnswerForm(forms.Form):
    """Which cell somebody asks about, and why it is given out. A variable left open is summed over."""

    period = forms.ChoiceField(label=_("År"))

    def __init__(self, *args: Any, asked: Answerable, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)
        period.choices = [(p, p) for p in reversed(asked.periods)]
        for variable in asked.variables:
            self.fields[f"v_{variable.name}"] = forms.ChoiceField(
                label=capital(categories.variable(variable.name, language)),
                required=False,
                choices=[("", _("alla")), *((c, _word(variable, c, language)) for c in variable.categories)],
            )
        self.fields["reason"] = forms.CharField(
            label=_("Vem frågar, och varför lämnas siffran ut?"),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Står i liggaren. Skriv aldrig något om en enskild människa."),
        )

    def parts(self) -> dict[str, str]:
        """The categories asked for, by variable or level."""
        chosen = {v.name: self.cleaned_data[f"v_{v.name}"] for v in self.asked.variables}
        return {name: category for name, category in chosen.items() if category}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        met: dict[str, str] = {}
        for variable in self.asked.variables:
            if data.get(f"v_{variable.name}"):
                if variable.hierarchy in met:
                    self.add_error(
                        f"v_{variable.name}", _("Välj en av de två: den ena är en del av den andra.")
                    )
                met[variable.hierarchy] = variable.name
        return data


def _word(variable: Variable, category: str, language: str) -> str:
    return categories.category(variable.name, category, language)

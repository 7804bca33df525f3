"""Forms around the cases: why more are to be opened, what the head wonders about a reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.people.models import Team


class AskMoreForm(forms.Form):
    """Why more cases than an hour allows; the reception is asked only of whoever reads in several."""

    where = forms.ModelChoiceField(label=_("Mottagning"), queryset=Team.objects.none())
    reason = forms.CharField(
        label=_("Varför behöver du öppna fler?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, teams: Sequence[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = teams
        if len(teams) < 2:
            del self.fields["where"]
        else:
            found = Team.objects.filter(pk__in=[team.pk for team in teams]).order_by("name")
            self.fields["where"].queryset = found  # type: ignore[attr-defined]

    def team(self) -> Team:
        chosen: Team = self.cleaned_data.get("where") or self.teams[0]
        return chosen


class PurposeForm(forms.Form):
    """Why the case is opened."""

    purpose = forms.CharField(label=_("Varför öppnar du?"), max_length=500)


class QuestionForm(forms.Form):
    """What the head wonders."""

    text = forms.CharField(
        label=_("Vad undrar du?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

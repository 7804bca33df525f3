"""What an officer notes about a report: an outcome and why."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.concerns.models.concern_report import Outcome
from klarsyn.concerns.report.inbox import ASSESSMENTS, DECISIONS

OUTCOMES: Final = {
    Outcome.NEEDS_NOW: _("Barnet behöver skydd genast"),
    Outcome.NO_NEED: _("Barnet behöver inte skydd genast"),
    Outcome.INQUIRY: _("En utredning inleds"),
    Outcome.NO_INQUIRY: _("Ingen utredning inleds"),
    Outcome.ONGOING: _("En utredning pågår redan"),
}


class NoteForm(forms.Form):
    """An outcome and the reasons for it, which are sealed with the report."""

    outcome = forms.ChoiceField(label=_("Resultat"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("Varför"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    outcomes: tuple[Outcome, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one, OUTCOMES[one]) for one in self.outcomes]  # type: ignore[attr-defined]

    def noted(self) -> dict[str, Any]:
        return {"outcome": Outcome(self.cleaned_data["outcome"]), "words": self.cleaned_data["words"]}


class NumberForm(forms.Form):
    """Under which number the registrar has entered a report."""

    number = forms.CharField(label=_("Diarienummer"), max_length=60)


class AssessForm(NoteForm):
    """The need of protection at once."""

    outcomes = ASSESSMENTS
    prefix = "assess"


class DecideForm(NoteForm):
    """Whether an inquiry is opened."""

    outcomes = DECISIONS
    prefix = "decide"

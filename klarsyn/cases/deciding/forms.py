"""The forms of the help: the day, one question at a time, the decision, and a count without anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from klarsyn.cases.deciding.walk import Question
from klarsyn.cases.entry_forms import BESIDES, EntryForm
from klarsyn.cases.fields import Field
from klarsyn.cases.grounds import GROUNDS
from klarsyn.cases.kinds.sharing import DISCLOSURE
from klarsyn.cases.models import RequestOutcome

_BESIDES: Final = BESIDES | {"held"}
_NOT_ASKED: Final = ("walk", "rests_on")
# The order in which a person decides: what was asked, the decision, what follows from it, who and when.
_ORDER: Final = (
    "receiver", "receiver_kind", "how", "reference", "asked", "outcome", "reasons", "ground", "duty", "sent",
    "left_out", "told_appeal", "decided_by", "decided_on",
)  # fmt: skip
_NEEDED: Final = frozenset({"outcome", "asked", "reasons"})
_HINTS: Final = {
    "outcome": _("Du beslutar. Sidan har inget svar."),
    "ground": _("Bara om något lämnas ut. Överst står de som svaren pekar på."),
    "sent": _("Bara om något lämnas ut."),
    "left_out": _("Skriv ”inget” om allt som begärdes lämnas."),
}
OUTCOMES: Final = {
    RequestOutcome.NEITHER: _("varken bekräftat eller förnekat"),
    RequestOutcome.GENERAL: _("allmänna upplysningar, inte om någon person"),
    RequestOutcome.HEARD: _("vi lyssnade, utan att bekräfta något"),
    RequestOutcome.WRITTEN: _("hänvisat till skriftlig begäran"),
    RequestOutcome.LAWYER: _("inget svar än, en jurist frågas först"),
}


class DayForm(forms.Form):
    """Which day the sections are to hold: the day of the request."""

    day = forms.DateField(
        label=_("Vilken dag kom begäran, eller frågan?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, today: date) -> None:
        super().__init__(data, initial={"day": today})
        self._today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise forms.ValidationError(_("Dagen ligger framåt i tiden. Skriv dagen då begäran kom."))
        if day.year < 2000:
            raise forms.ValidationError(_("Dagen ligger för långt tillbaka. Skriv dagen då begäran kom."))
        return day


class StepForm(forms.Form):
    """One question, with its answers as they stand in the data."""

    answer = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, question: Question, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["answer"]
        field.label, field.help_text = str(question.text), str(question.hint or "")
        field.choices = [  # type: ignore[attr-defined]
            (one.key, f"{one.text}. {one.hint}" if one.hint else str(one.text)) for one in question.answers
        ]


class CountForm(forms.Form):
    """How a request about nobody here ended: the only thing that is kept, and only as a count."""

    outcome = forms.ChoiceField(
        label=_("Hur slutade det?"), widget=forms.RadioSelect, choices=list(OUTCOMES.items())
    )


def decision_form(data: Any, *, today: date, bearing: Sequence[str], first: dict[str, Any]) -> EntryForm:
    """The ledger's line less what the page knows. `bearing`: the grounds that the answers point at."""
    held = {f.name: _as_asked(f) for f in DISCLOSURE.fields if f.name not in _NOT_ASKED}
    kind = replace(DISCLOSURE, fields=tuple(held[name] for name in _ORDER))
    form = EntryForm(kind, data, today=today, besides=_BESIDES)
    del form.fields["event_day"]
    form.initial = {**form.initial, "decided_on": today, **first}
    near = [(key, lazystr(GROUNDS[key])) for key in bearing if GROUNDS[key].holds_on(today)]
    far = [(k, lazystr(g)) for k, g in GROUNDS.items() if k not in bearing and g.holds_on(today)]
    form.fields["ground"].choices = [  # type: ignore[attr-defined]
        ("", "–"), (_("Kan gälla, enligt svaren"), near), (_("Andra grunder"), far),
    ]  # fmt: skip
    return form


def _as_asked(one: Field) -> Field:
    hint = _HINTS.get(one.name, one.hint)
    return replace(one, hint=hint, is_required=one.is_required or one.name in _NEEDED)

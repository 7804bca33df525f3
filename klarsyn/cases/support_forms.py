"""Forms with a page of their own: goals in rows, answers to an instrument, why a file is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.cases.entries import Kind
from klarsyn.cases.entry_forms import EntryForm, FreeForm, control
from klarsyn.cases.exporting import Form
from klarsyn.cases.htcds.heading import FilledBy
from klarsyn.cases.instruments.reading import Instrument
from klarsyn.cases.kinds.goals import FOLLOWED, GOALS, LEVELS
from klarsyn.cases.route.steps import POINTS

ROWS: Final = 3
_COLUMNS: Final = GOALS.fields[0].columns


class GoalsForm(FreeForm):
    """Rows of one goal each; a row without a title is no goal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(ROWS):
            for column in _COLUMNS:
                made = control(column)
                made.required = False
                self.fields[f"g{row}_{column.name}"] = made

    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"g{row}_{column.name}"] for column in _COLUMNS] for row in range(ROWS)]

    def values(self) -> dict[str, Any]:
        goals = [{c.name: self.cleaned_data[f"g{row}_{c.name}"] for c in _COLUMNS} for row in range(ROWS)]
        return {"goals": [goal for goal in goals if goal["title"]]}


class ReachedForm(FreeForm):
    """How far each goal of the plan is reached now; its weight and its start are the plan's."""

    comment = forms.CharField(
        label=_("Kommentar"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, goals: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._goals = goals
        for i, goal in enumerate(goals):
            choices = [("", "–"), *((key, self._said(goal, key)) for key in LEVELS)]
            self.fields[f"now{i}"] = forms.ChoiceField(label=goal["title"], choices=choices, required=False)
        self.order_fields([f"now{i}" for i in range(len(goals))])

    def values(self) -> dict[str, Any]:
        columns = [c.name for c in FOLLOWED.fields[0].columns if c.name != "now"]
        rows = [
            {c: goal[c] for c in columns if c in goal} | {"now": self.cleaned_data[f"now{i}"]}
            for i, goal in enumerate(self._goals)
        ]
        return {"goals": rows, "comment": self.cleaned_data["comment"]}

    @staticmethod
    def _said(goal: Mapping[str, Any], key: str) -> str:
        name = {"-2": "much_less", "-1": "less", "0": "expected", "1": "more", "2": "much_more"}[key]
        return f"{LEVELS[key]} ({goal[name]})" if name in goal else str(LEVELS[key])


class QuestionsForm(forms.Form):
    """The questions of an instrument; none must be answered."""

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in instrument.items:
            choices = [(str(a.value), str(a.text)) for a in item.answers]
            self.fields[item.key] = forms.ChoiceField(
                label=str(item.text), choices=choices, widget=forms.RadioSelect, required=False
            )

    def answers(self) -> dict[str, int]:
        return {key: int(value) for key, value in self.cleaned_data.items() if value != ""}


class PointsForm(forms.Form):
    """What is done of the trafficking route."""

    points = forms.MultipleChoiceField(
        label=_("Vad är gjort?"), widget=forms.CheckboxSelectMultiple,
        choices=[(key, point.text.later) for key, point in POINTS.items()],
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """From which day a consent is taken back."""

    on = forms.DateField(
        label=_("Återtaget den"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class CommentForm(FreeForm):
    """A word on a referral's step."""

    comment = forms.CharField(
        label=_("Kommentar"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FileForm(forms.Form):
    """Why a file is needed, and in which form."""

    purpose = forms.CharField(label=_("Varför behövs filen?"), max_length=500)
    form = forms.ChoiceField(label=_("Form"), choices=[(Form.XLSX, "XLSX"), (Form.CSV, "CSV")])


class CheckForm(forms.Form):
    """A file from somebody else, to be looked at and not kept."""

    file = forms.FileField(label=_("Fil enligt HTCDS 2.0, CSV eller XLSX"))
    filled_by = forms.ChoiceField(
        label=_("Om de två rubrikraderna säger emot varandra"), required=False,
        choices=[
            ("", _("fråga mig")), (FilledBy.NAMES, _("filen är ifylld efter de dolda namnen")),
            (FilledBy.LABELS, _("filen är ifylld efter de synliga rubrikerna")),
        ],
    )  # fmt: skip


def part_form(kind: Kind, without: Sequence[str], data: Any, today: date) -> EntryForm:
    """A registered form less some fields, which the page knows already."""
    made = EntryForm(
        replace(kind, fields=tuple(f for f in kind.fields if f.name not in without)), data, today=today
    )
    del made.fields["event_day"]
    return made

"""A report in words: every question that was answered, for the review, the officer and the print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from klarsyn.concerns.report.answers import Answers
from klarsyn.concerns.report.forms import STEPS
from klarsyn.concerns.report.inbox import Done
from klarsyn.concerns.report.staff_forms import OUTCOMES


@dataclass(frozen=True, slots=True)
class Line:
    """One question and what was answered. `step`: where it is asked."""

    step: str
    question: str
    answer: str


def of(answers: Answers) -> Sequence[Line]:
    """The answered questions in the order in which they were asked, in the reader's language."""
    found = []
    for step, kind in STEPS.items():
        for name, field in kind.base_fields.items():
            said = getattr(answers, name)
            if said and name != "anyway" and (name != "feedback" or answers.wants_feedback):
                found.append(Line(step, str(field.label), _in_words(field, said)))
    return found


def of_act(done: Done) -> str:
    """What was noted, with the outcome first."""
    return f"{OUTCOMES.get(done.outcome, '')}\n{done.words}".strip()


def _in_words(field: forms.Field, said: str) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(said, said))  # type: ignore[arg-type]
    if isinstance(field, forms.BooleanField):
        return "✓"
    return said

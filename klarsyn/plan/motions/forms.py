"""What is typed of motions, decisions, plans and reviews. What may be is said in the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.plan import policy
from klarsyn.plan.fields import day, why, words
from klarsyn.plan.models import (
    ActionPlan,
    Consultation,
    Decision,
    Demand,
    Measure,
    Milestone,
    Motion,
    Outcome,
)

_NOBODY: Final = _("Inga namn på enskilda, inga nummer, ingen e-post.")


class MotionForm(forms.Form):
    title = forms.CharField(label=_("Motionens rubrik"), max_length=200)
    handed_in_on = day(_("Inlämnad"))
    handed_in_by = forms.CharField(
        label=_("Vem som lämnade in"), max_length=200, help_text=_("Parti och uppdrag i fullmäktige.")
    )
    registry_number = forms.CharField(
        label=_("Diarienummer"), max_length=40, required=False, help_text=_("Tomt om källan inte säger det.")
    )
    text = words(_("Vad motionen säger"), 10_000, 8, help_text=_NOBODY)
    demands = words(_("Att-satser"), 40_000, 6, help_text=_("En per rad, i motionens ordning."))
    source = forms.CharField(
        label=_("Källa"), max_length=300, help_text=_("Vem som har publicerat det, rubrik och år.")
    )
    source_address = forms.URLField(
        label=_("Källans adress"), max_length=500, required=False, assume_scheme="https"
    )


class ChangeMotionForm(MotionForm):
    why = why()


class SendForm(forms.Form):
    sent_to = forms.CharField(
        label=_("Nämnd eller förvaltning"),
        max_length=200,
        help_text=_("Den som tillfrågas, aldrig en person."),
    )
    sent_on = day(_("Skickad"))
    due_on = day(_("Svar senast"))


class AnswerForm(forms.Form):
    consultation = forms.ModelChoiceField(Consultation.objects.none(), widget=forms.HiddenInput)
    answer = words(_("Svaret i korthet"), 10_000, help_text=_NOBODY)
    answered_on = day(_("Svarade"))

    def __init__(self, *args: Any, motion: Motion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "consultation", Consultation.objects.filter(motion=motion))


class DecisionForm(forms.Form):
    """With a motion: also what was decided of each demand, and nothing where nothing was."""

    title = forms.CharField(label=_("Vad beslutet gäller"), max_length=200)
    body = forms.ChoiceField(label=_("Vem som beslutade"), choices=Decision.Body.choices)
    board = forms.CharField(label=_("Vilken nämnd, om en nämnd beslutade"), max_length=120, required=False)
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40)
    decided_on = day(_("Beslutsdag"))
    wording = words(_("Beslutets lydelse"), 10_000, help_text=_NOBODY)
    source = forms.CharField(
        label=_("Källa"), max_length=300, help_text=_("Till exempel protokoll och paragraf.")
    )
    source_address = forms.URLField(
        label=_("Källans adress"), max_length=500, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, motion: Motion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demands = list(motion.demands.all()) if motion is not None else []
        for one in self.demands:
            self.fields[f"result_{one.number}"] = forms.ChoiceField(
                label=_("Att-sats %(n)d") % {"n": one.number}, required=False, help_text=one.text,
                choices=[("", _("inget beslut om den")), *Outcome.Result.choices],
            )  # fmt: skip
            self.fields[f"wording_{one.number}"] = forms.CharField(
                label=_("Med vilka ord (att-sats %(n)d)") % {"n": one.number}, required=False, max_length=1000
            )

    def said(self) -> dict[Demand, tuple[str, str]]:
        """What was decided of each demand."""
        given = self.cleaned_data
        return {
            one: (given[f"result_{one.number}"], given[f"wording_{one.number}"])
            for one in self.demands
            if given[f"result_{one.number}"]
        }

    def values(self) -> dict[str, Any]:
        """The fields of the decision itself."""
        return {name: self.cleaned_data[name] for name in self.base_fields}


class CorrectDecisionForm(DecisionForm):
    why = why()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"] = self.fields.pop("why")  # after what was decided of each demand


class CorrectConsultationForm(SendForm):
    answer = words(
        _("Svaret i korthet"), 10_000, required=False,
        help_text=_("Töm både svaret och dagen om det hörde till en annan remiss."),
    )  # fmt: skip
    answered_on = day(_("Svarade"), required=False)
    why = why()


class PlanForm(forms.Form):
    title = forms.CharField(label=_("Planens namn"), max_length=200)
    starts_on = day(_("Gäller från"))
    ends_on = day(_("Gäller till och med"))
    adopted_by = forms.ModelChoiceField(
        Decision.objects.none(), label=_("Antagen genom beslutet"), required=False
    )
    supersedes = forms.ModelChoiceField(ActionPlan.objects.none(), label=_("Ersätter planen"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "adopted_by", Decision.objects.all())
        _choose(self, "supersedes", ActionPlan.objects.all())


class ChangePlanForm(PlanForm):
    why = why()


class ReviewForm(forms.Form):
    """The states one may choose are those the measure may have from now on."""

    state = forms.ChoiceField(label=_("Läge från och med nu"))
    came_of_it = words(_("Vad det har blivit"), 5000, help_text=_NOBODY)
    reason_late = words(
        _("Varför den är försenad"), 2000, 2, required=False,
        help_text=_("Behövs bara om åtgärden eller ett delmål är försenat."),
    )  # fmt: skip
    next_review_on = day(_("Nästa uppföljning"), required=False)

    def __init__(self, *args: Any, measure: Measure | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = policy.State(measure.state) if measure is not None else policy.State.PLANNED
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = [(one.value, one.label) for one in policy.State if policy.can_become(now, one)]
        state.initial = now.value


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("Delmål"), max_length=200)
    due_on = day(_("Klart senast"))


class OneMilestoneForm(forms.Form):
    milestone = forms.ModelChoiceField(Milestone.objects.all(), widget=forms.HiddenInput)


def _choose(form: forms.Form, name: str, rows: Iterable[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows  # type: ignore[assignment]

"""What is typed of motions, decisions, plans, measures and reviews. What may be is said in the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.plan import policy
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
from klarsyn.plan.motions import queries

MOST_COST: Final = 99_999_999_999
_NOBODY: Final = _("Inga namn på enskilda, inga nummer, ingen e-post.")


def _day(label: Any, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"})
    )


def _words(
    label: Any, longest: int, rows: int = 4, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=help_text, widget=area
    )


def _why() -> forms.CharField:
    return forms.CharField(
        label=_("Varför ändras det?"),
        max_length=500,
        help_text=_("Står i historiken, som bara personal läser."),
    )


class MotionForm(forms.Form):
    title = forms.CharField(label=_("Motionens rubrik"), max_length=200)
    handed_in_on = _day(_("Inlämnad"))
    handed_in_by = forms.CharField(
        label=_("Vem som lämnade in"), max_length=200, help_text=_("Parti och uppdrag i fullmäktige.")
    )
    registry_number = forms.CharField(
        label=_("Diarienummer"), max_length=40, required=False, help_text=_("Tomt om källan inte säger det.")
    )
    text = _words(_("Vad motionen säger"), 10_000, 8, help_text=_NOBODY)
    demands = _words(_("Att-satser"), 40_000, 6, help_text=_("En per rad, i motionens ordning."))
    source = forms.CharField(
        label=_("Källa"), max_length=300, help_text=_("Vem som har publicerat det, rubrik och år.")
    )
    source_address = forms.URLField(
        label=_("Källans adress"), max_length=500, required=False, assume_scheme="https"
    )


class ChangeMotionForm(MotionForm):
    why = _why()


class SendForm(forms.Form):
    sent_to = forms.CharField(
        label=_("Nämnd eller förvaltning"),
        max_length=200,
        help_text=_("Den som tillfrågas, aldrig en person."),
    )
    sent_on = _day(_("Skickad"))
    due_on = _day(_("Svar senast"))


class AnswerForm(forms.Form):
    consultation = forms.ModelChoiceField(Consultation.objects.none(), widget=forms.HiddenInput)
    answer = _words(_("Svaret i korthet"), 10_000, help_text=_NOBODY)
    answered_on = _day(_("Svarade"))

    def __init__(self, *args: Any, motion: Motion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "consultation", Consultation.objects.filter(motion=motion))


class DecisionForm(forms.Form):
    """With a motion: also what was decided of each demand, and nothing where nothing was."""

    title = forms.CharField(label=_("Vad beslutet gäller"), max_length=200)
    body = forms.ChoiceField(label=_("Vem som beslutade"), choices=Decision.Body.choices)
    board = forms.CharField(label=_("Vilken nämnd, om en nämnd beslutade"), max_length=120, required=False)
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40)
    decided_on = _day(_("Beslutsdag"))
    wording = _words(_("Beslutets lydelse"), 10_000, help_text=_NOBODY)
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


class PlanForm(forms.Form):
    title = forms.CharField(label=_("Planens namn"), max_length=200)
    starts_on = _day(_("Gäller från"))
    ends_on = _day(_("Gäller till och med"))
    adopted_by = forms.ModelChoiceField(
        Decision.objects.none(), label=_("Antagen genom beslutet"), required=False
    )
    supersedes = forms.ModelChoiceField(ActionPlan.objects.none(), label=_("Ersätter planen"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "adopted_by", Decision.objects.all())
        _choose(self, "supersedes", ActionPlan.objects.all())


class ChangePlanForm(PlanForm):
    why = _why()


class MeasureForm(forms.Form):
    title = forms.CharField(label=_("Åtgärdens namn"), max_length=200)
    what = _words(_("Vad som görs"), 5000, help_text=_NOBODY)
    # Chosen by text, since a number too large for the database would reach it through a list of rows.
    demands = forms.MultipleChoiceField(
        label=_("Svarar på att-satserna"), required=False, widget=forms.CheckboxSelectMultiple
    )
    responsible_unit = forms.CharField(label=_("Ansvarig enhet"), max_length=80)
    starts_on = _day(_("Börjar"))
    due_on = _day(_("Klar senast"))
    weight = forms.DecimalField(
        label=_("Vikt i planen"), min_value=0, max_digits=12, decimal_places=3, initial=1,
        help_text=_("Mot planens andra åtgärder. Vikterna räknas alltid om så att de blir hundra procent."),
    )  # fmt: skip
    cost = forms.IntegerField(
        label=_("Kostnad i kronor"), required=False, min_value=0, max_value=MOST_COST,
        help_text=_("Tomt om ingen har sagt det. Noll betyder inom ram."),
    )  # fmt: skip
    funding = forms.CharField(label=_("Varifrån pengarna kommer"), max_length=200, required=False)
    funding_ends_on = _day(_("Pengarna räcker till"), required=False)
    indicator = forms.CharField(
        label=_("Indikator"), max_length=80, required=False,
        help_text=_("Nyckeln till en publicerad siffra. Värdet hämtas bara ur publicerade kartläggningar."),
    )  # fmt: skip
    indicator_cell = forms.CharField(label=_("Vilken del av den"), max_length=200, required=False)
    direction = forms.ChoiceField(
        label=_("Riktning"), required=False, choices=[("", "–"), *Measure.Direction.choices]
    )
    baseline = forms.DecimalField(label=_("Utgångsläge"), required=False, max_digits=14, decimal_places=3)
    baseline_year = forms.IntegerField(label=_("År"), required=False, min_value=1990, max_value=2100)
    target = forms.DecimalField(label=_("Målvärde"), required=False, max_digits=14, decimal_places=3)
    target_year = forms.IntegerField(label=_("Målår"), required=False, min_value=1990, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(one.pk): one for one in Demand.objects.select_related("motion")}
        demands = self.fields["demands"]
        assert isinstance(demands, forms.MultipleChoiceField)
        demands.choices = [(pk, f"{one.motion}: {one}") for pk, one in self.rows.items()]
        known = queries.units()
        if known:
            names = ", ".join(known)
            self.fields["responsible_unit"].help_text = _("Någon följer upp i: %(units)s.") % {"units": names}

    def clean_demands(self) -> list[Demand]:
        return [self.rows[pk] for pk in self.cleaned_data["demands"]]


class ChangeMeasureForm(MeasureForm):
    why = _why()


class ReviewForm(forms.Form):
    """The states one may choose are those the measure may have from now on."""

    state = forms.ChoiceField(label=_("Läge från och med nu"))
    came_of_it = _words(_("Vad det har blivit"), 5000, help_text=_NOBODY)
    reason_late = _words(
        _("Varför den är försenad"), 2000, 2, required=False,
        help_text=_("Behövs bara om åtgärden eller ett delmål är försenat."),
    )  # fmt: skip
    next_review_on = _day(_("Nästa uppföljning"), required=False)

    def __init__(self, *args: Any, measure: Measure | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = policy.State(measure.state) if measure is not None else policy.State.PLANNED
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = [(one.value, one.label) for one in policy.State if policy.can_become(now, one)]
        state.initial = now.value


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("Delmål"), max_length=200)
    due_on = _day(_("Klart senast"))


class OneMilestoneForm(forms.Form):
    milestone = forms.ModelChoiceField(Milestone.objects.all(), widget=forms.HiddenInput)


def _choose(form: forms.Form, name: str, rows: Iterable[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows  # type: ignore[assignment]

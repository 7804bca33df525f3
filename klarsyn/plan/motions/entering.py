"""The pages with one long form: a new or corrected motion, decision, plan or measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.plan.models import ActionPlan, Consultation, Decision, Measure, Motion
from klarsyn.plan.motions import correcting, planning, registering
from klarsyn.plan.motions.forms import (
    ChangeMotionForm,
    ChangePlanForm,
    CorrectConsultationForm,
    CorrectDecisionForm,
    DecisionForm,
    MotionForm,
    PlanForm,
)
from klarsyn.plan.motions.measure_forms import ChangeMeasureForm, MeasureForm

_asked = require_http_methods(["GET", "HEAD", "POST"])
Done = Callable[[date], HttpResponse]
LOOK: Final = "look"  # of the button that saves nothing and shows what the chosen figure says


@_asked
@staff_required(Permission.PLAN_REGISTER)
def new_motion(request: HttpRequest) -> HttpResponse:
    form = MotionForm(request.POST or None)

    def done(today: date) -> HttpResponse:
        made = registering.enter_motion(**form.cleaned_data, by=staff(request), today=today)
        return redirect("plan:motion", made.slug)

    return _page(request, form, done, title=_("Ny motion"), button=_("För in motionen"))


@_asked
@staff_required(Permission.PLAN_REGISTER)
def change_motion(request: HttpRequest, slug: str) -> HttpResponse:
    held = get_object_or_404(Motion, slug=slug)
    demands = "\n".join(one.text for one in held.demands.all())
    form = ChangeMotionForm(request.POST or None, initial={**model_to_dict(held), "demands": demands})

    def done(today: date) -> HttpResponse:
        registering.change_motion(motion=held, **form.cleaned_data, by=staff(request), today=today)
        return redirect("plan:motion", slug)

    return _page(request, form, done, title=_("Rätta motionen"), button=_("Spara ändringen"), row=held)


@_asked
@staff_required(Permission.PLAN_REGISTER)
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """A decision about a motion."""
    return _decision(request, get_object_or_404(Motion, slug=slug))


@_asked
@staff_required(Permission.PLAN_REGISTER)
def new_decision(request: HttpRequest) -> HttpResponse:
    """A decision that no motion led to, such as the one that adopts a plan."""
    return _decision(request, None)


def _decision(request: HttpRequest, motion: Motion | None) -> HttpResponse:
    form = DecisionForm(request.POST or None, motion=motion)

    def done(today: date) -> HttpResponse:
        made: Decision = registering.decide(
            motion=motion, **form.values(), outcomes=form.said(), by=staff(request), today=today
        )
        return redirect("plan:decision", made.pk)

    return _page(request, form, done, title=_("Nytt beslut"), button=_("För in beslutet"), row=motion)


@_asked
@staff_required(Permission.PLAN_REGISTER)
def correct_decision(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Decision.objects.select_related("motion"), pk=pk)
    said = {
        f"{name}_{one.demand.number}": getattr(one, name)
        for one in held.outcomes.select_related("demand")
        for name in ("result", "wording")
    }
    filled = {**model_to_dict(held), **said}
    form = CorrectDecisionForm(request.POST or None, motion=held.motion, initial=filled)

    def done(today: date) -> HttpResponse:
        correcting.correct_decision(
            decision=held, **form.values(), outcomes=form.said(), by=staff(request), today=today
        )
        return redirect("plan:decision", pk)

    return _page(request, form, done, title=_("Rätta beslutet"), button=_("Spara rättelsen"), row=held)


@_asked
@staff_required(Permission.PLAN_REGISTER)
def correct_consultation(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Consultation.objects.select_related("motion"), pk=pk)
    form = CorrectConsultationForm(request.POST or None, initial=model_to_dict(held))

    def done(today: date) -> HttpResponse:
        correcting.correct_consultation(
            consultation=held, **form.cleaned_data, by=staff(request), today=today
        )
        return redirect("plan:motion", held.motion.slug)

    return _page(request, form, done, title=_("Rätta remissen"), button=_("Spara rättelsen"), row=held.motion)


@_asked
@staff_required(Permission.PLAN_CHANGE)
def new_plan(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST or None)

    def done(today: date) -> HttpResponse:
        made = planning.make_plan(**form.cleaned_data, by=staff(request), today=today)
        return redirect("plan:plan", made.slug)

    return _page(request, form, done, title=_("Ny handlingsplan"), button=_("Lägg upp planen"))


@_asked
@staff_required(Permission.PLAN_CHANGE)
def change_plan(request: HttpRequest, slug: str) -> HttpResponse:
    held = get_object_or_404(ActionPlan, slug=slug)
    form = ChangePlanForm(request.POST or None, initial=model_to_dict(held))

    def done(today: date) -> HttpResponse:
        planning.change_plan(plan=held, **form.cleaned_data, by=staff(request), today=today)
        return redirect("plan:plan", slug)

    return _page(request, form, done, title=_("Ändra planen"), button=_("Spara ändringen"), row=held)


@_asked
@staff_required(Permission.PLAN_CHANGE)
def new_measure(request: HttpRequest, slug: str) -> HttpResponse:
    held = get_object_or_404(ActionPlan, slug=slug)
    form = _measure_form(request, MeasureForm, {}, invented=staff(request).is_demo)

    def done(today: date) -> HttpResponse:
        made = planning.make_measure(plan=held, **form.cleaned_data, by=staff(request), today=today)
        return redirect("plan:measure", made.slug)

    return _page(request, form, done, title=_("Ny åtgärd"), button=_("Lägg upp åtgärden"), row=held)


@_asked
@staff_required(Permission.PLAN_CHANGE)
def change_measure(request: HttpRequest, slug: str) -> HttpResponse:
    held = get_object_or_404(Measure, slug=slug)
    demands = list(held.demands.values_list("pk", flat=True))
    numbers = {name: _plain(getattr(held, name)) for name in ("weight", "target")}
    filled = {**model_to_dict(held), **numbers, "demands": demands}
    form = _measure_form(request, ChangeMeasureForm, filled, invented=held.is_invented)

    def done(today: date) -> HttpResponse:
        planning.change_measure(measure=held, **form.cleaned_data, by=staff(request), today=today)
        return redirect("plan:measure", slug)

    return _page(request, form, done, title=_("Ändra åtgärden"), button=_("Spara ändringen"), row=held)


def _plain(value: Decimal | None) -> str:
    """Without the zeros that the database keeps: 3, not 3.000."""
    return "" if value is None else f"{value.normalize():f}"


def _measure_form(
    request: HttpRequest, kind: type[MeasureForm], initial: dict[str, Any], *, invented: bool
) -> MeasureForm:
    """Filled, typed, or looked at: then what was typed stays, and what the chosen figure says is shown."""
    if request.POST.get("step") == LOOK:
        typed = {**request.POST.dict(), "demands": request.POST.getlist("demands")}
        return kind(initial=typed, invented=invented)
    return kind(request.POST or None, initial=initial, invented=invented)


def _page(
    request: HttpRequest, form: forms.Form, done: Done, *, title: str, button: str,
    row: Motion | Decision | ActionPlan | Measure | None = None,
) -> HttpResponse:  # fmt: skip
    """The form, or what `done` answers once it is right."""
    if form.is_bound and form.is_valid():
        try:
            answer = done(timezone.localdate())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Det är sparat."))
            return answer
    page: dict[str, Any] = {"form": form, "title": title, "button": button, "row": row}
    template = "plan/measure_form.html" if isinstance(form, MeasureForm) else "plan/form.html"
    return render(request, template, page, status=422 if form.errors else 200)

"""Units: a head sees coverage by name and asks courses of people; a trainer makes units and sees numbers."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.people.access import staff, staff_required
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.training.coverage import actions, digest, queries, steps, table
from klarsyn.training.coverage.forms import (
    AssignForm,
    HeadsForm,
    RoleForm,
    SizeForm,
    TakeInForm,
    UnitForm,
    first_day,
)
from klarsyn.training.coverage.policy import days
from klarsyn.training.models import Unit


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required()
def units(request: HttpRequest) -> HttpResponse:
    """The units one leads, with what needs doing; for a trainer all of them as numbers, and new ones."""
    by, today = staff(request), timezone.localdate()
    is_trainer = by.may(Permission.UNIT_CHANGE)
    led = list(queries.units_led(by))
    if not is_trainer and not led:
        raise Http404
    mine = {**(steps.OF_TRAINER if is_trainer else {}), **(steps.OF_HEAD if led else {})}
    step = steps.named(mine, request.POST) if request.method == "POST" else None
    wrong = steps.done(step, request.POST, by=by, today=today) if step else None
    if step and wrong is None:
        return redirect("training:units")
    covered = queries.coverages(led, today)
    page = {
        "led": [(unit, covered[unit.pk], digest.told(covered[unit.pk])) for unit in led], "wrong": wrong,
        "letter": digest.letter(by) if led else None, "soon_days": days("expires_soon", today).days,
        "is_trainer": is_trainer, "all": queries.all_units() if is_trainer else (),
        "by_role": queries.asked_of_roles() if is_trainer else (),
        "courses": queries.courses() if is_trainer else (),
        **_either(wrong, {"new": UnitForm(), "role": RoleForm(initial={"due_on": first_day(today)})}),
    }  # fmt: skip
    return render(request, "training/coverage/units.html", page, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required()
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: by name for its head alone; for a trainer its heads and its end."""
    by, today = staff(request), timezone.localdate()
    held, is_head, is_trainer = _held(by, pk)
    step = steps.named(steps.OF_UNIT, request.POST) if request.method == "POST" else None
    if step is not None and not (is_head if step.of_head else is_trainer):
        raise Http404
    wrong = steps.done(step, request.POST, by=by, today=today, unit=held) if step else None
    if step and wrong is None:
        return _after(by, pk)
    blank = {
        "assign": AssignForm(initial={"due_on": first_day(today)}), "take_in": TakeInForm(),
        "size": SizeForm(initial={"size": held.size}),
        "heads": HeadsForm(initial={"heads": held.heads.all()}),
    }  # fmt: skip
    page = {
        "unit": held, "is_head": is_head, "is_trainer": is_trainer, "wrong": wrong, **_either(wrong, blank),
        "courses": queries.coverage(held, today) if is_head else (),
        "members": queries.members(held) if is_head else (),
        "newcomer_days": days("newcomer", today).days,
    }  # fmt: skip
    return render(request, "training/coverage/unit.html", page, status=422 if wrong else 200)


@require_safe
@staff_required()
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """The same list as a file, for the head."""
    held, is_head, _is_trainer = _held(staff(request), pk)
    if not is_head:
        raise Http404
    body = table.written(held, queries.coverage(held, timezone.localdate()))
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="utbildning.csv"'
    return answer


def _held(by: User, pk: int) -> tuple[Unit, bool, bool]:
    """The unit, and whether one is its head and a trainer; not there for whoever is neither."""
    held = get_object_or_404(Unit.objects.select_related("parent"), pk=pk, ended_on=None)
    is_head, is_trainer = actions.leads(by, held), by.may(Permission.UNIT_CHANGE)
    if not is_head and not is_trainer:
        raise Http404
    return held, is_head, is_trainer


def _after(by: User, pk: int) -> HttpResponse:
    """Back to the unit, or to the list when it is ended or no longer one's own."""
    try:
        _held(by, pk)
    except Http404:
        return redirect("training:units")
    return redirect("training:unit", pk)


def _either(wrong: forms.Form | None, blank: Mapping[str, forms.Form]) -> dict[str, forms.Form]:
    """Each form blank, but for the one that was filled in wrongly."""
    return {
        name: wrong if wrong is not None and type(wrong) is type(form) else form
        for name, form in blank.items()
    }

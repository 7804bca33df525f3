"""The register of routines, and one routine with its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.plan.models import Routine, RoutineEvent
from klarsyn.plan.routines import actions, queries, steps
from klarsyn.plan.routines.forms import EndRoutineForm, NewRoutineForm, ReviewedForm, RoutineForm
from klarsyn.plan.routines.policy import RoutineState
from klarsyn.plan.wheel.words import Look

LOOKS: Final[Mapping[RoutineState, Look]] = {
    RoutineState.REVIEWED: Look(gettext_lazy("genomgången"), "full", "good"),
    RoutineState.LATE: Look(gettext_lazy("skulle ha gåtts igenom"), "triangle", "danger"),
    RoutineState.NEVER: Look(gettext_lazy("aldrig genomgången"), "empty", "caution"),
}
EVENTS: Final[Mapping[str, Promise]] = {
    RoutineEvent.Kind.ENTERED: gettext_lazy("Införd"),
    RoutineEvent.Kind.CHANGED: gettext_lazy("Ändrad"),
    RoutineEvent.Kind.REVIEWED: gettext_lazy("Genomgången"),
    RoutineEvent.Kind.ENDED: gettext_lazy("Avslutad"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.YEAR_READ)
def routines(request: HttpRequest) -> HttpResponse:
    """What is due first; for the keeper a form for a new one."""
    by, today = staff(request), timezone.localdate()
    keeps = by.may(Permission.YEAR_CHANGE)
    form = NewRoutineForm(request.POST or None)
    if request.method == "POST":
        if not keeps:
            raise Http404
        if steps.did(form, actions.enter, by=by, today=today):
            messages.success(request, gettext("Rutinen är införd."))
            return redirect("plan:routines")
    kept = queries.register(today)
    page = {
        "routines": [(one, LOOKS[one.state]) for one in kept], "form": form, "keeps": keeps,
        "is_invented": any(one.routine.is_invented for one in kept),
    }  # fmt: skip
    return render(request, "plan/routines/routines.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.YEAR_READ)
def routine(request: HttpRequest, pk: int) -> HttpResponse:
    """One routine; the keeper says it was looked through, changes it, ends it."""
    held, by, today = get_object_or_404(Routine, pk=pk), staff(request), timezone.localdate()
    keeps, step, wrong = by.may(Permission.YEAR_CHANGE), "", None
    if request.method == "POST":
        if not keeps:
            raise Http404
        step, wrong = steps.done(request.POST, held, by=by, today=today)
        if wrong is None:
            messages.success(request, gettext("Sparat i rutinens historik."))
            return redirect("plan:routine", pk)
    kept = queries.one(held, today)
    blank = {
        "review": ReviewedForm(initial={"on": today}), "end": EndRoutineForm(),
        "change": RoutineForm(initial={f: getattr(held, f) for f in RoutineForm.base_fields}),
    }  # fmt: skip
    filled = blank | ({step: wrong} if wrong else {})
    for name, form in filled.items():
        form.auto_id = f"id_{name}_%s"  # two of them have a field of the same name
    page = {
        "kept": kept, "look": LOOKS[kept.state], "keeps": keeps and held.ended_on is None, "wrong": wrong,
        "history": [(one, EVENTS[one.kind]) for one in queries.history(held)],
        **filled,
    }  # fmt: skip
    return render(request, "plan/routines/routine.html", page, status=422 if wrong else 200)

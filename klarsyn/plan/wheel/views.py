"""The year on one page: drawn, as a list, with what is missing now; and what anyone may see of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.plan.wheel import drawing, queries, steps
from klarsyn.plan.wheel.forms import DatesForm, DoneForm, EveningForm
from klarsyn.plan.wheel.policy import FIRST_YEAR, LAST_YEAR
from klarsyn.plan.wheel.words import STAGES, shown


@require_safe
@staff_required(Permission.YEAR_READ)
def this_year(request: HttpRequest) -> HttpResponse:
    return redirect("plan:year", timezone.localdate().year)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.YEAR_READ)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The whole year; the keeper's forms under it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    by, today = staff(request), timezone.localdate()
    keeps, step, wrong = by.may(Permission.YEAR_CHANGE), "", None
    if request.method == "POST":
        if not keeps:
            raise Http404
        step, wrong = steps.form_of(request.POST)
        if steps.do(step, wrong, year=year, by=by, today=today):
            messages.success(request, str(steps.DONE[step]))
            return redirect("plan:year", year)
    found = queries.wheel(year, today)
    begins = {"on": found.evening.on if found.evening else None, "mapping_year": found.mapping_year}
    blank = {"evening": EveningForm(initial=begins), "dates": DatesForm(), "done": DoneForm()}
    filled = blank | ({step: wrong} if wrong else {})
    for name, form in filled.items():
        form.auto_id = f"id_{name}_%s"  # two of them have a field of the same name
    page = {
        "wheel": found, "stages": [shown(one) for one in found.stages], "today": today, "keeps": keeps,
        "drawn": drawing.drawn(found.year, found.stages, found.evening.on if found.evening else None, today),
        "around": queries.neighbours(year), "wrong": wrong, "history": _history(year),
        **filled,
    }  # fmt: skip
    return render(request, "plan/wheel/year.html", page, status=422 if wrong else 200)


@require_safe
def public_year(request: HttpRequest) -> HttpResponse:
    """In which stage the mapping is, and the evening's day: nothing of what is missing, nobody's office."""
    today = timezone.localdate()
    found = queries.wheel(today.year, today, asks_counts=False)
    page = {
        "wheel": found,
        "stages": [shown(one) for one in found.stages],
        "drawn": drawing.drawn(found.year, found.stages, found.evening.on if found.evening else None, today),
        "today": today,
        "language": get_language() or "sv",
    }
    return render(request, "plan/wheel/public.html", page)


def _history(year: int) -> list[dict[str, object]]:
    return [
        {"row": line.row, "what": line.what, "stage": STAGES[line.stage] if line.stage else ""}
        for line in queries.history(year)
    ]

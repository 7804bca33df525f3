"""What is done for somebody: goals, follow-up questions, the trafficking route; each on the opened case."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.base.errors import Refused
from klarsyn.cases import referring
from klarsyn.cases.access import readable, visit, write_entry
from klarsyn.cases.following import TIMES, due_on
from klarsyn.cases.instruments.reading import Instrument
from klarsyn.cases.instruments.shelf import shelf
from klarsyn.cases.kinds.followup import TIMES as WHEN
from klarsyn.cases.kinds.followup import answered
from klarsyn.cases.models import Case
from klarsyn.cases.opened import SHOWN, told
from klarsyn.cases.route.steps import SOURCE, STEPS, route
from klarsyn.cases.sharing import Standing, standing, youth
from klarsyn.cases.support_forms import GoalsForm, PointsForm, QuestionsForm, ReachedForm
from klarsyn.cases.values import CaseShown
from klarsyn.cases.views.once import record_for, record_in
from klarsyn.cases.writing import Twice
from klarsyn.people.access import keys, keys_required, staff, staff_required
from klarsyn.people.permissions import Permission

PAGES = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Asking:
    """One time of an instrument: answered, due, or later."""

    instrument: Instrument
    time: str
    when: str
    due: object
    answered: Standing | None


@require_safe
@staff_required(Permission.CASE_READ)
@keys_required
def support(request: HttpRequest, id: UUID) -> HttpResponse:
    """Goals, questions, support and what may be said to others, on one page."""
    found, seen = _seen(request, id)
    if seen is None:
        return redirect("cases:case", id)
    page = page_of(found, seen) | {"askings": _askings(found, seen), "refused": shelf().refused}
    return render(request, "cases/support.html", page)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def goals(request: HttpRequest, id: UUID) -> HttpResponse:
    """A plan of goals, or how far its goals are reached: the plan decides which is asked."""
    found, seen = _seen(request, id)
    plan = standing(seen.records, "goals") if seen else []
    is_new = "g0_title" in request.POST or not plan or "nya" in request.GET
    if seen is None and "g0_title" not in request.POST:  # a plan that was long in writing is not lost
        return redirect("cases:case", id)
    posted = request.POST or None
    form = GoalsForm(posted) if is_new else ReachedForm(plan[-1].data["goals"], posted)
    kind = "goals" if is_new else "goals_followed"
    if request.method == "POST" and form.is_valid() and _kept(request, id, kind, form.values(), form):
        return redirect("cases:support", id)
    page = page_of(found, seen) | {
        "form": form,
        "is_new": is_new,
        "record": record_for(request),
        "plan": told(plan[-1:]),
    }
    return render(request, "cases/goals.html", page, status=422 if form.errors else 200)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def questions(request: HttpRequest, id: UUID, instrument: str, time: str) -> HttpResponse:
    """The questions of an instrument at one of its times."""
    found, seen = _seen(request, id)
    held = shelf().instruments.get(instrument)
    if held is None or time not in held.times or found.team.kind not in held.receptions:
        raise Http404
    if seen is None and request.method != "POST":
        return redirect("cases:case", id)
    form = QuestionsForm(held, request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and _kept(request, id, "follow_up", answered(held, time, form.answers()), form):
        return redirect("cases:support", id)
    page = page_of(found, seen) | {
        "form": form,
        "instrument": held,
        "when": WHEN[time],
        "record": record_for(request),
    }
    return render(request, "cases/questions.html", page, status=422 if form.errors else 200)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def trafficking_route(request: HttpRequest, id: UUID) -> HttpResponse:
    """The six steps of the national manual, with what is done of them."""
    found, seen = _seen(request, id)
    if found.team.kind != "mika":
        raise Http404
    if seen is None:
        return redirect("cases:case", id)
    today, form = timezone.localdate(), PointsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {"points": form.cleaned_data["points"]}
        write_entry(staff(request), keys(request), id, kind="route_done", data=data, event_day=today)
        messages.success(request, _("Sparat och låst."))
        return redirect("cases:route", id)
    begun = standing(seen.records, "trafficking")
    done = {key for one in standing(seen.records, "route_done") for key in one.data["points"]}
    steps = route(begun[0].data["noticed_on"], done, today) if begun else ()
    others = standing(seen.records, "coordinator_asked", "recovery", "safe_return")
    page = {"form": form, "steps": steps, "ahead": STEPS, "others": told(others), "source": SOURCE}
    return render(
        request, "cases/route.html", page_of(found, seen) | page, status=422 if form.errors else 200
    )


def page_of(found: Case, seen: CaseShown | None) -> dict[str, object]:
    """What every page of these has: under eighteen comes first on each. Without `seen` the case is shut."""
    if seen is None:
        return {"case": found}
    groups = {name: told(standing(seen.records, *kinds)) for name, kinds in SHOWN.items()}
    return {
        "case": found,
        "shown": seen,
        **youth(seen),
        **groups,
    }


def _seen(request: HttpRequest, id: UUID) -> tuple[Case, CaseShown | None]:
    """The case and what it holds; None when the reason must be given first. Raises Http404."""
    found = readable(staff(request), id)
    return found, visit(staff(request), keys(request), id)


def _askings(found: Case, seen: CaseShown) -> list[Asking]:
    made = []
    for held in shelf().instruments.values():
        if found.team.kind not in held.receptions:
            continue
        mine = [o for o in standing(seen.records, "follow_up") if o.data["instrument"] == held.key]
        by_time = {one.data["time"]: one for one in mine}
        start = by_time.get("start")
        for time in held.times:
            due = due_on(start.entry.event_day, time) if start and time in TIMES else None
            made.append(Asking(held, time, str(WHEN[time]), due, by_time.get(time)))
    return made


def _kept(request: HttpRequest, id: UUID, kind: str, data: dict[str, object], form: Form) -> bool:
    try:
        referring.write(staff(request), keys(request), id, kind=kind, data=data, record=record_in(request))
    except Twice:
        pass  # the same page once more: it is kept
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Sparat och låst."))
    return True

"""What staff read of the plan, and the small forms that stand on its pages."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.plan import policy
from klarsyn.plan.indicators.choosing import standing_told
from klarsyn.plan.models import ActionPlan, Consultation, Decision, Measure, Motion, Review
from klarsyn.plan.motions import publishing, queries, reviewing, steps, words
from klarsyn.plan.motions.forms import AnswerForm, MilestoneForm, ReviewForm, SendForm

_ROWS: Final[dict[str, type[publishing.Row]]] = {
    "motion": Motion, "consultation": Consultation, "decision": Decision, "actionplan": ActionPlan,
    "measure": Measure, "review": Review,
}  # fmt: skip


@require_safe
@staff_required(Permission.PLAN_READ)
def overview(request: HttpRequest) -> HttpResponse:
    """Each demand with its measures; what is late, and one's own, first."""
    shown = queries.overview(staff(request), timezone.localdate())
    return render(request, "plan/overview.html", {"shown": shown, **_may(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.PLAN_READ)
def motion(request: HttpRequest, slug: str) -> HttpResponse:
    """What was asked, answered and decided, and what is done about it."""
    held = get_object_or_404(Motion, slug=slug)
    step, wrong = (
        steps.taken(request, steps.OF_MOTION, motion=held) if request.method == "POST" else ("", None)
    )
    if step and wrong is None:
        messages.success(request, gettext("Det är sparat."))
        return redirect("plan:motion", slug)
    page = {
        "shown": queries.motion_shown(held, timezone.localdate()), "motion": held, "wrong": wrong,
        "send": wrong if step == "send" else SendForm(),
        "answers": [
            (one, wrong if step == "answer" and request.POST.get("consultation") == str(one.pk)
             else AnswerForm(motion=held, initial={"consultation": one}, auto_id=f"answer_{one.pk}_%s"),
             queries.told(one))
            for one in held.consultations.all()
        ],
        "decisions": held.decisions.all(), "is_invented": queries.holds_invented(held),
        "history": queries.told(held), **_may(request),
    }  # fmt: skip
    return render(request, "plan/motion.html", page, status=422 if wrong else 200)


@require_safe
@staff_required(Permission.PLAN_READ)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Decision.objects.select_related("motion").prefetch_related("outcomes__demand", "plans")
    held = get_object_or_404(rows, pk=pk)
    page = {"decision": held, "history": queries.told(held), **_may(request)}
    return render(request, "plan/decision.html", page)


@require_safe
@staff_required(Permission.PLAN_READ)
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The measures with their shares, and how far the plan has come by a formula that stands on the page."""
    held = get_object_or_404(ActionPlan, slug=slug)
    shown = queries.plan_shown(held, timezone.localdate())
    page = {"shown": shown, "plan": shown.plan, "history": queries.told(held), **_may(request)}
    return render(request, "plan/plan.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.PLAN_READ)
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure: milestones to tick, reviews and the form for a new one, and every change."""
    held = get_object_or_404(Measure.objects.select_related("plan"), slug=slug)
    by, today = staff(request), timezone.localdate()
    posted = request.method == "POST"
    step, wrong = steps.taken(request, steps.OF_MEASURE, measure=held) if posted else ("", None)
    if step and wrong is None:
        messages.success(request, gettext("Det är sparat."))
        return redirect("plan:measure", slug)
    line = queries.line_of(held, today)
    page = {
        "line": line, "measure": held, "wrong": wrong, "today": today, "is_open": held.state in policy.OPEN,
        "remarks": words.remarks(held, milestones=line.milestones, today=today),
        "reviews": held.reviews.all(), "history": queries.told(held), "standing": standing_told(held),
        "reviews_it": reviewing.may_review(by, held), "ticks": reviewing.may_tick(by, held),
        "review": wrong if step == "review" else ReviewForm(measure=held),
        "milestone": wrong if step == "milestone" else MilestoneForm(), **_may(request),
    }  # fmt: skip
    return render(request, "plan/measure.html", page, status=422 if wrong else 200)


@require_POST
@staff_required(Permission.PLAN_PUBLISH)
def show(request: HttpRequest) -> HttpResponse:
    """Publish a row or hide it again, and back to the page it stands on."""
    kind, _dash, pk = request.POST.get("row", "").partition("-")
    if kind not in _ROWS or not (pk.isascii() and pk.isdigit() and len(pk) < 12):
        raise Refused(gettext("Välj vad som ska publiceras. Inget är ändrat."))
    row = _ROWS[kind].objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    act = publishing.hide if request.POST.get("step") == "hide" else publishing.publish
    act(row=row, by=staff(request), today=timezone.localdate())
    messages.success(
        request,
        gettext("Det syns inte längre utåt.") if act is publishing.hide else gettext("Det är publicerat."),
    )
    return _page_of(row)


def _page_of(row: publishing.Row) -> HttpResponse:
    if isinstance(row, Decision):
        return redirect("plan:decision", row.pk)
    if isinstance(row, Review):
        return redirect("plan:measure", row.measure.slug)
    if isinstance(row, Consultation):
        return redirect("plan:motion", row.motion.slug)
    pages = {Motion: "plan:motion", ActionPlan: "plan:plan", Measure: "plan:measure"}
    return redirect(pages[type(row)], row.slug)


def _may(request: HttpRequest) -> dict[str, bool]:
    by = staff(request)
    return {
        "registers": by.may(Permission.PLAN_REGISTER),
        "changes": by.may(Permission.PLAN_CHANGE),
        "publishes": by.may(Permission.PLAN_PUBLISH),
    }

"""Agreements and joint work: read by those who lead, kept by whoever coordinates it with the police."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.plan.history import lines as history_of
from klarsyn.plan.models import Agreement, Goal, JointWork
from klarsyn.plan.police import actions, picture, queries
from klarsyn.plan.police.forms import (
    AgreementForm,
    CorrectForm,
    EndForm,
    FollowForm,
    GoalForm,
    JointWorkForm,
)
from klarsyn.plan.police.kinds import kinds, laws, months_back
from klarsyn.plan.police.policy import is_late, months

READ, WRITE = Permission.COOPERATION_READ, Permission.COOPERATION_WRITE


def tried(request: HttpRequest, form: forms.Form, act: Callable[[], object], said: str) -> bool:
    """Whether a form that is right was also let through; what is refused stands at its top."""
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, said)
    return True


def only_writers(request: HttpRequest) -> None:
    """Whoever only reads finds no form to send."""
    if request.method == "POST" and not staff(request).may(WRITE):
        raise Http404


@require_safe
@staff_required(READ)
def cooperation(request: HttpRequest) -> HttpResponse:
    """Everything on one page: agreements, the year's joint work, what meetings agreed."""
    today = timezone.localdate()
    found = queries.agreements(today)
    years = queries.entered_years()
    page = {
        "agreements": found,
        "holds": any(one.holds for one in found),
        "years": [(year, queries.kind_years(year)) for year in years[:2]],
        "open_measures": [(one, one.due_on < today) for one in queries.open_measures()],
        "laws": laws(today),
        "writes": staff(request).may(WRITE),
        "is_invented": queries.is_invented(),
    }
    return render(request, "plan/police/cooperation.html", page)


@require_safe
@staff_required(READ)
def shared_picture(request: HttpRequest) -> HttpResponse:
    """For the steering group, on paper: released figures, goals that hold, and what meetings agreed."""
    today = timezone.localdate()
    holding = [one.agreement for one in queries.agreements(today) if one.holds]
    page = {
        "today": today,
        "goals": [(g, is_late(g.state, g.due_on, today)) for one in holding for g in one.goals.all()],
        "measures": [(one, one.done_on is None and one.due_on < today) for one in queries.recent_measures()],
        "sections": picture.sections(),
        "is_invented": queries.is_invented(),
    }
    return render(request, "plan/police/shared_picture.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(WRITE)
def agreement_new(request: HttpRequest) -> HttpResponse:
    form = AgreementForm(request.POST or None)
    by, today = staff(request), timezone.localdate()
    if request.method == "POST" and form.is_valid():
        act = partial(actions.make_agreement, **form.given(), by=by, today=today)
        if tried(request, form, act, gettext("Överenskommelsen är införd.")):
            return redirect("plan:cooperation")
    return render(
        request, "plan/police/agreement_new.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(READ)
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement with its goals and its history; a form for a new goal."""
    only_writers(request)
    row = get_object_or_404(Agreement, pk=pk)
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, today = staff(request), timezone.localdate()
        act = partial(actions.add_goal, agreement=row, **form.cleaned_data, by=by, today=today)
        if tried(request, form, act, gettext("Målet står i överenskommelsen.")):
            return redirect("plan:agreement", pk=pk)
    return _agreement_page(request, row, form, EndForm(prefix="end"))


@require_POST
@staff_required(WRITE)
def agreement_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Agreement, pk=pk)
    form = EndForm(request.POST, prefix="end")
    if form.is_valid():
        by, today = staff(request), timezone.localdate()
        act = partial(actions.end_agreement, agreement=row, why=form.cleaned_data["why"], by=by, today=today)
        if tried(request, form, act, gettext("Överenskommelsen gäller inte längre.")):
            return redirect("plan:agreement", pk=pk)
    return _agreement_page(request, row, GoalForm(), form)


def _agreement_page(request: HttpRequest, row: Agreement, form: GoalForm, end: EndForm) -> HttpResponse:
    today = timezone.localdate()
    one = queries.stand(row, today)
    page = {
        "one": one,
        "goals": [
            (goal, is_late(goal.state, goal.due_on, today), history_of(goal)) for goal in row.goals.all()
        ],
        "history": history_of(row),
        "form": form,
        "end": end,
        "writes": staff(request).may(WRITE),
    }
    return render(
        request, "plan/police/agreement.html", page, status=422 if form.errors or end.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(WRITE)
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a goal, or another day for it."""
    row = get_object_or_404(Goal.objects.select_related("agreement"), pk=pk)
    first = {"state": row.state, "due_on": row.due_on}
    form = FollowForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        act = partial(actions.follow_goal, goal=row, **form.cleaned_data, by=staff(request))
        if tried(request, form, act, gettext("Målet är uppföljt.")):
            return redirect("plan:agreement", pk=row.agreement_id)
    page = {"goal": row, "form": form, "history": history_of(row)}
    return render(request, "plan/police/goal.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(READ)
def joint_work(request: HttpRequest) -> HttpResponse:
    """Joint work month by month; a form of numbers for those who keep it."""
    only_writers(request)
    by, today = staff(request), timezone.localdate()
    form = JointWorkForm(today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(actions.enter_joint_work, **form.given(), by=by, today=today)
        if tried(request, form, act, gettext("Månaden är införd.")):
            return redirect("plan:joint_work")
    lines, older = queries.lines(today)
    page = {
        "form": form,
        "lines": lines,
        "older": older,
        "kinds": list(kinds().values()),
        "months": months_back(today),
        "writes": by.may(WRITE),
        "is_invented": queries.is_invented(),
    }
    return render(request, "plan/police/joint_work.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(WRITE)
def joint_work_correct(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(JointWork, pk=pk)
    today = timezone.localdate()
    first = {name: getattr(row, name) for name in ("occasions", "hours", "staff", "cards")}
    form = CorrectForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        why, by = form.cleaned_data["why"], staff(request)
        act = partial(actions.correct_joint_work, work=row, **form.numbers(), why=why, by=by, today=today)
        if tried(request, form, act, gettext("Månaden är rättad. Det som stod förut är kvar i historiken.")):
            return redirect("plan:joint_work")
    page = {
        "line": queries.line_of(row, today),
        "is_open": (row.year, row.month) in months(today),
        "form": form,
        "history": history_of(row),
    }
    return render(request, "plan/police/joint_work_correct.html", page, status=422 if form.errors else 200)

"""Meetings with the police: what was said, without anybody by name, and what was agreed."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from klarsyn.people.access import staff, staff_required
from klarsyn.plan.models import AgreedMeasure, Meeting
from klarsyn.plan.police import meetings as actions
from klarsyn.plan.police import queries
from klarsyn.plan.police.forms import AgreedForm, DoneForm, MeetingForm
from klarsyn.plan.police.views import READ, WRITE, only_writers, tried


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(READ)
def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings, newest first; what they agreed that is not done; a form for the one that has been."""
    only_writers(request)
    today = timezone.localdate()
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(actions.keep_meeting, **form.cleaned_data, by=staff(request), today=today)
        if tried(request, form, act, gettext("Mötet är infört.")):
            return redirect("plan:meetings")
    page = {
        "form": form,
        "meetings": Meeting.objects.prefetch_related("agreed"),
        "open_measures": [(one, one.due_on < today) for one in queries.open_measures()],
        "writes": staff(request).may(WRITE),
        "is_invented": Meeting.objects.filter(is_invented=True).exists(),
    }
    return render(request, "plan/police/meetings.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(READ)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting with what it agreed; a form for one more measure."""
    only_writers(request)
    row = get_object_or_404(Meeting, pk=pk)
    form = AgreedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(actions.agree_measure, meeting=row, **form.cleaned_data, by=staff(request))
        if tried(request, form, act, gettext("Åtgärden står i mötet.")):
            return redirect("plan:meeting", pk=pk)
    today = timezone.localdate()
    page = {
        "meeting": row,
        "offices": row.attendees.splitlines(),
        "agreed": [
            (one, one.done_on is None and one.due_on < today) for one in row.agreed.select_related("measure")
        ],
        "form": form,
        "writes": staff(request).may(WRITE),
    }
    return render(request, "plan/police/meeting.html", page, status=422 if form.errors else 200)


@require_POST
@staff_required(WRITE)
def agreed(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done, or is not after all."""
    row = get_object_or_404(AgreedMeasure, pk=pk)
    form = DoneForm(request.POST)
    done = form.is_valid() and form.cleaned_data["done"]
    actions.follow_measure(agreed=row, done=done, by=staff(request), today=timezone.localdate())
    messages.success(request, gettext("Åtgärden är ändrad."))
    return redirect("plan:meeting", pk=row.meeting_id)

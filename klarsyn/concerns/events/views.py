"""The calendar of fairs and large events: read by those who log, kept by the analyst and the partners."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from klarsyn.base.errors import Refused
from klarsyn.base.event_weeks import weeks_between
from klarsyn.concerns.events import actions, policy, queries
from klarsyn.concerns.events.forms import EventForm
from klarsyn.concerns.models import Event
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.EVENT_READ)
def events(request: HttpRequest) -> HttpResponse:
    """What is to come first, then what has been; a form for those who keep the calendar."""
    today, writes = timezone.localdate(), staff(request).may(Permission.EVENT_WRITE)
    form = EventForm(request.POST or None)
    if request.method == "POST":
        if not writes:
            raise Http404
        if form.is_valid() and _entered(request, form):
            return redirect("concerns:events")
    standing = queries.standing()
    page = {
        "form": form,
        "writes": writes,
        "coming": [_shown(e) for e in standing if e.last_day >= today],
        "past": [_shown(e) for e in reversed(standing) if e.last_day < today],
        "is_invented": any(e.is_invented for e in standing),
    }
    return render(request, "concerns/events.html", page, status=422 if form.errors else 200)


@require_POST
@staff_required(Permission.EVENT_WRITE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk)
    actions.withdraw(event=event, by=staff(request), today=timezone.localdate())
    messages.success(request, gettext("Evenemanget är struket."))
    return redirect("concerns:events")


def _entered(request: HttpRequest, form: EventForm) -> bool:
    try:
        actions.enter(**form.cleaned_data, by=staff(request), today=timezone.localdate())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, gettext("Evenemanget står i kalendern."))
    return True


def _shown(event: Event) -> dict[str, object]:
    weeks = weeks_between(event.first_day, event.last_day)
    return {
        "event": event,
        "weeks": ", ".join(str(week.isocalendar().week) for week in weeks),
        "can_withdraw": policy.can_withdraw(event.first_day, timezone.localdate()),
    }

"""The reception publishes times, sees what is booked, and says how it went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.contact import sweeping
from klarsyn.contact.booking import access, actions, queries, reminders
from klarsyn.contact.booking.forms import EndForm, LastDayForm, PublishForm
from klarsyn.contact.models import PublishedTimes
from klarsyn.people.access import keys, keys_required, staff, staff_required
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.models import Reception
from klarsyn.receptions.queries import areas_in_force

PAGES = ["GET", "HEAD", "POST"]


@require_http_methods(PAGES)
@staff_required(Permission.TIMES_CHANGE)
def published(request: HttpRequest) -> HttpResponse:
    """The own receptions' published times with their days, and a form for new ones."""
    now, mine = timezone.localtime(), _receptions(staff(request))
    form = PublishForm(mine, now.date(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(**form.cleaned_data, by=staff(request), today=now.date())
        except Refused as refused:
            form.add_error("written", str(refused))
        else:
            return redirect("contact:published")
    shown = [
        {
            "reception": one, "rows": queries.list_published(one), "free": len(queries.free_times(one, now)),
            "letter": "m" if one.kind == "mika" else "k",
        }
        for one in mine
    ]  # fmt: skip
    page = {"form": form, "receptions": shown, "reminds": reminders.is_offered(), "today": now.date()}
    return render(request, "contact/staff/published.html", page, status=422 if form.errors else 200)


@require_POST
@staff_required(Permission.TIMES_CHANGE)
def end_times(request: HttpRequest, pk: int) -> HttpResponse:
    """Let published times end. A day that cannot be is answered with a page that says so."""
    row = get_object_or_404(PublishedTimes, pk=pk)
    if not _receptions(staff(request)).filter(pk=row.reception_id).exists():
        raise Http404
    form = LastDayForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Skriv den sista dagen som ÅÅÅÅ-MM-DD. Inget är ändrat."))
    today = timezone.localdate()
    actions.end_times(row=row, last_day=form.cleaned_data["last_day"], by=staff(request), today=today)
    return redirect("contact:published")


@require_safe
@staff_required(Permission.CASE_READ)
def booked_list(request: HttpRequest) -> HttpResponse:
    """The own receptions' booked times, without what was said."""
    now, by = timezone.localtime(), staff(request)
    sweeping.sweep(now)
    shown = [(team, access.list_booked(by, team, now)) for team in _teams(by)]
    return render(request, "contact/staff/booked_list.html", {"shown": shown})


@require_http_methods(PAGES)
@staff_required(Permission.CASE_READ)
@keys_required
def booked(request: HttpRequest, id: UUID) -> HttpResponse:
    """One booked time: read what was said, withdraw it, say how it went."""
    now, by, mine = timezone.localtime(), staff(request), keys(request)
    line, team = access.booked(by, id, now)
    form = EndForm(areas_in_force(team.reception, now.date()), request.POST or None)
    page: dict[str, Any] = {"line": line, "team": team, "form": form, "message": None}
    match request.POST.get("step", ""):
        case "read":
            opened = access.open_booked(by, mine, id, now)
            form = EndForm(areas_in_force(team.reception, now.date()))
            return render(
                request, "contact/staff/booked.html", {**page, "form": form, "message": opened.message}
            )
        case "withdraw":
            access.withdraw(by, mine, id)
            messages.success(request, _("Tiden är avbokad. Den som bokade ser det med sin kod."))
            return redirect("contact:booked_list")
        case _ if request.method == "POST" and form.is_valid():
            access.end_booked(by, mine, id, now=now, **form.cleaned_data)
            messages.success(request, _("Klart. Kvar är bara ett antal för månaden."))
            return redirect("contact:booked_list")
    return render(request, "contact/staff/booked.html", page, status=422 if form.errors else 200)


def _teams(by: User) -> list[Team]:
    return [team for team in Team.objects.order_by("name") if by.may_in_team(Permission.CASE_READ, team)]


def _receptions(by: User) -> QuerySet[Reception]:
    every = Reception.objects.select_related("team")
    pks = [r.pk for r in every if by.may_in_team(Permission.TIMES_CHANGE, r.team)]
    return every.filter(pk__in=pks).order_by("team__name")

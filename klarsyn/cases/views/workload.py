"""The head's page of how much a reception carries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from klarsyn.cases import leave
from klarsyn.cases.workload import workload
from klarsyn.people.access import staff, staff_required
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission


@require_safe
@staff_required(Permission.WORKLOAD_READ)
def page(request: HttpRequest) -> HttpResponse:
    """Each reception of the head's, in numbers."""
    by, today = staff(request), timezone.localdate()
    teams = [team for team in Team.objects.order_by("name") if by.may_in_team(Permission.WORKLOAD_READ, team)]
    shown = [(team, workload(by, team, today), leave.coming(by, team, today)) for team in teams]
    return render(request, "cases/workload.html", {"shown": shown})

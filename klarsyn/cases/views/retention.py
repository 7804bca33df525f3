"""Gallring: the page of what falls due, and the two turns of two persons."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.cases import retention
from klarsyn.cases.access import to_change
from klarsyn.cases.forms import DisposeForm
from klarsyn.cases.models import DisposalState
from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission


@require_safe
@staff_required(Permission.RETENTION_READ)
def page(request: HttpRequest) -> HttpResponse:
    """Each of the own receptions: how many fall due and which, what waits, and the evidence."""
    by, today = staff(request), timezone.localdate()
    shown = [
        {
            "team": team,
            "due": retention.due(by, team, today),
            "waiting": retention.told(by, team, DisposalState.PROPOSED),
            "told": retention.told(by, team, DisposalState.ERASED, DisposalState.KEPT),
            "proposes": by.may_in_team(Permission.CASE_WRITE, team),
        }
        for team in Team.objects.order_by("name")
        if by.may_in_team(Permission.RETENTION_READ, team)
    ]
    return render(request, "cases/retention.html", {"shown": shown})


@require_POST
@staff_required(Permission.CASE_WRITE)
@keys_required
def propose(request: HttpRequest, id: UUID) -> HttpResponse:
    by, held = staff(request), keys(request)
    to_change(by, held, id)  # a case of somebody else's is not there, whatever the form says
    if not DisposeForm(request.POST).is_valid():
        raise Refused(_("Sätt först krysset för att du har sett efter. Inget är ändrat."))
    retention.propose(by, held, id)
    messages.success(request, _("Förslaget väntar på enhetschefen."))
    return redirect("cases:retention")


@require_POST
@staff_required(Permission.CASE_DISPOSE)
@step_up_required
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    retention.agree(staff(request), pk)
    messages.success(request, _("Ärendet är raderat. Numret, regeln och beslutet står kvar som bevis."))
    return redirect("cases:retention")


@require_POST
@staff_required(Permission.CASE_DISPOSE)
@step_up_required
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    retention.keep(staff(request), pk)
    messages.success(request, _("Ärendet står kvar. Det kan föreslås igen."))
    return redirect("cases:retention")

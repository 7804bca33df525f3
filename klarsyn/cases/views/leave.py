"""The head's page of leave: who is away, who covers, and what nobody covers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.cases import leave
from klarsyn.cases.forms import LeaveForm
from klarsyn.cases.naming import colleagues
from klarsyn.people.access import staff, staff_required
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.LEAVE_CHANGE)
def page(request: HttpRequest, team: UUID) -> HttpResponse:
    """Leave to come, with a form for one more; `step` with the row's number covers it or takes it back."""
    by, found = staff(request), get_object_or_404(Team, pk=team)
    if not by.may_in_team(Permission.LEAVE_CHANGE, found):
        raise Http404
    step = request.POST.get("step", "")
    form = LeaveForm(colleagues(found), None if step else request.POST or None)
    if request.method == "POST" and (step or form.is_valid()):
        try:
            _do(request, found, form, step)
        except Refused as refused:
            if step:
                raise
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Sparat. Den som är ledig och den som täcker ser det bland sina ärenden.")
            )
            return redirect("cases:leave", found.pk)
    held, here = leave.coming(by, found, timezone.localdate()), colleagues(found)
    page = {"team": found, "held": held, "form": form, "here": here}
    return render(request, "cases/leave.html", page, status=422 if form.errors else 200)


def _do(request: HttpRequest, team: Team, form: LeaveForm, step: str) -> None:
    by = staff(request)
    if not step:
        leave.state(by, team, **form.cleaned_data)
        return
    pk = _number(request.POST.get("leave", ""))
    if step == "take_back":
        leave.take_back(by, team, pk)
        return
    chosen = request.POST.get("covered_by", "")
    who = next((one for one in colleagues(team) if str(one.pk) == chosen), None)
    if chosen and who is None:
        raise Http404
    leave.cover(by, team, pk, who)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404
    return int(text)

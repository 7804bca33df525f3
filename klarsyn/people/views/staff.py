"""Who holds which role in a reception, for its head: give and take the counsellors' roles."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from klarsyn.base.errors import Refused
from klarsyn.people import actions
from klarsyn.people.access import staff, staff_required, step_up_required
from klarsyn.people.forms import GiveRoleForm
from klarsyn.people.models import RoleHeld, Team, User
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import BY_KEY


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.ROLE_CHANGE)
@step_up_required
def members(request: HttpRequest) -> HttpResponse:
    """The own receptions' roles, and a form to give one."""
    by, mine = staff(request), _teams(staff(request))
    form = GiveRoleForm(by, mine, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.give_role(user=data["user"], role=form.role(), team=data["team"], by=by)
        except Refused as refused:
            form.add_error("user", str(refused))
        else:
            return redirect("people:members")
    held = (
        RoleHeld.objects.filter(team__in=mine)
        .select_related("user", "team")
        .order_by("team__name", "user__name")
    )
    rows = [(row, BY_KEY[row.role], _may_take(by, row)) for row in held if row.role in BY_KEY]
    return render(
        request, "people/members.html", {"form": form, "rows": rows}, status=422 if form.errors else 200
    )


@require_POST
@staff_required(Permission.ROLE_CHANGE)
@step_up_required
def take(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(RoleHeld, pk=pk)
    if not _may_take(staff(request), row):
        raise Http404
    actions.take_role(row=row, by=staff(request))
    return redirect("people:members")


def _teams(by: User) -> QuerySet[Team]:
    mine = [t.pk for t in Team.objects.all() if by.may_in_team(Permission.ROLE_CHANGE, t)]
    return Team.objects.filter(pk__in=mine).order_by("name")


def _may_take(by: User, row: RoleHeld) -> bool:
    return actions.can_change(by, BY_KEY.get(row.role), row.team, row.user)

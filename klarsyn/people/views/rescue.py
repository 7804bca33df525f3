"""For the escrow officers: two of them, one after the other, bring back a reception with no member left."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.people import rescue, unlocked
from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.forms import HandOverForm, RescueForm
from klarsyn.people.permissions import Permission
from klarsyn.people.rescue import Rescue

PAGES = ["GET", "HEAD", "POST"]


@require_safe
@staff_required(Permission.ESCROW_OPEN)
def escrow(request: HttpRequest) -> HttpResponse:
    shown = rescue.list_rescues(staff(request), unlocked.keys_of(request))
    is_open = unlocked.keys_of(request) is not None
    return render(request, "people/escrow.html", {"shown": shown, "is_open": is_open})


@require_http_methods(PAGES)
@staff_required(Permission.ESCROW_OPEN)
@step_up_required
@keys_required
def hand_over(request: HttpRequest, team: UUID) -> HttpResponse:
    one = _rescue(request, team)
    form = HandOverForm(one.others, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        rescue.hand_over(team=one.team, by=staff(request), keys=keys(request), **data)
        done = _("Din del är gjord. Nu kan %(name)s göra den andra, inom sju dagar.")
        messages.success(request, done % {"name": data["to"].name})
        return redirect("people:escrow")
    page = {"form": form, "one": one}
    return render(request, "people/escrow_hand_over.html", page, status=422 if form.errors else 200)


@require_POST
@staff_required(Permission.ESCROW_OPEN)
def take_back(request: HttpRequest, team: UUID) -> HttpResponse:
    rescue.take_back(team=_rescue(request, team).team, by=staff(request))
    messages.success(request, _("Din del är tillbakatagen."))
    return redirect("people:escrow")


@require_http_methods(PAGES)
@staff_required(Permission.ESCROW_OPEN)
@step_up_required
@keys_required
def let_in(request: HttpRequest, team: UUID) -> HttpResponse:
    one = _rescue(request, team)
    if one.theirs is None:
        raise Http404
    form = RescueForm(rescue.new_members(one.team, staff(request)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        rescue.let_in(team=one.team, by=staff(request), keys=keys(request), **data)
        done = _("%(name)s har nu mottagningens nyckel och kan släppa in kollegor.")
        messages.success(request, done % {"name": data["member"].name})
        return redirect("people:escrow")
    page = {"form": form, "one": one}
    return render(request, "people/escrow_let_in.html", page, status=422 if form.errors else 200)


def _rescue(request: HttpRequest, team: UUID) -> Rescue:
    """A team the person is an officer of; "not yours" and "not there" are the same."""
    for one in rescue.list_rescues(staff(request), unlocked.keys_of(request)):
        if one.team.pk == team:
            return one
    raise Http404

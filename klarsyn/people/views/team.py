"""A reception's keys: who has them, let a colleague in, take one out, seal anew what the old key held."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.people import membership, unlocked
from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.forms import ReasonForm
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission
from klarsyn.people.team_keys import Holder, Standing, TeamKeys, team_keys, teams_of

PAGES = ["GET", "HEAD", "POST"]


@require_safe
@staff_required(Permission.TEAM_READ)
def keys_page(request: HttpRequest) -> HttpResponse:
    """The own receptions: who has the key, who waits for it, who should no longer have it."""
    by = staff(request)
    shown = [_shown(request, team_keys(team)) for team in teams_of(by)]
    return render(request, "people/team_keys.html", {"shown": shown})


@require_http_methods(PAGES)
@staff_required(Permission.TEAM_CHANGE)
@step_up_required
@keys_required
def let_in(request: HttpRequest, team: UUID, pk: int) -> HttpResponse:
    by, mine = staff(request), _team(request, team)
    one = _holder(mine, pk, Standing.WAITS, Standing.TAKEN_OUT)
    if request.method == "POST":
        membership.let_in(team=mine, member=one.user, by=by, keys=keys(request))
        messages.success(request, _("%(name)s har nu mottagningens nyckel.") % {"name": one.user.name})
        return redirect("people:team_keys")
    return render(request, "people/let_in.html", {"team": mine, "holder": one})


@require_http_methods(PAGES)
@staff_required(Permission.TEAM_CHANGE)
@step_up_required
@keys_required
def take_out(request: HttpRequest, team: UUID, pk: int) -> HttpResponse:
    by, mine = staff(request), _team(request, team)
    one = _holder(mine, pk, Standing.MEMBER, Standing.NO_ROLE)
    if one.user.pk == by.pk:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        membership.take_out(team=mine, member=one.user, by=by, keys=keys(request), reason=reason)
        done = _("%(name)s har inte längre nyckeln och är utloggad. En ny nyckel gäller från och med nu.")
        messages.success(request, done % {"name": one.user.name})
        return redirect("people:team_keys")
    page = {"form": form, "team": mine, "holder": one}
    return render(request, "people/take_out.html", page, status=422 if form.errors else 200)


@require_POST
@staff_required(Permission.TEAM_CHANGE)
@keys_required
def reseal(request: HttpRequest, team: UUID) -> HttpResponse:
    """Some batches; with JavaScript the page asks again by itself until nothing is left."""
    mine = _team(request, team)
    membership.reseal_some(team=mine, keys=keys(request))
    if not request.headers.get("HX-Request"):
        return redirect("people:team_keys")
    found = _shown(request, team_keys(mine))
    return render(request, "people/_reseal.html", {"one": found, "goes_on": True})


@require_POST
@staff_required(Permission.TEAM_CHANGE)
@step_up_required
@keys_required
def appoint(request: HttpRequest, team: UUID) -> HttpResponse:
    membership.appoint_officers(team=_team(request, team), by=staff(request), keys=keys(request))
    messages.success(request, _("Nyckelombuden är utsedda. Två av dem kan återställa mottagningen."))
    return redirect("people:team_keys")


def _shown(request: HttpRequest, found: TeamKeys) -> dict[str, object]:
    by = staff(request)
    holds = any(h.user.pk == by.pk and h.standing is Standing.MEMBER for h in found.holders)
    may = holds and by.may_in_team(Permission.TEAM_CHANGE, found.team)
    is_open = unlocked.keys_of(request) is not None
    return {"team": found.team, "keys": found, "may_change": may, "is_open": is_open, "me": by.pk}


def _team(request: HttpRequest, team: UUID) -> Team:
    """A team the person may change; "not yours" and "not there" are the same."""
    found = get_object_or_404(Team, pk=team)
    if not staff(request).may_in_team(Permission.TEAM_CHANGE, found):
        raise Http404
    return found


def _holder(team: Team, pk: int, *standings: Standing) -> Holder:
    for one in team_keys(team).holders:
        if one.user.pk == pk and one.standing in standings:
            return one
    raise Http404

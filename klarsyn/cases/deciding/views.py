"""The walk about a case, to a line in the ledger; and the walk about nobody here, to a count."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.cases import referring
from klarsyn.cases.access import readable, visit
from klarsyn.cases.deciding.counting import count_request, counted
from klarsyn.cases.deciding.forms import OUTCOMES, CountForm, decision_form
from klarsyn.cases.deciding.memo import as_text, cite, sides
from klarsyn.cases.deciding.reading import WALK
from klarsyn.cases.deciding.state import Held
from klarsyn.cases.deciding.turning import Turn, turn
from klarsyn.cases.deciding.walk import weigh
from klarsyn.cases.entry_forms import EntryForm
from klarsyn.cases.grounds import GROUNDS
from klarsyn.cases.models import RequestOutcome
from klarsyn.cases.sharing import youth
from klarsyn.cases.writing import Twice
from klarsyn.people.access import keys, keys_required, staff, staff_required
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission

PAGES: Final = ["GET", "HEAD", "POST"]
DECIDE: Final = "decide"


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """One question a page; at the end what speaks for and against, and the decision, which a person makes."""
    found = readable(staff(request), id)
    seen = visit(staff(request), keys(request), id)
    if seen is None and request.method != "POST":
        return redirect("cases:case", id)
    now = turn(request, start=WALK.case, about=str(id))
    page: dict[str, Any] = {"case": found} | youth(seen) | now.page()
    page["is_young"] = page.get("is_young") or now.way.has("age.child")
    if now.form is not None or now.held is None:
        return render(request, "cases/deciding.html", page, status=now.status)
    form = _decision(request, now)
    if request.POST.get("act") == DECIDE and form.is_valid():
        try:
            line = _keep(request, id, now, now.held, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Sparat och låst. Systemet har inte skickat något."))
            return redirect("cases:disclosure", id, line)
    return _end(request, "cases/deciding_end.html", now, page | {"form": form})


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def outside(request: HttpRequest, team: UUID) -> HttpResponse:
    """Somebody asks and no case is opened: what to say, the same to all; only a count is kept."""
    by, found, today = staff(request), get_object_or_404(Team, pk=team), timezone.localdate()
    if not by.may_in_team(Permission.CASE_WRITE, found):
        raise Http404
    now = turn(request, start=WALK.outside, about=str(team))
    page: dict[str, Any] = {"team": found} | now.page()
    if now.form is not None or now.held is None:
        rows = counted(found, today.year, OUTCOMES)
        return render(request, "cases/outside.html", page | {"rows": rows}, status=now.status)
    form = CountForm(request.POST if request.POST.get("act") == DECIDE else None)
    if form.is_valid():
        outcome, asker = RequestOutcome(form.cleaned_data["outcome"]), _asker(now)
        count_request(team=found, asker=asker, outcome=outcome, by=by, day=now.held.day)
        messages.success(request, _("Räknat. Inget om någon person är sparat."))
        return redirect("cases:outside", team)
    return _end(request, "cases/outside_end.html", now, page | {"form": form})


def _end(request: HttpRequest, template: str, now: Turn, page: dict[str, Any]) -> HttpResponse:
    assert now.held
    weighed, form = weigh(WALK, now.way), page["form"]
    page |= {"sections": cite(WALK, weighed.sections, now.held.day), "sides": sides(weighed)}
    return render(request, template, page, status=422 if form.errors else 200)


def _decision(request: HttpRequest, now: Turn) -> EntryForm:
    data = request.POST if request.POST.get("act") == DECIDE else None
    bearing = [key for key in weigh(WALK, now.way).sections if key in GROUNDS]
    first = {"receiver_kind": now.way.asker, "how": now.way.how}
    return decision_form(data, today=timezone.localdate(), bearing=bearing, first=first)


def _keep(request: HttpRequest, id: UUID, now: Turn, held: Held, form: EntryForm) -> UUID:
    data = form.values() | {"walk": as_text(WALK, now.way, held.day)}
    try:
        return referring.disclose(staff(request), keys(request), id, data=data, record=held.record)
    except Twice as twice:
        return twice.record


def _asker(now: Turn) -> str:
    return next(step.answer.key for step in now.way.steps if step.question.id == "o_who")

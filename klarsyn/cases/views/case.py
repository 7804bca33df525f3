"""A case as plainly as can be: why it is opened, what it holds, its identity, who has read it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.cases.access import ORDINARY, read_case, read_extract, read_list, readable
from klarsyn.cases.budget import BudgetSpent
from klarsyn.cases.forms import PurposeForm
from klarsyn.cases.models import Compartment
from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission

PAGES = ["GET", "HEAD", "POST"]
IDENTITY = frozenset({Compartment.IDENTITY})


@require_safe
@staff_required(Permission.CASE_READ)
@keys_required
def case_list(request: HttpRequest) -> HttpResponse:
    """The open cases of the own receptions; None where the person has no key."""
    by = staff(request)
    teams = [t for t in Team.objects.order_by("name") if by.may_in_team(Permission.CASE_READ, t)]
    shown = [(team, read_list(by, keys(request), team)) for team in teams]
    return render(request, "cases/list.html", {"shown": shown})


@require_http_methods(PAGES)
@staff_required(Permission.CASE_READ)
@keys_required
def case(request: HttpRequest, id: UUID) -> HttpResponse:
    return _opened(request, id, ORDINARY)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_UNSEAL)
@step_up_required
@keys_required
def identity(request: HttpRequest, id: UUID) -> HttpResponse:
    return _opened(request, id, IDENTITY)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_EXPORT)
@step_up_required
@keys_required
def extract(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who has read, as a file for the client's own hands."""
    found, form = readable(staff(request), id), PurposeForm(request.POST or None)
    page: dict[str, object] = {"form": form, "case": found, "is_extract": True}
    if request.method == "POST" and form.is_valid():
        try:
            made = read_extract(staff(request), keys(request), id, purpose=form.cleaned_data["purpose"])
        except BudgetSpent as spent:
            return render(request, "cases/open.html", page | {"spent": str(spent)}, status=409)
        name = f"utdrag-{made.made_on.isoformat()}.txt"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(made.as_text(), content_type="text/plain; charset=utf-8", headers=headers)
    return render(request, "cases/open.html", page, status=422 if form.errors else 200)


def _opened(request: HttpRequest, id: UUID, compartments: frozenset[Compartment]) -> HttpResponse:
    """First why, then the content: as the answer to a posted form, so that no address shows it again."""
    found, form = readable(staff(request), id, compartments), PurposeForm(request.POST or None)
    page: dict[str, object] = {"form": form, "case": found, "is_identity": compartments == IDENTITY}
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        try:
            shown = read_case(staff(request), keys(request), id, purpose=purpose, compartments=compartments)
        except BudgetSpent as spent:
            return render(request, "cases/open.html", page | {"spent": str(spent)}, status=409)
        return render(request, "cases/case.html", page | {"shown": shown})
    return render(request, "cases/open.html", page, status=422 if form.errors else 200)

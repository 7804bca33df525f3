"""What the public is told of a reception, for its head: see, state, end."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.receptions import actions, queries
from klarsyn.receptions.forms import EndForm, StateForm
from klarsyn.receptions.models import Fact, Reception


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.RECEPTION_CHANGE)
def facts(request: HttpRequest) -> HttpResponse:
    """The own receptions' facts with their days, and a form to state a new one."""
    today, mine = timezone.localdate(), _mine(staff(request))
    form = StateForm(mine, today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.state(**form.cleaned_data, by=staff(request), today=today)
        except Refused as refused:
            form.add_error("value", str(refused))
        else:
            return redirect("receptions:facts")
    shown = [_told(reception) for reception in mine]
    page = {"form": form, "receptions": shown, "end": EndForm(initial={"last_day": today})}
    return render(request, "receptions/facts.html", page, status=422 if form.errors else 200)


@require_POST
@staff_required(Permission.RECEPTION_CHANGE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one fact end. A day that cannot be is answered with a page that says so."""
    fact = get_object_or_404(Fact, pk=pk)
    if not _mine(staff(request)).filter(pk=fact.reception_id).exists():
        raise Http404
    form = EndForm(request.POST)
    if not form.is_valid():
        raise Refused(gettext("Skriv den sista dagen som ÅÅÅÅ-MM-DD. Inget är ändrat."))
    actions.end(fact=fact, by=staff(request), today=timezone.localdate(), **form.cleaned_data)
    return redirect("receptions:facts")


def _mine(by: User) -> QuerySet[Reception]:
    every = Reception.objects.select_related("team")
    pks = [r.pk for r in every if by.may_in_team(Permission.RECEPTION_CHANGE, r.team)]
    return every.filter(pk__in=pks).order_by("team__name")


def _told(reception: Reception) -> dict[str, object]:
    """Each row with what it is today: in force, to come, or past."""
    today = timezone.localdate()
    held = {row.pk for row in queries.in_force(reception, today).values()}
    held |= {row.pk for row in queries.agreements(reception, today)}
    rows = []
    for row in queries.history(reception):
        is_past = row.valid_to is not None and row.valid_to < today
        rows.append(
            {"fact": row, "is_now": row.pk in held, "is_past": is_past, "is_coming": row.valid_from > today}
        )
    return {"reception": reception, "rows": rows}

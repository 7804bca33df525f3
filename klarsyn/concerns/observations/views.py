"""Log a sign without persons, see what the own unit has logged, and take back an entry of one's own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from klarsyn.base.errors import Refused
from klarsyn.concerns.models import Sighting
from klarsyn.concerns.observations import actions, queries
from klarsyn.concerns.observations.forms import SignForm
from klarsyn.concerns.observations.policy import MONTHS_BACK
from klarsyn.concerns.observations.signs import catalogue
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.OBSERVATION_WRITE)
def observations(request: HttpRequest) -> HttpResponse:
    """The form, the unit's months, and one's own entries."""
    by, today = staff(request), timezone.localdate()
    units = by.units_of(Permission.OBSERVATION_WRITE)
    form = SignForm(units, today, request.POST or None)
    if request.method == "POST" and form.is_valid() and _logged(request, form):
        return redirect("concerns:observations")
    known = catalogue()
    page = {
        "form": form,
        "units": [queries.unit_months(unit, today) for unit in sorted(units)],
        "entries": [
            {"row": row, "sign": known.signs[row.sign], "place": known.places[row.place]}
            for row in queries.own(units, by, today)
        ],
        "months": MONTHS_BACK,
    }
    return render(request, "concerns/observations.html", page, status=422 if form.errors else 200)


@require_POST
@staff_required(Permission.OBSERVATION_WRITE)
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another's entry is not there, whichever unit it is of."""
    row = get_object_or_404(Sighting, pk=pk)
    if not actions.is_own(row, staff(request)):
        raise Http404
    actions.take_back(observation=row, by=staff(request), today=timezone.localdate())
    messages.success(request, gettext("Tecknet är taget tillbaka och räknas inte längre."))
    return redirect("concerns:observations")


def _logged(request: HttpRequest, form: SignForm) -> bool:
    try:
        actions.log_sign(**form.chosen(), by=staff(request), today=timezone.localdate())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, gettext("Loggat. Ingen kan se vem det gällde, för det står ingenstans."))
    return True

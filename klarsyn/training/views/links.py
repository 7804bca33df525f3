"""A unit's open link, for its heads: open a new one, see it once, close it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from klarsyn.base.qr import picture
from klarsyn.people.access import staff, staff_required
from klarsyn.training import actions
from klarsyn.training.models import Unit
from klarsyn.training.seats import METHODS


@require_http_methods(METHODS)
@staff_required()
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """The link's state; POST opens a new one, shown on that answer alone, or closes it."""
    unit = Unit.objects.filter(pk=pk, heads=staff(request)).first()
    if unit is None:
        raise Http404
    address = ""
    if request.method == "POST" and request.POST.get("close"):
        actions.close_link(unit=unit, by=staff(request))
        return redirect("training:unit_link", pk)
    if request.method == "POST" and request.POST.get("open"):
        made = actions.open_link(unit=unit, by=staff(request))
        address = settings.PUBLIC_URL + reverse("training:open_unit", args=[made])
        unit.refresh_from_db()
    shown = {"unit": unit, "address": address, "scan": picture(address) if address else ""}
    return render(request, "training/link.html", shown)

"""The head's page of sealed cases: by number alone, and who may open each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.cases import naming
from klarsyn.cases.forms import HeadNameForm
from klarsyn.people.access import staff, staff_required, step_up_required
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.SEALED_NAME)
@step_up_required
def page(request: HttpRequest, team: UUID) -> HttpResponse:
    """Which sealed cases there are, who may open them and to which day; and another name."""
    by, found = staff(request), get_object_or_404(Team, pk=team)
    if not by.may_in_team(Permission.SEALED_NAME, found):
        raise Http404
    held = naming.list_sealed(by, found)
    form = HeadNameForm([one.id for one in held], naming.colleagues(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            naming.name_as_head(
                by, found, UUID(data["case"]), to=data["to"], until=data["until"], reason=data["why"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Personen är namngiven."))
            return redirect("cases:sealed", found.pk)
    page = {"team": found, "held": held, "form": form}
    return render(request, "cases/sealed.html", page, status=422 if form.errors else 200)

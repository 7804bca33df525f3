"""The page of a working note whose author has left; nothing of the note stands on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.cases import left_notes
from klarsyn.cases.access import to_change
from klarsyn.cases.composing import record_of
from klarsyn.cases.forms import ReasonedForm
from klarsyn.people.access import keys, keys_required, staff, staff_required
from klarsyn.people.permissions import Permission

DROP = "drop"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.CASE_WRITE)
@keys_required
def page(request: HttpRequest, id: UUID, record: UUID) -> HttpResponse:
    """Why; and which of the two."""
    case = to_change(staff(request), keys(request), id)
    record_of(case, record)
    form, is_dropped = ReasonedForm(request.POST or None), request.POST.get("act") == DROP
    if request.method == "POST" and form.is_valid():
        try:
            left_notes.settle(
                staff(request), keys(request), id, record, reason=form.cleaned_data["why"],
                is_dropped=is_dropped,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            done = (
                _("Anteckningen är kastad.") if is_dropped else _("Anteckningen är din att skriva vidare på.")
            )
            messages.success(request, done)
            return redirect("cases:case", id)
    return render(
        request, "cases/left_note.html", {"form": form, "case": case}, status=422 if form.errors else 200
    )

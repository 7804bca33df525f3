"""A file by HTCDS 2.0 from somebody else, looked at and not kept: what it would give, what is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.cases.htcds.heading import FilledBy
from klarsyn.cases.htcds.reading import LARGEST, Preview, preview
from klarsyn.cases.support_forms import CheckForm
from klarsyn.people.access import staff_required
from klarsyn.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.CASE_EXPORT)
def check(request: HttpRequest) -> HttpResponse:
    """Row, field, rule and kind of value; never a value, and no row is kept."""
    form, found = CheckForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        found = _preview(form)
    page = {"form": form, "found": found}
    return render(request, "cases/htcds.html", page, status=422 if form.errors else 200)


def _preview(form: CheckForm) -> Preview | None:
    by = form.cleaned_data["filled_by"]
    try:
        body = form.cleaned_data["file"].read(LARGEST + 1)
        return preview(body, filled_by=FilledBy(by) if by else None)
    except Refused as refused:
        form.add_error("file", str(refused))
        return None

"""The desk's page of everything ever published, and an answer to somebody who asks for one figure."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.base.errors import Refused
from klarsyn.mapping import answering
from klarsyn.mapping import queries as mappings
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.report import ledger_lines
from klarsyn.report.forms import AnswerForm

PER_PAGE = 40


@require_safe
@staff_required(Permission.REPORT_READ_DRAFT)
def ledger(request: HttpRequest) -> HttpResponse:
    """Every line, newest first; a broken chain refuses with the line."""
    found = mappings.published()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    named = ledger_lines.names(_language())
    lines = [ledger_lines.shown(line, named, _language()) for line in page]
    last = found[0].hash if found else ""
    may_answer = staff(request).may(Permission.REPORT_RELEASE)
    return render(
        request, "report/ledger.html",
        {"page": page, "lines": lines, "count": len(found), "last": last, "may_answer": may_answer},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.REPORT_RELEASE)
def answer(request: HttpRequest) -> HttpResponse:
    """First which figure, then which cell; what is given out is recorded."""
    choices = answering.answerable(settings.MUNICIPALITY)
    place = request.GET.get("tal", "")
    asked = choices[int(place)] if place.isdecimal() and int(place) < len(choices) else None
    if asked is None:
        named = [
            (n, a.title_en if _language() == "en" else a.title_sv, a.year) for n, a in enumerate(choices)
        ]
        return render(request, "report/answer_choose.html", {"choices": named})
    form = AnswerForm(request.POST or None, asked=asked, language=_language())
    if request.method == "POST" and form.is_valid():
        try:
            given = answering.answer(
                asked=asked, period=form.cleaned_data["period"], parts=form.parts(),
                by=staff(request).name, reason=form.cleaned_data["reason"], on=timezone.localdate(),
            )  # fmt: skip
            messages.success(request, ledger_lines.told(given, _language()))
            return redirect("report:ledger")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    title = asked.title_en if _language() == "en" else asked.title_sv
    status = 422 if form.is_bound else 200
    return render(request, "report/answer.html", {"form": form, "title": title}, status=status)


def _language() -> str:
    return "en" if get_language() == "en" else "sv"

"""The log for those who watch over it: read, filter, export; the words for the municipality's diary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.audit import exporting, klarsyn_verify, logkeys, recording
from klarsyn.base.qr import picture
from klarsyn.people.access import staff, staff_required, step_up_required
from klarsyn.people.forms import LogForm
from klarsyn.people.log_lines import Asked, list_lines, list_marks
from klarsyn.people.permissions import Permission

VERIFIER = Path(klarsyn_verify.__file__)


@require_safe
@staff_required(Permission.LOG_READ)
def lines(request: HttpRequest) -> HttpResponse:
    form = LogForm(request.GET)
    asked = form.asked() if form.is_valid() else Asked()
    found, further = list_lines(asked)
    page = {
        "form": form,
        "lines": found,
        "older": _older(request, further),
        "is_cut": asked.before is not None,
    }
    return render(request, "people/log.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.LOG_ROOT_READ)
def words(request: HttpRequest) -> HttpResponse:
    """The newest signed heads as words; a posted form signs the log as it stands."""
    if request.method == "POST":
        with transaction.atomic():
            recording.record(action="log.sign", by=staff(request).pseudonym)
            recording.checkpoint()
        messages.success(request, _("Loggen är signerad. För in orden i diariet."))
        return redirect("people:log_words")
    marks = list_marks()
    newest = marks[0] if marks else None
    page = {
        "newest": newest, "older": marks[1:], "picture": picture(newest.text) if newest else "",
        "is_old": newest is None or _week(newest.day) != _week(timezone.localdate()),
        "origin": recording.origin(), "public_key": logkeys.read().signer.public.hex(),
    }  # fmt: skip
    return render(request, "people/log_words.html", page)


@require_POST
@staff_required(Permission.LOG_READ)
@step_up_required
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole log as lines that `klarsyn_verify.py` checks. Nothing sealed leaves with it."""
    with transaction.atomic():
        recording.record(action="log.export", by=staff(request).pseudonym)
    response = StreamingHttpResponse(_exported(), content_type="application/x-ndjson")
    name = f"klarsyn-logg-{timezone.localdate().isoformat()}.jsonl"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@staff_required(Permission.LOG_READ)
def verifier(request: HttpRequest) -> HttpResponseBase:
    """The one file that checks an export anywhere."""
    return FileResponse(
        VERIFIER.open("rb"), as_attachment=True, filename=VERIFIER.name, content_type="text/plain"
    )


def _exported() -> Iterator[bytes]:
    for line in exporting.export_lines():
        yield f"{line}\n".encode()


def _older(request: HttpRequest, before: int | None) -> str:
    """The address of the next page of the same question; "" at the end."""
    if before is None:
        return ""
    asked = request.GET.copy()
    asked["before"] = str(before)
    return f"?{asked.urlencode()}"


def _week(day: date) -> tuple[int, int]:
    year, week, _day = day.isocalendar()
    return year, week

"""For the data protection officer: readings by a head that no other head could look through."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.cases import own_reads, samples
from klarsyn.cases.forms import QuestionForm
from klarsyn.cases.models import SampledRead, Verdict
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission

PAGES = ["GET", "HEAD", "POST"]


@require_safe
@staff_required(Permission.READS_OF_HEADS)
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "cases/own_reads.html", {"reads": own_reads.list_own_reads(staff(request))})


@require_POST
@staff_required(Permission.READS_OF_HEADS)
def sign_off(request: HttpRequest, read: int) -> HttpResponse:
    samples.sign_off(read=_read(request, read), by=staff(request))
    return redirect("cases:own_reads")


@require_http_methods(PAGES)
@staff_required(Permission.READS_OF_HEADS)
def question(request: HttpRequest, read: int) -> HttpResponse:
    row, form = _read(request, read), QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        samples.question(read=row, by=staff(request), text=form.cleaned_data["text"])
        return redirect("cases:own_reads")
    shown = next(one for one in own_reads.list_own_reads(staff(request)) if one.id == row.pk)
    found = {"form": form, "read": shown}
    return render(request, "cases/own_question.html", found, status=422 if form.errors else 200)


def _read(request: HttpRequest, read: int) -> SampledRead:
    """A reading that waits for this officer; "not yours" and "not there" are the same."""
    found = get_object_or_404(SampledRead.objects.select_related("sample__team"), pk=read)
    if found.verdict != Verdict.UNSEEN or not own_reads.is_officers(found, staff(request)):
        raise Http404
    return found

"""The page that says of a number whether it holds, and the paper for whoever has done the course."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from klarsyn.people.access import staff, staff_required
from klarsyn.training.certificates import issuing, paper
from klarsyn.training.coverage.forms import NumberForm
from klarsyn.training.models import Completion


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """For anyone: valid, expired or unknown, and nothing else. By POST, so that no number is in a log."""
    form = NumberForm(request.POST or None)
    said = ""
    if request.method == "POST" and form.is_valid():
        said = issuing.validity(form.cleaned_data["number"], timezone.localdate())
    return render(
        request,
        "training/coverage/check.html",
        {"form": form, "said": said},
        status=422 if form.errors else 200,
    )


@require_POST
@staff_required()
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of one's own completion."""
    by, today = staff(request), timezone.localdate()
    done = get_object_or_404(Completion, pk=pk, learner__user=by)
    made = issuing.issue(completion=done, by=by, today=today)
    answer = HttpResponse(paper.pdf(made), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="intyg-{made.number}.pdf"'
    return answer

"""What the law asks, point by point: what there is, since when, what is missing, who answers for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.plan.frame import actions, queries
from klarsyn.plan.frame.forms import NoteOfLawForm
from klarsyn.plan.frame.words import shown


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.YEAR_READ)
def law(request: HttpRequest) -> HttpResponse:
    """The checklist; for the keeper a form under it."""
    today, keeps = timezone.localdate(), staff(request).may(Permission.YEAR_CHANGE)
    form = NoteOfLawForm(request.POST or None)
    if request.method == "POST":
        if not keeps:
            raise Http404
        if form.is_valid() and _noted(request, form):
            return redirect("plan:law")
    page = {
        "law": queries.law_today(today), "points": [shown(one) for one in queries.points(today)],
        "form": form, "keeps": keeps, "history": queries.history(), "today": today,
        "is_invented": queries.has_invented(),
    }  # fmt: skip
    return render(request, "plan/frame/law.html", page, status=422 if form.errors else 200)


def _noted(request: HttpRequest, form: NoteOfLawForm) -> bool:
    words = dict(form.cleaned_data)
    holds = not words.pop("is_over")
    try:
        actions.note(**words, holds=holds, by=staff(request), today=timezone.localdate())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, gettext("Anteckningen är sparad."))
    return True

"""The desk's pages of a comparison for the public: propose one, read it, agree to it, take it back."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.base.language import reader_language
from klarsyn.people.access import staff, staff_required
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report.models import Comparison
from klarsyn.report.others import comparing, comparisons, looks, publishing, queries, shown, standing
from klarsyn.report.others.forms import DecideForm, ProposeForm

_METHODS: Final = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@staff_required(Permission.COMPARISON_PROPOSE)
def propose(request: HttpRequest) -> HttpResponse:
    """Which editions of one indicator; `?visa=` and `?slag=exempel` as on the page of all."""
    asked = request.POST if request.method == "POST" else request.GET
    indicator, invented = asked.get("visa", ""), asked.get("slag") == "exempel"
    group = next((g for g in queries.groups(invented) if g.indicator == indicator), None)
    if group is None:
        raise Http404
    choices = _choices(group, invented)
    form = ProposeForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = [int(pk) for pk in form.cleaned_data["others"]]
            made = publishing.propose(
                indicator=indicator, is_invented=invented, others=chosen, by=staff(request)
            )
            messages.success(request, _("Förslaget är sparat. Be en granskare läsa det."))
            return redirect("report:comparison", made.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    page = {
        "form": form,
        "group": group,
        "title": group.first.title[reader_language()],
        "is_invented": invented,
    }
    return render(request, "report/propose.html", page, status=422 if form.errors else 200)


def _choices(group: comparing.Group, invented: bool) -> list[tuple[str, str]]:
    """Every edition of others that says something of the indicator, also what stands apart."""
    held = [*(r.held for b in group.blocks for r in b.rows), *(a.held for a in group.apart)]
    named = {(h.municipality, h.year) for h in held if not h.is_home}
    rows = (r for r in queries.chosen(invented) if (r.municipality, r.year) in named)
    text = _("%(name)s, %(year)d, utgåva %(n)d")
    return [(str(r.pk), text % {"name": r.name, "year": r.year, "n": r.number}) for r in rows]


@require_http_methods(_METHODS)
@staff_required(Permission.REPORT_READ_DRAFT)
def comparison(request: HttpRequest, id: int) -> HttpResponse:
    """What was proposed, exactly as the public would read it; a POST agrees or takes back."""
    found, me = get_object_or_404(comparisons.every(), pk=id), staff(request)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not (me.may(Permission.COMPARISON_PROPOSE) or me.may(Permission.COMPARISON_AGREE)):
            raise Http404
        if form.is_valid() and _decided(request, form, found, me):
            return redirect("report:comparison", found.pk)
    return render(
        request, "report/comparison.html", _page(found, me, form), status=422 if form.errors else 200
    )


def _decided(request: HttpRequest, form: DecideForm, found: Comparison, me: User) -> bool:
    try:
        if form.cleaned_data["step"] == "agree":
            publishing.agree(comparison=found, by=me)
            messages.success(request, _("Jämförelsen är offentlig."))
        else:
            publishing.withdraw(comparison=found, why=form.cleaned_data["why"], by=me)
            messages.success(request, _("Jämförelsen är tillbakadragen. Talen visas inte längre."))
    except Refused as refused:
        form.add_error("why" if form.cleaned_data["step"] == "withdraw" else None, str(refused))
        return False
    return True


def _page(found: Comparison, me: User, form: DecideForm) -> dict[str, object]:
    said, group = comparisons.said(found), comparisons.group(found)
    decides = me.may(Permission.COMPARISON_PROPOSE) or me.may(Permission.COMPARISON_AGREE)
    return {
        "look": looks.look(found, reader_language()),
        "group": shown.shown(group, reader_language(), invented=found.is_invented) if group else None,
        "form": form,
        "can_agree": me.may(Permission.COMPARISON_AGREE) and standing.can_agree(said, me.pk),
        "can_withdraw": decides and standing.can_withdraw(said),
    }

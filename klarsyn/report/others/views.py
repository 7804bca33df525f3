"""The desk's pages of other municipalities: what is held, side by side, a package, a key."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.base.language import reader_language
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.report.models import OtherEdition, TrustedKey
from klarsyn.report.others import actions, comparisons, looks, queries, shown
from klarsyn.report.others.forms import PackageForm, TrustForm, WhyForm

_METHODS: Final = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@staff_required(Permission.REPORT_READ_DRAFT)
def others(request: HttpRequest) -> HttpResponse:
    """What is held, or one indicator side by side (`?visa=`); a POST takes one row away."""
    changes = staff(request).may(Permission.FEDERATION_IMPORT)
    if request.method == "POST":
        if not changes:
            raise Http404
        return _taken_away(request)
    indicator, invented = request.GET.get("visa", ""), request.GET.get("slag") == "exempel"
    if indicator:
        return _side_by_side(request, indicator, invented)
    return _listed(request, changes)


def _listed(request: HttpRequest, changes: bool, form: WhyForm | None = None) -> HttpResponse:
    language = reader_language()
    compared = [
        (
            g.first.title[language],
            g.indicator,
            invented,
            len({r.held.municipality for b in g.blocks for r in b.rows}),
        )
        for invented in (False, True)
        for g in queries.groups(invented)
    ]
    page = {
        "editions": queries.editions(),
        "keys": queries.keys(),
        "compared": compared,
        "looks": [looks.look(c, language) for c in comparisons.every()],
        "changes": changes,
        "form": form,
    }
    return render(request, "report/others.html", page, status=422 if form else 200)


def _side_by_side(request: HttpRequest, indicator: str, invented: bool) -> HttpResponse:
    group = next((g for g in queries.groups(invented) if g.indicator == indicator), None)
    if group is None:
        raise Http404
    made = shown.shown(group, reader_language(), invented=invented)
    page = {
        "group": made,
        "indicator": indicator,
        "is_invented": invented,
        "proposes": staff(request).may(Permission.COMPARISON_PROPOSE),
    }
    return render(request, "report/side_by_side.html", page)


def _taken_away(request: HttpRequest) -> HttpResponse:
    form, me = WhyForm(request.POST), staff(request)
    if not form.is_valid():
        return _listed(request, True, form)
    row, why = form.cleaned_data["row"], form.cleaned_data["why"]
    try:
        if form.cleaned_data["step"] == "remove":
            actions.remove(edition=get_object_or_404(OtherEdition, pk=row), why=why, by=me)
            messages.success(request, _("Utgåvans tal är borttagna."))
        else:
            actions.distrust(key=get_object_or_404(TrustedKey, pk=row), why=why, by=me)
            messages.success(request, _("Nyckeln är spärrad. Paket med den tas inte emot."))
    except Refused as refused:
        form.add_error("why", str(refused))
        return _listed(request, True, form)
    return redirect("report:others")


@require_http_methods(_METHODS)
@staff_required(Permission.FEDERATION_IMPORT)
def take_in(request: HttpRequest) -> HttpResponse:
    """One package, checked whole before anything is kept."""
    form = PackageForm(request.POST, request.FILES) if request.method == "POST" else PackageForm()
    if request.method == "POST" and form.is_valid():
        try:
            body = form.cleaned_data["package"]
            made = actions.take_in(body=body, by=staff(request), today=timezone.localdate())
            messages.success(
                request, _("%(name)s, %(year)d är mottagen.") % {"name": made.name, "year": made.year}
            )
            return redirect("report:others")
        except Refused as refused:
            form.add_error("package", str(refused))
    return render(request, "report/take_in.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(_METHODS)
@staff_required(Permission.FEDERATION_IMPORT)
def trust(request: HttpRequest) -> HttpResponse:
    """A key, after its words were read out."""
    form = TrustForm(request.POST) if request.method == "POST" else TrustForm()
    if request.method == "POST" and form.is_valid():
        try:
            actions.trust(**form.cleaned_data, by=staff(request))
            messages.success(request, _("Nyckeln är betrodd. Ta nu emot kommunens paket."))
            return redirect("report:others")
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "report/trust_key.html", {"form": form}, status=422 if form.errors else 200)

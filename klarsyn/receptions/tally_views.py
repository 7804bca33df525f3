"""What a reception counts without names: the year so far, one more count, a sheet on paper and keyed in."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.receptions import actions, queries
from klarsyn.receptions.bands import KINDS, Age, Gender, Reach, What
from klarsyn.receptions.forms import CountForm, SheetForm
from klarsyn.receptions.models import Reception, Tally
from klarsyn.receptions.policy import SHEET_DIGITS

PAGES = ["GET", "HEAD", "POST"]
LATEST = 20


@require_http_methods(PAGES)
@staff_required(Permission.TALLY_READ)
def tallies(request: HttpRequest) -> HttpResponse:
    """The year by month, and a form for one more count. The head reads and does not write."""
    today, writes = timezone.localdate(), _mine(staff(request), Permission.TALLY_WRITE)
    form = CountForm(writes, today, request.POST or None)
    if request.method == "POST":
        if not writes:
            raise Http404
        if form.is_valid() and _counted(request, form):
            return redirect("receptions:tallies")
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    shown = [_shown(reception, year) for reception in _mine(staff(request), Permission.TALLY_READ)]
    page = {"form": form, "receptions": shown, "writes": writes, "whats": list(What)}
    return render(request, "receptions/tallies.html", page, status=422 if form.errors else 200)


@require_http_methods(PAGES)
@staff_required(Permission.TALLY_WRITE)
def sheet(request: HttpRequest) -> HttpResponse:
    """A sheet of outreach keyed in."""
    today = timezone.localdate()
    form = SheetForm(_mine(staff(request), Permission.TALLY_WRITE), today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        year, month = form.cleaned_data["month"]
        given = {name: form.cleaned_data[name] for name in ("reception", "sheet", "kind", "during_event")}
        try:
            actions.enter_sheet(
                **given, year=year, month=month, cells=form.cells(), by=staff(request), today=today
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("Blanketten är införd. Förstör papperet."))
            return redirect("receptions:tallies")
    page = {"form": form, "reaches": list(Reach)}
    return render(request, "receptions/sheet.html", page, status=422 if form.errors else 200)


@require_safe
@staff_required(Permission.TALLY_WRITE)
def blank(request: HttpRequest) -> HttpResponse:
    """A sheet to print, with a number of its own; nothing is kept before it is keyed in."""
    number = f"{secrets.randbelow(10**SHEET_DIGITS):0{SHEET_DIGITS}}"
    page = {
        "number": f"{number[:3]} {number[3:]}", "places": KINDS[What.OUTREACH].values(),
        "reaches": list(Reach), "genders": list(Gender), "ages": list(Age), "rows": len(Age),
    }  # fmt: skip
    return render(request, "receptions/blank_sheet.html", page)


@require_POST
@staff_required(Permission.TALLY_WRITE)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    tally = get_object_or_404(Tally.objects.select_related("reception__team"), pk=pk)
    if not staff(request).may_in_team(Permission.TALLY_WRITE, tally.reception.team):
        raise Http404
    actions.take_back(tally=tally, by=staff(request), today=timezone.localdate())
    messages.success(request, gettext("Räkningen är tagen tillbaka och räknas inte längre."))
    return redirect("receptions:tallies")


def _counted(request: HttpRequest, form: CountForm) -> bool:
    (what, kind), (year, month) = form.cleaned_data["what"], form.cleaned_data["month"]
    try:
        actions.count(
            reception=form.cleaned_data["reception"], what=what, kind=kind, year=year, month=month,
            number=form.cleaned_data["number"], by=staff(request), today=timezone.localdate(),
        )  # fmt: skip
    except Refused as refused:
        form.add_error("number", str(refused))
        return False
    messages.success(request, gettext("Infört."))
    return True


def _mine(by: User, permission: Permission) -> QuerySet[Reception]:
    every = Reception.objects.select_related("team")
    pks = [r.pk for r in every if by.may_in_team(permission, r.team)]
    return every.filter(pk__in=pks).order_by("team__name")


def _shown(reception: Reception, year: int) -> dict[str, object]:
    rows = [
        {"tally": tally, "kind": KINDS[tally.what][tally.kind]}
        for tally in queries.entered(reception, LATEST)
    ]
    years = queries.counted_years(reception)
    year = year if year in years or not years else years[0]
    months = queries.counted(reception, year)
    sums = [sum(numbers) for numbers in zip(*(m.numbers for m in months), strict=True)]
    others = [one for one in years if one != year]
    return {
        "reception": reception, "months": months, "sums": sums, "entries": rows, "year": year,
        "years": others,
    }  # fmt: skip

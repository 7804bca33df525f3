"""What staff do with editions: draft, read, hand in, vote, publish, correct."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report import actions, desk, protection, queries
from klarsyn.report import page as pages
from klarsyn.report import render as rendering
from klarsyn.report.access import may_see_truth, read_audit, read_edition
from klarsyn.report.forms import CorrectionForm, DraftForm, VoteForm
from klarsyn.report.models import Edition
from klarsyn.report.policy import Verdict

_READ = staff_required(Permission.REPORT_READ_DRAFT)


@require_safe
@_READ
def editions(request: HttpRequest) -> HttpResponse:
    me = staff(request)
    found = [desk.look(me, edition) for edition in queries.for_staff(me)]
    return render(
        request, "report/editions.html", {"looks": found, "can_draft": me.may(Permission.REPORT_DRAFT)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.REPORT_DRAFT)
def draft(request: HttpRequest) -> HttpResponse:
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        municipality, year, invented, content = form.cleaned_data["mapping"].split(":")
        try:
            made = actions.draft(
                municipality=municipality, year=int(year), invented=invented == "1", content_hash=content,
                by=staff(request),
            )  # fmt: skip
            return redirect("report:draft_edition", made.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "report/draft.html", {"form": form})


@require_safe
@_READ
def edition(request: HttpRequest, id: int) -> HttpResponse:
    return _room(request, id)


def _room(request: HttpRequest, id: int, status: int = 200, **forms: object) -> HttpResponse:
    me = staff(request)
    found = read_edition(me, id)
    context = {"vote_form": VoteForm(), "correction_form": CorrectionForm(), **_protection(me, found)} | forms
    return render(
        request, "report/edition_room.html", context | {"look": desk.look(me, found)}, status=status
    )


def _protection(me: User, found: Edition) -> dict[str, object]:
    """The protected tables before and after, where the edition has any."""
    audit = read_audit(me, found)
    if audit is None:
        return {}
    language, sees = "en" if get_language() == "en" else "sv", may_see_truth(me)
    titles = {
        f.indicator.id: f.indicator.title.en if language == "en" else f.indicator.title.sv
        for f in rendering.mapping_of(found).figures
    }
    made = protection.shown(audit, titles, language, has_truth=sees)
    return {"protection": made, "has_truth": sees}


@require_safe
@_READ
def page(request: HttpRequest, id: int) -> HttpResponse:
    """The edition as it will stand, rendered now."""
    found = read_edition(staff(request), id)
    language = "en" if get_language() == "en" else "sv"
    base = reverse("report:draft_page", args=[id])
    made = pages.build(rendering.mapping_of(found), rendering.shown(found, language, base), language)
    return HttpResponse(
        rendering.page_html(made, is_preview=True, room=reverse("report:draft_edition", args=[id]))
    )


@require_safe
@_READ
def origin(request: HttpRequest, id: int, figure: str) -> HttpResponse:
    found = read_edition(staff(request), id)
    language = "en" if get_language() == "en" else "sv"
    base = reverse("report:draft_page", args=[id])
    mapping = rendering.mapping_of(found)
    made = pages.build(mapping, rendering.shown(found, language, base), language)
    if figure not in {f.id for f in made.figures()}:
        raise Http404
    return HttpResponse(rendering.origin_html(made, figure, mapping, is_preview=True))


@require_POST
@staff_required(Permission.REPORT_DRAFT)
def submit(request: HttpRequest, id: int) -> HttpResponse:
    me = staff(request)
    actions.submit(edition=read_edition(me, id), by=me)
    messages.success(request, _("Utgåvan är lämnad till kontroll. Två kollegor läser den var för sig."))
    return redirect("report:draft_edition", id)


@require_POST
@staff_required(Permission.REPORT_DRAFT)
def revise(request: HttpRequest, id: int) -> HttpResponse:
    me = staff(request)
    actions.revise(edition=read_edition(me, id), by=me)
    messages.success(request, _("Utgåvan är ett utkast igen, på den senast frysta kartläggningen."))
    return redirect("report:draft_edition", id)


@require_POST
@staff_required(Permission.REPORT_CHECK)
def vote(request: HttpRequest, id: int) -> HttpResponse:
    me, form = staff(request), VoteForm(request.POST)
    found = read_edition(me, id)
    if not form.is_valid():
        return _room(request, id, 422, vote_form=form)
    verdict = Verdict(form.cleaned_data["verdict"])
    actions.vote(edition=found, by=me, verdict=verdict, comment=form.cleaned_data["comment"])
    messages.success(request, _("Din röst är sparad. Andra ser den när båda har röstat."))
    return redirect("report:draft_edition", id)


@require_POST
@staff_required(Permission.REPORT_RELEASE)
def release(request: HttpRequest, id: int) -> HttpResponse:
    me = staff(request)
    actions.release(edition=read_edition(me, id), by=me)
    messages.success(request, _("Utgåvan är publicerad och kan inte längre ändras."))
    return redirect("report:draft_edition", id)


@require_POST
@staff_required(Permission.REPORT_RELEASE)
def send_back(request: HttpRequest, id: int) -> HttpResponse:
    me = staff(request)
    actions.send_back(edition=read_edition(me, id), by=me)
    messages.success(
        request, _("Utgåvan är återsänd. Författaren tar tillbaka den till utkast på en ny kartläggning.")
    )
    return redirect("report:draft_edition", id)


@require_POST
@staff_required(Permission.REPORT_CORRECT)
def correct(request: HttpRequest, id: int) -> HttpResponse:
    me, form = staff(request), CorrectionForm(request.POST)
    found = read_edition(me, id)
    if form.is_valid():
        try:
            made = actions.correct(edition=found, by=me, what_changed=form.cleaned_data["what_changed"])
            return redirect("report:draft_edition", made.pk)
        except Refused as refusal:
            form.add_error("what_changed", str(refusal))
    return _room(request, id, 422, correction_form=form)

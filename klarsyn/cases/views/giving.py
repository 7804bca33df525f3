"""What may be said to others: consent, test, referral, the disclosure ledger and a file. Nothing is sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.base.errors import Refused
from klarsyn.cases import exporting, referring
from klarsyn.cases.access import ORDINARY, readable, visit
from klarsyn.cases.budget import BudgetSpent
from klarsyn.cases.kinds.sharing import CONSENT, GIVEN, STEPS
from klarsyn.cases.models import Case
from klarsyn.cases.opened import told
from klarsyn.cases.policy import ReferralState, ReferralStep
from klarsyn.cases.sharing import Standing, consents, disclosures, referrals, youth
from klarsyn.cases.support_forms import CommentForm, FileForm, WithdrawForm, part_form
from klarsyn.cases.values import CaseShown
from klarsyn.cases.views.once import record_for, record_in
from klarsyn.cases.views.support import page_of
from klarsyn.cases.writing import Twice
from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.permissions import Permission

PAGES = ["GET", "HEAD", "POST"]
OF_REFERRAL = ("receiver", "receiver_kind", "rests_on")


@require_safe
@staff_required(Permission.CASE_READ)
@keys_required
def giving(request: HttpRequest, id: UUID) -> HttpResponse:
    """Consents, tests, referrals and the whole ledger."""
    found = readable(staff(request), id)
    seen = visit(staff(request), keys(request), id)
    if seen is None:
        return redirect("cases:case", id)
    today = timezone.localdate()
    held = [(told([one])[0], holds) for one, holds in consents(seen.records, today)]
    moved = [
        (told([Standing(r.id, r.entry)])[0], r, WORDS[r.state]()) for r in referrals(seen.records, today)
    ]
    ledger = told(Standing(r.id, r.entry) for r in disclosures(seen.records) if r.entry)
    page = {"consents": held[::-1], "referrals": moved, "ledger": ledger, "steps": STEPS}
    return render(request, "cases/giving.html", page_of(found, seen) | page)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def consent(request: HttpRequest, id: UUID) -> HttpResponse:
    """A new consent. Of somebody under eighteen the concern report stands there instead of the form."""
    form = part_form(CONSENT, ("withdrawn_on",), request.POST or None, timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            data, record = form.values(), record_in(request)
            referring.write(staff(request), keys(request), id, kind="consent", data=data, record=record)
        except Twice:
            return _done(request, id)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _done(request, id)
    return _page(request, id, form, _("Samtycke"), asks_consent=True)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def withdraw(request: HttpRequest, id: UUID, record: UUID) -> HttpResponse:
    """A consent is taken back: as easily as it was given."""
    form = WithdrawForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            referring.withdraw(staff(request), keys(request), id, record, on=form.cleaned_data["on"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _done(request, id)
    return _page(request, id, form, _("Återta samtycket"))


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def disclose(request: HttpRequest, id: UUID) -> HttpResponse:
    """A line of the ledger: somebody has decided, and gave something out by other means than this site."""
    form = part_form(GIVEN, ("rests_on",), request.POST or None, timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            data, record = form.values(), record_in(request)
            referring.disclose(staff(request), keys(request), id, data=data, record=record)
        except Twice:
            return _done(request, id)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _done(request, id)
    return _page(request, id, form, _("Anteckna ett utlämnande"), is_disclosure=True)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def move(request: HttpRequest, id: UUID, record: UUID, step: str) -> HttpResponse:
    """A referral's next step; to send it, with the ledger's line."""
    if step not in STEPS:
        raise Http404
    asked, posted = ReferralStep(step), request.POST or None
    is_sending = asked == ReferralStep.SEND
    today = timezone.localdate()
    form: Form = part_form(GIVEN, OF_REFERRAL, posted, today) if is_sending else CommentForm(posted)
    if request.method == "POST" and form.is_valid():
        given = {"disclosure": form.values()} if is_sending else {"comment": form.cleaned_data["comment"]}  # type: ignore[attr-defined]
        try:
            referring.move_referral(staff(request), keys(request), id, record, asked, **given)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _done(request, id)
    title = _("Hänvisningen: %(step)s") % {"step": STEPS[asked]}
    return _page(request, id, form, title, is_disclosure=is_sending)


@require_safe
@staff_required(Permission.CASE_READ)
@keys_required
def disclosure(request: HttpRequest, id: UUID, record: UUID) -> HttpResponse:
    """One line of the ledger, to print."""
    found = readable(staff(request), id)
    seen = visit(staff(request), keys(request), id)
    if seen is None:
        return redirect("cases:case", id)
    one = next((r for r in disclosures(seen.records) if r.id == record), None)
    if one is None or one.entry is None:
        raise Http404
    page = {"case": found, "one": told([Standing(one.id, one.entry)])[0], "record": one}
    return render(request, "cases/disclosure.html", page)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_EXPORT)
@step_up_required
@keys_required
def file(request: HttpRequest, id: UUID, record: UUID | None = None) -> HttpResponse:
    """A file by HTCDS 2.0: of a referral that was sent, or the case as codes and bands."""
    found, form = (
        readable(staff(request), id, exporting.BOTH if record else ORDINARY),
        FileForm(request.POST or None),
    )
    if request.method == "POST" and form.is_valid():
        words = {"form": exporting.Form(form.cleaned_data["form"]), "purpose": form.cleaned_data["purpose"]}
        try:
            made = (
                exporting.file_of_referral(staff(request), keys(request), id, record, **words)
                if record
                else exporting.file_of_statistics(staff(request), keys(request), id, **words)
            )
        except (BudgetSpent, Refused) as refused:
            form.add_error(None, str(refused))
        else:
            headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
            return HttpResponse(made.body, content_type=made.content_type, headers=headers)
    title = _("Fil till mottagaren") if record else _("Fil för statistik")
    page = {"case": found, "form": form, "title": title, "is_file": True, "is_referral": record is not None}
    return render(request, "cases/own_form.html", page, status=422 if form.errors else 200)


def _page(request: HttpRequest, id: UUID, form: Form, title: str, **more: object) -> HttpResponse:
    """The form on its page, with what is known of the case while it is open."""
    found: Case = readable(staff(request), id)
    seen: CaseShown | None = visit(staff(request), keys(request), id)
    if seen is None and request.method != "POST":
        return redirect("cases:case", id)
    page = {
        "case": found,
        "form": form,
        "title": title,
        "record": record_for(request),
    } | youth(seen)
    return render(request, "cases/own_form.html", page | more, status=422 if form.errors else 200)


def _done(request: HttpRequest, id: UUID) -> HttpResponse:
    messages.success(request, _("Sparat och låst. Systemet har inte skickat något."))
    return redirect("cases:giving", id)


WORDS = {
    ReferralState.DRAFT: lambda: _("inte lämnad än"),
    ReferralState.SENT: lambda: _("lämnad, väntar på svar"),
    ReferralState.ACCEPTED: lambda: _("mottagaren sade ja"),
    ReferralState.DECLINED: lambda: _("mottagaren sade nej"),
    ReferralState.DONE: lambda: _("genomförd"),
    ReferralState.REVOKED: lambda: _("återtagen"),
    ReferralState.EXPIRED: lambda: _("tiden har gått ut"),
}

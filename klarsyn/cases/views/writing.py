"""Writing in a case: a form filled in, a working note that saves itself, its lock, a correction."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.base.errors import Refused
from klarsyn.cases import access, entries
from klarsyn.cases.composing import masked, writable
from klarsyn.cases.entries import Entry, Kind
from klarsyn.cases.entry_forms import AUTOSAVE, EntryForm
from klarsyn.cases.holding import is_shut_again
from klarsyn.cases.models import Case, Compartment, RecordState
from klarsyn.cases.sharing import youth
from klarsyn.cases.values import RecordShown
from klarsyn.cases.views.once import record_in
from klarsyn.cases.views.turns import AGAIN
from klarsyn.cases.writing import Late, Twice
from klarsyn.people.access import keys, keys_required, staff, staff_required
from klarsyn.people.permissions import Permission

PAGES = ["GET", "HEAD", "POST"]
LOCK, DROP = "lock", "drop"


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def write(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """A form of the case's reception, empty. With `revision` posted it goes on with the note it has become.

    It opens after the reason: whether the person is under 18 is known before anything is asked.
    """
    found, form_of = writable(staff(request), id, kind, is_late_told=request.method == "POST")
    if is_shut_again(staff(request), found):
        return _late(request, found, form_of)
    record, act = record_in(request), request.POST.get("act", "")
    if record and (_revision_in(request) or act == DROP):
        return _revised(request, found, form_of, record)
    form = _form(request, found, form_of)
    if request.method == "POST" and form.is_valid():
        try:
            made = access.write_entry(
                staff(request), keys(request), id, kind=kind, data=form.values(),
                event_day=form.cleaned_data["event_day"], record=record, is_pressed=act != AUTOSAVE,
            )  # fmt: skip
            if act == LOCK and form_of.is_working:
                access.lock_entry(staff(request), keys(request), id, made, revision=2 if record else 1)
        except Twice as twice:  # the page's own first save, whose answer it has not seen
            return _revised(request, found, form_of, twice.record)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _after(request, found, form_of, made, 1)
    return _page(request, found, form_of, form)


@require_safe
@staff_required(Permission.CASE_WRITE)
@keys_required
def note(request: HttpRequest, id: UUID, record: UUID) -> HttpResponse:
    """An own working note to go on with. It is posted to `write`, which needs no reading: no text is lost."""
    one = _seen(request, id, record)
    if one is None:
        return redirect("cases:case", id)
    is_mine = one.entry is not None and one.entry.author == staff(request).pseudonym
    if one.entry is None or not is_mine or one.state != RecordState.WORKING:
        raise Http404
    found, form_of = writable(staff(request), id, one.entry.kind)
    form = _form(request, found, form_of, one.entry)
    return _page(request, found, form_of, form, record=record, revision=one.revision)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def correct(request: HttpRequest, id: UUID, record: UUID) -> HttpResponse:
    """A new entry that corrects a locked one, filled in with it; kept without a new reading."""
    if request.method == "POST":
        return _corrected(request, id, record)
    one = _seen(request, id, record)
    if one is None:
        return redirect("cases:case", id)
    if one.entry is None or one.state != RecordState.LOCKED:
        raise Http404
    found, form_of = writable(staff(request), id, one.entry.kind)
    return _page(request, found, form_of, _form(request, found, form_of, one.entry), is_correction=True)


def _corrected(request: HttpRequest, id: UUID, record: UUID) -> HttpResponse:
    """The form of the page tells its kind in `act`; the door sees to it that it is the corrected one's."""
    found, form_of = writable(staff(request), id, request.POST.get("act", ""))
    form = _form(request, found, form_of)
    if form.is_valid():
        try:
            access.correct_entry(
                staff(request), keys(request), id, record, kind=form_of.key, data=form.values(),
                event_day=form.cleaned_data["event_day"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Rättelsen är sparad. Det den rättar står kvar."))
            return redirect("cases:case", id)
    return _page(request, found, form_of, form, is_correction=True)


def _late(request: HttpRequest, found: Case, form_of: Kind) -> HttpResponse:
    """The seal's hour is over: nothing is kept, and what was typed stands there to be sent again."""
    form = _form(request, found, form_of)
    form.add_error(None, str(AGAIN))
    more = {"revision": revision} if (revision := _revision_in(request)) else {}
    return _page(request, found, form_of, form, **more)


def _revised(request: HttpRequest, found: Case, form_of: Kind, record: UUID) -> HttpResponse:
    """Save a working note anew, and lock it or throw it away when that is asked."""
    by, hers, act = staff(request), keys(request), request.POST.get("act", "")
    if act == DROP:
        access.drop_entry(by, hers, found.id, record)
        messages.success(request, _("Arbetsanteckningen är kastad."))
        return redirect("cases:case", found.id)
    form, revision = _form(request, found, form_of), _revision_in(request) or 1
    if not form.is_valid():
        return _page(request, found, form_of, form, record=record, revision=revision)
    try:
        revision = access.revise_entry(
            by, hers, found.id, record, revision=revision, kind=form_of.key, data=form.values(),
            event_day=form.cleaned_data["event_day"],
        )  # fmt: skip
        if act == LOCK:
            access.lock_entry(by, hers, found.id, record, revision=revision)
    except Late as late:
        page = {"late": late, "stands": entries.rows_of(late.stands)}
        return _page(request, found, form_of, form, record=record, revision=late.revision, status=409, **page)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, form_of, form, record=record, revision=revision)
    return _after(request, found, form_of, record, revision)


def _after(request: HttpRequest, found: Case, form_of: Kind, record: UUID, revision: int) -> HttpResponse:
    """Where one is after a text was kept: still writing, or back at the case."""
    act = request.POST.get("act", "")
    if act == AUTOSAVE:
        page = {"record": record, "revision": revision, "at": timezone.localtime()}
        response = render(request, "cases/_saved.html", page)
        response["HX-Replace-Url"] = resolve_url("cases:note", found.id, record)
        return response
    if form_of.is_working and act != LOCK:
        messages.success(request, _("Sparat. Anteckningen är inte låst än."))
        return redirect("cases:note", found.id, record)
    messages.success(request, _("Sparat och låst."))
    return redirect("cases:case", found.id)


def _page(
    request: HttpRequest, found: Case, form_of: Kind, form: EntryForm, *, status: int = 0, **more: object
) -> HttpResponse:
    if request.POST.get("act") == AUTOSAVE:
        page = {"form": form, "late": more.get("late"), "is_unsaved": True}
        return render(request, "cases/_saved.html", page)
    seen = access.visit(staff(request), keys(request), found.id)
    if seen is None and request.method != "POST":  # what was typed for longer than the hour is not lost
        return redirect("cases:case", found.id)
    record = record_in(request) or uuid4()  # made here, so that two saves of one page are one note
    page = {"case": found, "kind": form_of, "form": form, "record": record, **youth(seen), **more}
    code = status or (422 if form.errors else 200)
    return render(request, "cases/write.html", page, status=code)


def _form(request: HttpRequest, found: Case, form_of: Kind, entry: Entry | None = None) -> EntryForm:
    hidden = masked(staff(request), found, form_of)
    return EntryForm(
        form_of, request.POST if request.method == "POST" else None, today=timezone.localdate(), entry=entry,
        is_nameless=found.is_nameless, is_masked=bool(hidden),
    )  # fmt: skip


def _seen(request: HttpRequest, id: UUID, record: UUID) -> RecordShown | None:
    """A note of the case; None when the reason must be given first. Raises Http404."""
    writable(staff(request), id, entries.PLAIN[Compartment.NOTES].key)
    shown = access.visit(staff(request), keys(request), id)
    if shown is None:
        return None
    found = next((r for r in shown.records if r.id == record and r.compartment == Compartment.NOTES), None)
    if found is None:
        raise Http404
    return found


def _revision_in(request: HttpRequest) -> int:
    written = request.POST.get("revision", "")
    return int(written) if written.isdecimal() and len(written) < 9 else 0

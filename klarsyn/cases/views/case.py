"""A case on its page: why it is opened, what it holds, its identity, who has read it, its print."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.base.errors import Refused
from klarsyn.cases import clocks, contact_rules, entries
from klarsyn.cases.access import ORDINARY, print_case, read_case, read_extract, readable, visit
from klarsyn.cases.budget import BudgetSpent
from klarsyn.cases.card import Level
from klarsyn.cases.entries import Kind, Row
from klarsyn.cases.forms import PurposeForm, TaskForm
from klarsyn.cases.kinds.journal import NOTE
from klarsyn.cases.kinds.turns import LEVELS
from klarsyn.cases.left_notes import authors_here
from klarsyn.cases.models import Case, CaseState, Compartment, RecordState
from klarsyn.cases.naming import people_of
from klarsyn.cases.sharing import youth
from klarsyn.cases.values import CaseShown, RecordShown
from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.log_lines import names_by_pseudonym
from klarsyn.people.permissions import Permission

PAGES = ["GET", "HEAD", "POST"]
IDENTITY = frozenset({Compartment.IDENTITY})


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as the page shows it. `rows`: its form's answers in words."""

    record: RecordShown
    title: str
    who: str
    day: date
    rows: list[Row] = field(repr=False)
    is_mine: bool
    may_correct: bool
    has_left: bool = False  # a working note whose author no longer writes here


@require_http_methods(PAGES)
@staff_required(Permission.CASE_READ)
@keys_required
def case(request: HttpRequest, id: UUID) -> HttpResponse:
    """The case; for an hour after the reason was given it opens again by itself."""
    if request.method != "POST" and (seen := visit(staff(request), keys(request), id)) is not None:
        return render(request, "cases/case.html", page_of(request, readable(staff(request), id), seen))
    return _opened(request, id, ORDINARY)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_UNSEAL)
@step_up_required
@keys_required
def identity(request: HttpRequest, id: UUID) -> HttpResponse:
    return _opened(request, id, IDENTITY)


@require_safe
@staff_required(Permission.CASE_READ)
@keys_required
def print_page(request: HttpRequest, id: UUID) -> HttpResponse:
    """The locked entries on paper, in the order they happened. Refused for somebody with protected data."""
    readable(staff(request), id)
    seen = print_case(staff(request), keys(request), id)
    if seen is None:
        return redirect("cases:case", id)
    if seen.card.level != Level.NONE:
        raise Refused(_("Personen har skyddade uppgifter. Ärendet skrivs inte ut."))
    page = page_of(request, readable(staff(request), id), seen)
    return render(request, "cases/print.html", page | {"printed_at": timezone.localtime()})


@require_http_methods(PAGES)
@staff_required(Permission.CASE_EXPORT)
@step_up_required
@keys_required
def extract(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who has read, as a file for the client's own hands."""
    found, form = readable(staff(request), id), PurposeForm(request.POST or None)
    page: dict[str, object] = {"form": form, "case": found, "is_extract": True}
    if request.method == "POST" and form.is_valid():
        try:
            made = read_extract(staff(request), keys(request), id, purpose=form.cleaned_data["purpose"])
        except BudgetSpent as spent:
            return render(request, "cases/open.html", page | {"spent": str(spent)}, status=409)
        name = f"utdrag-{made.made_on.isoformat()}.txt"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(made.as_text(), content_type="text/plain; charset=utf-8", headers=headers)
    return render(request, "cases/open.html", page, status=422 if form.errors else 200)


def _opened(request: HttpRequest, id: UUID, compartments: frozenset[Compartment]) -> HttpResponse:
    """First why, then the content: as the answer to a posted form."""
    found, form = readable(staff(request), id, compartments), PurposeForm(request.POST or None)
    page: dict[str, object] = {"form": form, "case": found, "is_identity": compartments == IDENTITY}
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        try:
            seen = read_case(staff(request), keys(request), id, purpose=purpose, compartments=compartments)
        except BudgetSpent as spent:
            return render(request, "cases/open.html", page | {"spent": str(spent)}, status=409)
        template = "cases/identity.html" if compartments == IDENTITY else "cases/case.html"
        return render(request, template, page_of(request, found, seen))
    return render(request, "cases/open.html", page, status=422 if form.errors else 200)


def page_of(request: HttpRequest, found: Case, seen: CaseShown) -> dict[str, object]:
    """What the page of an opened case needs."""
    names, me, here = names_by_pseudonym(), staff(request), authors_here(found.team)
    may_write = me.may_in_team(Permission.CASE_WRITE, found.team) and seen.state == CaseState.OPEN
    shown = [_shown(record, names, me.pseudonym, may_write) for record in seen.records]
    written = [one for one in shown if one.record.state == RecordState.LOCKED]
    journal = [one for one in written if _in_journal(one)]
    forms = {one.record.entry.kind: one for one in written if one.record.entry and not _in_journal(one)}
    rules = contact_rules.rules_of(seen)
    return {
        "case": found, "shown": seen, "card": seen.card,
        "journal": sorted(journal, key=_newest, reverse=True),
        "oldest_first": sorted(journal, key=_newest), "forms": forms.values(),
        "working": [_left(one, here) for one in shown if one.record.state == RecordState.WORKING],
        "kinds": _kinds(found, seen), "may_write": may_write, "today": timezone.localdate(),
        "responsible": names.get(seen.card.responsible, ""), "level": LEVELS.get(seen.card.level, ""),
        "named": people_of(found) if found.is_sealed else (),
        "rules": rules, "task_form": TaskForm(), "records": shown, "tasks": clocks.told(seen.card.tasks),
        "has_rules": rules is not None, **youth(seen),
    }  # fmt: skip


def _shown(record: RecordShown, names: object, me: str, may_write: bool) -> Shown:
    entry = record.entry
    if entry is None:
        return Shown(record, _("Anteckning"), "", record.day, [Row("", record.text)], False, False)
    kind, known = entries.kind_of(entry.kind), dict(names)  # type: ignore[call-overload]
    is_locked = record.state == RecordState.LOCKED
    may_correct = may_write and is_locked and kind.by_hand and record.corrected_by is None
    rows = [] if not is_locked and entry.author != me else entries.rows_of(entry)
    who = str(known.get(entry.author, ""))
    return Shown(record, str(kind.name), who, entry.event_day, rows, entry.author == me, may_correct)


def _left(one: Shown, here: frozenset[str]) -> Shown:
    entry = one.record.entry
    return replace(one, has_left=entry is not None and entry.author not in here)


def _in_journal(one: Shown) -> bool:
    return one.record.entry is None or entries.kind_of(one.record.entry.kind).in_journal


def _newest(one: Shown) -> tuple[date, str]:
    return one.day, one.record.entry.written_at.isoformat() if one.record.entry else ""


def _kinds(found: Case, seen: CaseShown) -> list[Kind]:
    """The forms a person may begin on this page; the identity has a page of its own."""
    held = entries.kinds(found.team.kind, seen.card.track)
    plain = {kind.key for kind in entries.PLAIN.values()}
    mine = [k for k in held if k.by_hand and k.compartment == Compartment.NOTES and k.key not in plain]
    return sorted(mine, key=lambda kind: kind.key != NOTE.key)  # the note first, the others as registered

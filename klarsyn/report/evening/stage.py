"""The evening's slides for anyone, the speaker's screen and the speaker's own notes for staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.report import queries as editions
from klarsyn.report.access import read_edition
from klarsyn.report.evening import actions, deck, queries
from klarsyn.report.evening.forms import OwnNoteForm
from klarsyn.report.models import Edition
from klarsyn.report.policy import State


@require_safe
def slides(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """The released slides and, after the first, what came of what was decided: as the plan stands today."""
    edition = editions.numbered(year, number)
    if edition is None:
        raise Http404
    return HttpResponse(deck.hall(edition))


@require_safe
@staff_required(Permission.REPORT_READ_DRAFT)
def speaker(request: HttpRequest, id: int) -> HttpResponse:
    """The speaker's screen with the notes of one's own; it follows the hall's slides and they follow it."""
    edition = _out(read_edition(staff(request), id))
    return HttpResponse(deck.speaker(edition, queries.own_notes(edition), _hall(edition)))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.REPORT_READ_DRAFT)
def own_notes(request: HttpRequest, id: int) -> HttpResponse:
    """A field a slide. What is refused stands in its field, with the reason above."""
    me = staff(request)
    edition = _out(read_edition(me, id))
    may_write, kept = me.may(Permission.REPORT_DRAFT), queries.own_notes(edition)
    titles = deck.titles(deck.speaker(edition, {}, _hall(edition)))
    bound = None
    if request.method == "POST":
        if not may_write:
            raise Http404
        bound = OwnNoteForm(request.POST, slides=[*dict(titles), *kept])
        if bound.is_valid():
            slide, text = bound.cleaned_data["slide"], bound.cleaned_data["text"]
            try:
                actions.keep_note(edition=edition, slide=slide, text=text, by=me)
            except Refused as refusal:
                bound.add_error("text", str(refusal))
            else:
                messages.success(request, _("Anteckningen är sparad."))
                return redirect(f"{reverse('report:own_notes', args=[id])}#{slide}")
    gone = [(slide, _("Bild som inte längre visas")) for slide in kept if slide not in dict(titles)]
    asked = bound.data.get("slide") if bound else None
    rows = [
        (slide, title, kept.get(slide, ""), _form(slide, kept, bound if slide == asked else None))
        for slide, title in (*titles, *gone)
    ]
    page = {"edition": edition, "rows": rows, "may_write": may_write, "failed": bound}
    return render(request, "report/evening/own_notes.html", page, status=422 if bound else 200)


def _form(slide: str, kept: dict[str, str], bound: OwnNoteForm | None) -> OwnNoteForm:
    """The field of one slide; each form has ids of its own on the page."""
    if bound:
        return bound
    start = {"slide": slide, "text": kept.get(slide, "")}
    return OwnNoteForm(initial=start, auto_id=f"{slide}-%s", slides=[slide])


def _out(edition: Edition) -> Edition:
    if edition.status not in (State.RELEASED, State.SUPERSEDED):
        raise Http404
    return edition


def _hall(edition: Edition) -> str:
    return reverse("report:evening_slides", args=[edition.year_word, edition.number])

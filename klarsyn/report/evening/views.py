"""The desk's page of the evening's questions, and the public page where they are answered."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report import queries as editions
from klarsyn.report.access import read_edition
from klarsyn.report.evening import actions, policy, queries
from klarsyn.report.evening.forms import CheckingForm, QuestionForm, StrikeForm, WordingForm
from klarsyn.report.models import EveningQuestion
from klarsyn.report.policy import Asked, State, Verdict


@require_safe
def questions(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """What was asked when the edition was presented, and what the answers are."""
    edition = editions.numbered(year, number)
    if edition is None:
        raise Http404
    asked = queries.published(edition, timezone.localdate())
    return render(request, "report/evening/questions.html", {"edition": edition, "questions": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.REPORT_READ_DRAFT)
def evening(request: HttpRequest, id: int) -> HttpResponse:
    """The questions of an edition; one field and Enter notes another."""
    me, form = staff(request), QuestionForm(request.POST or None)
    if request.method == "POST":
        edition = read_edition(me, id)
        if not me.may(Permission.REPORT_DRAFT):
            raise Http404
        if form.is_valid() and _done(form, lambda f: actions.note(edition=edition, by=me, **f)):
            messages.success(request, _("Frågan är antecknad. Den visas när någon annan har läst den."))
            return redirect("report:evening", id)
    return _page(request, id, form=form)


@require_POST
@staff_required(Permission.REPORT_CHECK)
def show(request: HttpRequest, id: int, question: int) -> HttpResponse:
    me = staff(request)
    actions.show(question=_question(me, id, question), by=me)
    messages.success(request, _("Frågan visas på den offentliga sidan."))
    return redirect("report:evening", id)


@require_POST
@staff_required(Permission.REPORT_READ_DRAFT)
def strike(request: HttpRequest, id: int, question: int) -> HttpResponse:
    me, form = staff(request), StrikeForm(request.POST)
    asked = _question(me, id, question)
    if not (me.may(Permission.REPORT_DRAFT) or me.may(Permission.REPORT_CHECK)):
        raise Http404
    if form.is_valid() and _done(form, lambda f: actions.strike(question=asked, by=me, why=f["why"])):
        messages.success(request, _("Frågan är struken och dess ord är borta."))
        return redirect("report:evening", id)
    return _page(request, id, of=asked, form_of=form)


@require_POST
@staff_required(Permission.REPORT_DRAFT)
def answer(request: HttpRequest, id: int, question: int) -> HttpResponse:
    me, form = staff(request), WordingForm(request.POST)
    asked = _question(me, id, question)
    if form.is_valid() and _done(form, lambda f: actions.answer(question=asked, by=me, text=f["text"])):
        messages.success(request, _("Svaret väntar på att en kollega läser det."))
        return redirect("report:evening", id)
    return _page(request, id, of=asked, form_of=form)


@require_POST
@staff_required(Permission.REPORT_CHECK)
def check(request: HttpRequest, id: int, question: int) -> HttpResponse:
    me, form = staff(request), CheckingForm(request.POST)
    asked = _question(me, id, question)
    if form.is_valid() and _done(
        form,
        lambda f: actions.check(question=asked, by=me, verdict=Verdict(f["verdict"]), comment=f["comment"]),
    ):
        messages.success(request, _("Ditt omdöme är sparat."))
        return redirect("report:evening", id)
    return _page(request, id, of=asked, form_of=form)


def _done(form: forms.Form, deed: Callable[[dict[str, str]], object]) -> bool:
    """Whether it was done; what refuses it stands at the form, and nothing typed is lost."""
    try:
        deed(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _question(me: User, id: int, question: int) -> EveningQuestion:
    return get_object_or_404(EveningQuestion, edition=read_edition(me, id), pk=question)


def _page(
    request: HttpRequest, id: int, *, form: forms.Form | None = None, of: EveningQuestion | None = None,
    form_of: forms.Form | None = None,
) -> HttpResponse:  # fmt: skip
    me = staff(request)
    edition = read_edition(me, id)
    shown = [_shown(me, row, form_of if of == row else None) for row in reversed(queries.of(edition))]
    failed = form_of or form
    is_out = edition.status in (State.RELEASED, State.SUPERSEDED)
    page = {
        "edition": edition,
        "form": form or QuestionForm(),
        "can_note": me.may(Permission.REPORT_DRAFT) and is_out,
        "is_out": is_out,
        "questions": shown,
        "failed": failed if failed and failed.is_bound else None,
    }
    return render(request, "report/evening/evening.html", page, status=422 if page["failed"] else 200)


def _shown(me: User, row: EveningQuestion, bound: forms.Form | None) -> dict[str, object]:
    """A question with its wordings, the newest first, and the forms this person may send."""
    answers, state, auto = list(row.answers.all()), Asked(row.state), f"q{row.pk}-%s"
    waiting = next((a for a in answers if a.checked_at is None), None)
    writes, checks = me.may(Permission.REPORT_DRAFT), me.may(Permission.REPORT_CHECK)
    wording = writes and policy.can_answer(state, waiting is not None)
    checking = checks and waiting is not None and policy.can_check(waiting.written_by_id, me.pk)
    striking = (writes or checks) and policy.can_strike(state)

    def made(kind: type[forms.Form], may: bool) -> forms.Form | None:
        return (bound if isinstance(bound, kind) else kind(auto_id=auto)) if may else None

    return {
        "row": row,
        "answers": answers[::-1],
        "is_answered": any(a.verdict == Verdict.APPROVE for a in answers),
        "can_show": checks and policy.can_show(state, row.noted_by_id, me.pk),
        "wording": made(WordingForm, wording),
        "checking": made(CheckingForm, checking),
        "striking": made(StrikeForm, striking),
    }

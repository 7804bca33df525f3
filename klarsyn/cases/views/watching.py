"""Watching over the cases: more than an hour allows, and the sample of readings."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.models import AuditEvent
from klarsyn.cases import budget, samples
from klarsyn.cases.forms import AskMoreForm, QuestionForm
from klarsyn.cases.models import ReadSample, SampledRead
from klarsyn.cases.policy import can_answer, month_before
from klarsyn.cases.reasons import open_reason
from klarsyn.people import unlocked
from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission

PAGES = ["GET", "HEAD", "POST"]


@require_http_methods(PAGES)
@staff_required(Permission.CASE_ALLOW_MORE)
def budget_page(request: HttpRequest) -> HttpResponse:
    """Ask for more cases this hour; agree to what a colleague asks."""
    by = staff(request)
    mine = _teams(by, Permission.CASE_READ)
    form = AskMoreForm(mine, request.POST or None)
    if request.method == "POST":
        if not mine:
            raise Http404
        if form.is_valid():
            budget.ask(person=by, team=form.team(), reason=form.cleaned_data["reason"])
            messages.success(request, _("Frågan är ställd. Den gäller i en timme."))
            return redirect("cases:budget")
    waiting = _waiting(request)
    page = {
        "form": form, "reads": bool(mine), "asks": any(mine_ for *_rest, mine_ in waiting),
        "opened": budget.opened(by), "allowed": budget.allowed(by),
        "ordinary": settings.CASES_AN_HOUR, "waiting": waiting,
        "is_open": unlocked.keys_of(request) is not None,
    }  # fmt: skip
    return render(request, "cases/budget.html", page, status=422 if form.errors else 200)


@require_POST
@staff_required(Permission.CASE_ALLOW_MORE)
@step_up_required
def agree(request: HttpRequest, asked: int) -> HttpResponse:
    by = staff(request)
    if not any(one.line.sequence == asked and one.person.pk != by.pk for one in budget.list_waiting(by)):
        raise Http404
    one = budget.agree(asked=asked, by=by)
    messages.success(
        request, _("%(name)s kan öppna fler ärenden den här timmen.") % {"name": one.person.name}
    )
    return redirect("cases:budget")


@require_safe
@staff_required(Permission.READS_SIGN_OFF)
def samples_page(request: HttpRequest) -> HttpResponse:
    """The own receptions' samples, and last month's to draw."""
    month = month_before(timezone.localdate())
    by = staff(request)
    shown = [
        (team, samples.list_samples(team), samples.list_broken(team, by))
        for team in _teams(by, Permission.READS_SIGN_OFF)
    ]
    waits = {team.pk for team, found, _broken in shown if not found.filter(month=month).exists()}
    return render(request, "cases/samples.html", {"shown": shown, "month": month, "waits": waits})


@require_POST
@staff_required(Permission.READS_SIGN_OFF)
def draw(request: HttpRequest, team: UUID) -> HttpResponse:
    by, found = staff(request), get_object_or_404(Team, pk=team)
    if not by.may_in_team(Permission.READS_SIGN_OFF, found):
        raise Http404
    made = samples.draw(team=found, month=month_before(timezone.localdate()), by=by)
    return redirect("cases:sample", made.pk)


@require_safe
@staff_required(Permission.READS_SIGN_OFF)
@keys_required
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    found = _sample(request, pk)
    reads = samples.list_reads(found, staff(request), keys(request))
    left = sum(read.verdict == "unseen" for read in reads)
    return render(request, "cases/sample.html", {"sample": found, "reads": reads, "left": left})


@require_POST
@staff_required(Permission.READS_SIGN_OFF)
def sign_off(request: HttpRequest, pk: int, read: int) -> HttpResponse:
    row = _read(request, pk, read)
    samples.sign_off(read=row, by=staff(request))
    return redirect(f"{resolve_url('cases:sample', pk)}#lasning-{row.pk}")


@require_http_methods(PAGES)
@staff_required(Permission.READS_SIGN_OFF)
@keys_required
def question(request: HttpRequest, pk: int, read: int) -> HttpResponse:
    row, form = _read(request, pk, read), QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        samples.question(read=row, by=staff(request), text=form.cleaned_data["text"])
        return redirect(f"{resolve_url('cases:sample', pk)}#lasning-{row.pk}")
    reads = samples.list_reads(row.sample, staff(request), keys(request))
    page = {"form": form, "sample": row.sample, "read": next(one for one in reads if one.id == row.pk)}
    return render(request, "cases/question.html", page, status=422 if form.errors else 200)


def _waiting(request: HttpRequest) -> list[tuple[budget.Waiting, str | None, bool]]:
    """(what is asked, why as far as the reader can open it, whether it is the reader's own question)."""
    by, mine = staff(request), unlocked.keys_of(request)
    return [
        (one, open_reason(one.line, one.team, by, mine) if mine else None, one.person.pk == by.pk)
        for one in budget.list_waiting(by)
    ]


def _teams(by: User, permission: Permission) -> list[Team]:
    return [team for team in Team.objects.order_by("name") if by.may_in_team(permission, team)]


def _sample(request: HttpRequest, pk: int) -> ReadSample:
    """A sample of a team whose head the person is; "not yours" and "not there" are the same."""
    found = get_object_or_404(ReadSample.objects.select_related("team"), pk=pk)
    if not staff(request).may_in_team(Permission.READS_SIGN_OFF, found.team):
        raise Http404
    return found


def _read(request: HttpRequest, pk: int, read: int) -> SampledRead:
    """A reading of the sample that still waits for this person's answer."""
    found = get_object_or_404(
        SampledRead.objects.select_related("sample__team"), sample=_sample(request, pk), pk=read
    )
    reader = AuditEvent.objects.get(sequence=found.sequence).actor
    if not can_answer(found.verdict, reader, staff(request).pseudonym):
        raise Http404
    return found

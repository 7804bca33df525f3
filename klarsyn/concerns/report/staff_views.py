"""The pages of those who receive concern reports: the list, one opened, what is noted about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.concerns.report import clocks, handing, inbox, registry, summary
from klarsyn.concerns.report.staff_forms import OUTCOMES, AssessForm, DecideForm, NoteForm, NumberForm
from klarsyn.people.access import keys, keys_required, staff, staff_required
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission


@require_safe
@staff_required(Permission.CONCERN_READ)
@keys_required
def inbox_page(request: HttpRequest) -> HttpResponse:
    """Every report of the own team; nothing of what stands in them."""
    by = staff(request)
    teams = [t for t in Team.objects.order_by("name") if by.may_in_team(Permission.CONCERN_READ, t)]
    now = timezone.localtime()
    shown = [(team, [(line, _running(line, now)) for line in inbox.read_list(by, team)]) for team in teams]
    return render(request, "concerns/staff/reports.html", {"shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.CONCERN_READ)
@keys_required
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    """Shut at first; its content is the answer to a posted form, so that no address shows it again."""
    if request.method == "POST":
        return _opened(request, id)
    report = inbox.readable(staff(request), id)
    return render(request, "concerns/staff/shut.html", {"report": report})


@require_POST
@sensitive_post_parameters()
@staff_required(Permission.CONCERN_WRITE)
@keys_required
def assess(request: HttpRequest, id: UUID) -> HttpResponse:
    """Note the assessment of the need of protection."""
    return _noted(request, id, AssessForm(request.POST), inbox.assess, _("Skyddsbedömningen är antecknad."))


@require_POST
@sensitive_post_parameters()
@staff_required(Permission.CONCERN_WRITE)
@keys_required
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """Note whether an inquiry is opened."""
    return _noted(request, id, DecideForm(request.POST), inbox.decide, _("Beslutet är antecknat."))


@require_POST
@staff_required(Permission.CONCERN_WRITE)
@keys_required
def tell(request: HttpRequest, id: UUID) -> HttpResponse:
    """The answer to a professional who asked for one: whether an inquiry was opened."""
    inbox.tell(staff(request), keys(request), id)
    messages.success(request, _("Svaret är lagt. Den som anmälde läser det med sin kod."))
    return redirect("concerns:one_report", id)


@require_POST
@staff_required(Permission.CONCERN_WRITE)
@keys_required
def hand_over(request: HttpRequest, id: UUID) -> HttpResponse:
    """The message as a file, to be sent by the municipality's SDK client or carried to the registry."""
    made = handing.hand_over(staff(request), keys(request), id)
    headers = {"Content-Disposition": f'attachment; filename="{made.id}.xml"'}
    return HttpResponse(made.body, content_type="application/xml", headers=headers)


@require_safe
@staff_required(Permission.CONCERN_REGISTER)
def registry_page(request: HttpRequest) -> HttpResponse:
    """What was handed over to the registry; no names and no content."""
    page = {"lines": registry.read_list(staff(request)), "form": NumberForm()}
    return render(request, "concerns/staff/registry.html", page)


@require_POST
@staff_required(Permission.CONCERN_REGISTER)
def register(request: HttpRequest, id: UUID) -> HttpResponse:
    """Confirm that one is entered, under its number."""
    form = NumberForm(request.POST)
    if form.is_valid():
        try:
            registry.register(staff(request), id, number=form.cleaned_data["number"])
        except Refused as refused:
            form.add_error("number", str(refused))
        else:
            messages.success(request, _("Införd. Här tas innehållet bort när dagarna har gått."))
            return redirect("concerns:registry")
    page = {"lines": registry.read_list(staff(request)), "form": form, "at": id}
    return render(request, "concerns/staff/registry.html", page, status=422)


def _running(line: inbox.Listed, now: datetime) -> list[tuple[clocks.Running, str]]:
    """Each clock with its words in the reader's language."""
    return [(one, one.told(get_language() or "sv")) for one in clocks.of(line, now)]


def _noted(
    request: HttpRequest, id: UUID, form: NoteForm, act: Callable[..., None], told: str
) -> HttpResponse:
    """A form that is not right comes back with what was written and the report above it."""
    if not form.is_valid():
        return _opened(request, id, form, 422)
    try:
        act(staff(request), keys(request), id, **form.noted())
    except Refused as refused:
        form.add_error(None, str(refused))
        return _opened(request, id, form, 409)
    messages.success(request, told)
    return redirect("concerns:one_report", id)


def _opened(request: HttpRequest, id: UUID, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
    by = staff(request)
    shown = inbox.read(by, keys(request), id)
    page: dict[str, Any] = {
        "shown": shown, "line": shown.line, "told": summary.of(shown.answers),
        "done": [(one, OUTCOMES.get(one.outcome, "")) for one in shown.done], "form": form,
        "assess": form if isinstance(form, AssessForm) else AssessForm(),
        "decide": form if isinstance(form, DecideForm) else DecideForm(),
        "may_write": by.may_in_team(Permission.CONCERN_WRITE, shown.team),
        "clocks": _running(shown.line, timezone.localtime()),
        "acts": {act.value for act in shown.line.acts},
    }  # fmt: skip
    return render(request, "concerns/staff/report.html", page, status=status)

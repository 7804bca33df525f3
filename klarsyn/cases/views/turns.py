"""The turns of a case: tasks, another title, protection, hand-over, end, opened again, sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from klarsyn.base.errors import Refused
from klarsyn.cases import caseload as day
from klarsyn.cases import naming
from klarsyn.cases.access import readable, visit
from klarsyn.cases.card import Level
from klarsyn.cases.forms import (
    ClosingForm,
    HandOverForm,
    NameForm,
    ProtectionForm,
    ReasonedForm,
    SealForm,
    TaskForm,
    TitleForm,
)
from klarsyn.cases.holding import is_shut_again
from klarsyn.cases.models import Case, CaseState
from klarsyn.cases.sharing import youth
from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission

PAGES = ["GET", "HEAD", "POST"]
AGAIN: Final = _(
    "Timmen är över och ärendet är förseglat igen. Inget är sparat, men din text står kvar här. Öppna "
    "ärendet i en ny flik med en anledning, och tryck sedan igen."
)
Do = Callable[[User, Unlocked, UUID, Mapping[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: its page and what it does. `state`: that of the case in which it can be done."""

    title: Promise
    lead: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    do: Do
    state: CaseState = CaseState.OPEN


TURNS: Final = {
    "rename": Turn(
        _("Byt rubrik"),
        _("Rubriken syns i mottagningens lista. Den nämner ingen vid namn."),
        _("Byt rubrik"),
        _("Rubriken är bytt."),
        TitleForm,
        lambda u, k, id, d: day.rename(u, k, id, title=d["title"]),
    ),
    "protect": Turn(
        _("Skyddade personuppgifter"),
        _(
            "Vid skydd skrivs ärendet inte ut och inget skriftligt skickas. Fingerade uppgifter kan "
            "systemet inte känna till: skriv aldrig vem personen var förut."
        ),
        _("Spara nivån"),
        _("Nivån är sparad."),
        ProtectionForm,
        lambda u, k, id, d: day.protect(u, k, id, level=Level(d["level"]), words=d["words"]),
    ),
    "hand_over": Turn(
        _("Lämna över till en kollega"),
        _("Ni står båda i loggen. Anledningen förseglas där."),
        _("Lämna över"),
        _("Ärendet är överlämnat."),
        HandOverForm,
        lambda u, k, id, d: day.hand_over(u, k, id, to=d["to"], reason=d["why"]),
    ),
    "close": Turn(
        _("Avsluta ärendet"),
        _(
            "Ett avslutat ärende går att läsa och öppna igen, men inte att skriva i. Dagen då det gallras "
            "räknas ut av lagens regel."
        ),
        _("Avsluta"),
        _("Ärendet är avslutat."),
        ClosingForm,
        lambda u, k, id, d: day.close(u, k, id, because=d["because"], words=d["words"]),
    ),
    "reopen": Turn(
        _("Öppna ärendet igen"),
        _("Anledningen skrivs i journalen och förseglas i loggen."),
        _("Öppna igen"),
        _("Ärendet är öppet igen."),
        ReasonedForm,
        lambda u, k, id, d: day.reopen(u, k, id, reason=d["why"]),
        CaseState.CLOSED,
    ),
    "seal": Turn(
        _("Försegla ärendet"),
        _(
            "Ärendet finns sedan bara för dig och dem som du namnger. Den som bryter förseglingen med en "
            "anledning läser det, en timme i taget. Enhetschefen ser varje gång."
        ),
        _("Försegla"),
        _("Ärendet är förseglat."),
        SealForm,
        lambda u, k, id, d: day.set_sealed(
            u, k, id, is_sealed=True, reason=d["why"], until=d["until"], others=d["others"]
        ),
    ),
    "name": Turn(
        _("Namnge vem som får öppna"),
        _("Personen får se att ärendet finns och bryta förseglingen till och med dagen. Det står i loggen."),
        _("Namnge"),
        _("Personen är namngiven."),
        NameForm,
        lambda u, k, id, d: naming.name_reader(u, k, id, to=d["to"], until=d["until"], reason=d["why"]),
    ),
    "lift_seal": Turn(
        _("Häv förseglingen"),
        _("Ärendet syns och öppnas sedan som andra."),
        _("Häv förseglingen"),
        _("Förseglingen är hävd."),
        ReasonedForm,
        lambda u, k, id, d: day.set_sealed(u, k, id, is_sealed=False, reason=d["why"]),
    ),
}


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def turn(request: HttpRequest, id: UUID, what: str) -> HttpResponse:
    return _turned(request, id, what)


@require_http_methods(PAGES)
@staff_required(Permission.SEALED_BREAK)
@step_up_required
@keys_required
def seal(request: HttpRequest, id: UUID, what: str) -> HttpResponse:
    return _turned(request, id, what)


@require_POST
@staff_required(Permission.CASE_WRITE)
@keys_required
def task(request: HttpRequest, id: UUID) -> HttpResponse:
    """One more thing to do; or, with `done`, one less."""
    _writable(request, id)
    if done := request.POST.get("done", ""):
        day.finish_task(staff(request), keys(request), id, task=done[:40])
        return redirect("cases:case", id)
    form = TaskForm(request.POST)
    if not form.is_valid():
        return render(
            request, "cases/task.html", {"form": form, "case": readable(staff(request), id)}, status=422
        )
    day.add_task(staff(request), keys(request), id, **form.cleaned_data)
    return redirect("cases:case", id)


def _turned(request: HttpRequest, id: UUID, what: str) -> HttpResponse:
    found, one = _writable(request, id), TURNS[what]
    if found.state != one.state:
        raise Http404
    form = _form(one, found, request)
    is_shut = is_shut_again(staff(request), found)
    if is_shut and request.method == "POST" and form.is_valid():
        form.add_error(None, AGAIN)
    elif request.method == "POST" and form.is_valid():  # also when the hour is over: nothing typed is lost
        try:
            one.do(staff(request), keys(request), id, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, str(one.done))
            return redirect("cases:case", id)
    seen = visit(staff(request), keys(request), id)
    if seen is None and request.method != "POST":
        return redirect("cases:case", id)
    page = {"form": form, "case": found, "turn": one, "shown": seen, **youth(seen)}
    return render(request, "cases/turn.html", page, status=422 if form.errors else 200)


def _form(one: Turn, found: Case, request: HttpRequest) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if issubclass(one.form, HandOverForm):
        first = {"to": request.GET.get("till", "")}
        return one.form(naming.colleagues(found.team), data, initial=first)
    if issubclass(one.form, SealForm):
        return one.form([who for who in naming.colleagues(found.team) if who.pk != staff(request).pk], data)
    return one.form(data)


def _writable(request: HttpRequest, id: UUID) -> Case:
    """The case, shut, for whoever may write in it. Raises Http404."""
    found = readable(staff(request), id)
    if not staff(request).may_in_team(Permission.CASE_WRITE, found.team):
        raise Http404
    return found

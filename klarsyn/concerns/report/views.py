"""The one page where somebody writes a concern report: every step is a form posted to the same address.

What is typed travels in the page itself until it is saved or sent: nothing lies on the server before that, no
cookie names a visit, and Back, a lost line or a dead server loses no text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from klarsyn.base.codes import Code, Mistyped, read
from klarsyn.base.pauses import Full, Paused
from klarsyn.base.vault import Busy
from klarsyn.concerns.models import ReportDraft
from klarsyn.concerns.report import codes, printing, sending, summary
from klarsyn.concerns.report.answers import NAMES, Answers
from klarsyn.concerns.report.forms import STEPS, TEXT, StepForm, unfinished
from klarsyn.concerns.report.sending import NobodyReceives, Receipt

ORDER: Final = tuple(STEPS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what it carries: the step whose form it holds, every answer so far, the code."""

    request: HttpRequest
    given: Mapping[str, str]
    code: Code | None

    @property
    def step(self) -> str:
        step = self.request.POST.get("at", "")
        return step if step in STEPS else ORDER[0]

    def answers(self) -> Answers:
        return Answers.of(self.given)

    def coded(self) -> Asked:
        """The same with a code: made when the first step is answered, kept until the report is sent."""
        return self if self.code else Asked(self.request, self.given, codes.new())


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer of a step."""

    part: str
    more: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    asked: Asked | None = None  # what the page carries on, where it is not what came


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """One address for everything, so that the history tells nothing of what was answered."""
    asked = Asked(request, {name: request.POST.get(name, "") for name in NAMES}, _code_of(request))
    go = request.POST.get("go", "") if request.method == "POST" else ""
    if go == "print" and not unfinished(asked.given):
        return _printed(asked)
    shown = _answer(asked, go)
    carried = shown.asked or asked
    context = {
        "part": f"concerns/report/_{shown.part}.html", "receives": sending.receives(), "given": carried.given,
        "code": carried.code.digits if carried.code else "", **shown.more,
    }  # fmt: skip
    return render(request, "concerns/report/page.html", context, status=shown.status)


def _answer(asked: Asked, go: str) -> Shown:
    to, _colon, step = go.partition(":")
    try:
        if to == "to" and step in STEPS:  # back, or from the review to one answer
            return _form(asked.coded(), step)
        return ACTS.get(to, _start)(asked)
    except codes.Taken:  # another's code begins alike: this one has opened nothing and is given up
        fresh = Asked(asked.request, asked.given, codes.new())
        return _review(fresh, status=409, notice="taken")
    except Busy:
        return _review(asked.coded(), status=503, notice="busy")
    except NobodyReceives:
        return _review(asked.coded(), status=503, notice="nobody")


def _start(asked: Asked) -> Shown:
    return Shown("start")


def _next(asked: Asked) -> Shown:
    """One step on; not before what stands in it can be read."""
    form, asked = STEPS[asked.step](asked.given), asked.coded()
    if not form.is_valid():
        return _form(asked, asked.step, form, 422)
    if asked.step == "now" and form.cleaned_data["danger"] == "yes":
        return Shown("danger", asked=asked)
    at = ORDER.index(asked.step) + 1
    return _form(asked, ORDER[at]) if at < len(ORDER) else _review(asked)


def _form(asked: Asked, step: str, form: StepForm | None = None, status: int = 200) -> Shown:
    """A step's form with what was typed in it before; every other answer is carried along unseen."""
    form = form or STEPS[step](initial={name: asked.given[name] for name in NAMES})
    at = ORDER.index(step)
    seen = {name for name in form.fields if name != "anyway" or form.has_number}
    carried = {name: text for name, text in asked.given.items() if name not in seen}
    more = {
        "form": form, "step": step, "number": at + 1, "of": len(ORDER), "carried": carried,
        "before": ORDER[at - 1] if at else "",
    }  # fmt: skip
    return Shown("step", more, status, asked)


def _review(asked: Asked, *, status: int = 200, notice: str = "") -> Shown:
    """Everything once more before it is sent; what is not right yet leads back to its step."""
    if wrong := unfinished(asked.given):
        step, form = wrong
        return _form(asked, step, form, 422)
    more = {"carried": asked.given, "told": summary.of(asked.answers()), "notice": notice}
    return Shown("review", more, status, asked)


def _send(asked: Asked) -> Shown:
    """Sent when everything can be read; the same page sent twice makes one report and one receipt."""
    asked = asked.coded()
    if unfinished(asked.given):
        return _review(asked)
    assert asked.code
    receipt = sending.send(asked.code, asked.answers())
    return _receipt(asked, receipt, is_new=True)


def _receipt(asked: Asked, receipt: Receipt, *, is_new: bool) -> Shown:
    assert asked.code
    more = {"receipt": receipt, "is_new": is_new, "shown_code": asked.code.shown, "carried": asked.given}
    return Shown("receipt", more, asked=asked)


def _save(asked: Asked) -> Shown:
    """Kept under the code, whatever stands in it: a draft need not be right."""
    asked = asked.coded()
    assert asked.code
    if any(len(text) > TEXT for text in asked.given.values()):
        return _review(asked)  # leads to what is too long, with all of it still there
    last = sending.save(asked.code, asked.answers())
    more = {"last": last, "shown_code": asked.code.shown, "carried": asked.given, "step": asked.step}
    return Shown("saved", more, asked=asked)


def _throw(asked: Asked) -> Shown:
    if asked.code:
        sending.throw_away(asked.code)
    return Shown("thrown", asked=Asked(asked.request, {}, None))


def _enter(asked: Asked) -> Shown:
    """From a code to its draft, or to the receipt of what was sent."""
    typed = asked.request.POST.get("typed", "")
    try:
        code = read(typed)
        entered = codes.enter(code)
    except Mistyped:
        return Shown("start", {"error": "mistyped", "typed": typed[:60]}, 422)
    except codes.Unknown:
        return Shown("start", {"error": "unknown", "typed": typed[:60]}, 422)
    except Paused as paused:
        return Shown("start", {"error": "paused", "minutes": paused.minutes, "typed": typed[:60]}, 429)
    except (Busy, Full):
        return Shown("start", {"error": "busy", "typed": typed[:60]}, 503)
    if isinstance(entered.row, ReportDraft):
        answers = sending.open_draft(entered)
        back = Asked(asked.request, {name: getattr(answers, name) for name in NAMES}, code)
        wrong = unfinished(back.given)
        return _form(back, wrong[0]) if wrong else _review(back)
    return _receipt(Asked(asked.request, {}, code), sending.receipt(entered), is_new=False)


ACTS: Final[Mapping[str, Callable[[Asked], Shown]]] = {
    "begin": lambda asked: _form(asked, ORDER[0]),
    "next": _next,
    "review": lambda asked: _review(asked.coded()),
    "send": _send,
    "save": _save,
    "throw": _throw,
    "enter": _enter,
}


def _printed(asked: Asked) -> HttpResponse:
    """The reporter's own copy, made of what the page carries: nothing of it is kept here."""
    body = printing.pdf(asked.answers(), asked.code)
    headers = {"Content-Disposition": 'attachment; filename="anmalan.pdf"'}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


def _code_of(request: HttpRequest) -> Code | None:
    try:
        return read(request.POST.get("code", "")) if request.POST.get("code") else None
    except Mistyped:
        return None

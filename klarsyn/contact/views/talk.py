"""The one page where somebody writes without a name: every step is a form posted to the same address."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from klarsyn.base import front
from klarsyn.base.vault import Busy, Unopenable
from klarsyn.contact import access, codes, receivers, talk, throttle, visitor, visits, writing
from klarsyn.contact.files import cleaning
from klarsyn.contact.sealing import Gone
from klarsyn.contact.visits import Open

NAMES: Final = {"mika": "Mika", "kast": "KAST"}
CHOICES: Final = {"m": "mika", "k": "kast"}  # the front's choices that lead to a reception
ROUTES: Final = ("danger", "suicide", "child")
UNCONFIRMED: Final = ("check", "renew", "end")  # what may be asked for before the last digits are


@dataclass(frozen=True, slots=True)
class Asked:
    """A request in a language, with the visit that is open, if one is."""

    request: HttpRequest
    words: Mapping[str, Any]
    open: Open | None

    def said(self, name: str) -> str:
        return self.request.POST.get(name, "")

    def visit(self) -> Open:
        assert self.open is not None
        return self.open


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer of a step. `visit`: what is open from here on; None = as it was."""

    part: str
    more: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    visit: Open | None = None
    ends: bool = False


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One address for everything, so that the history tells nothing; nothing of a step stands in it."""
    try:
        frame, words = front.frame(code), talk.words(code)
    except KeyError:
        raise Http404 from None
    asked = Asked(request, words, visits.of(request))
    if asked.said("step") == "file" and asked.open and not asked.open.last:
        return _file(asked)
    shown = _answer(asked)
    context = {**frame, "w": words, "here": "contact:talk", "part": f"contact/talk/_{shown.part}.html"}
    context |= {"once": secrets.token_urlsafe(12), "names": NAMES, "routes": ROUTES, **shown.more}
    response = render(request, "contact/talk/page.html", context, status=shown.status)
    if shown.ends:
        visits.end(request, response)
    elif kept := shown.visit or asked.open:
        visits.go_on(request, response, kept)
    return response


def _answer(asked: Asked) -> Shown:
    step = asked.said("step") if asked.request.method == "POST" else ""
    if asked.open and asked.open.last and step not in UNCONFIRMED:
        return Shown("ask")
    try:
        return STEPS.get(step, _start)(asked)
    except (Gone, Unopenable):  # taken away meanwhile, by the visitor or by time
        return Shown("stop", {"told": asked.words["gone"]}, ends=True)
    except (Busy, throttle.Full):
        return _again(asked, asked.words["busy"], 503)


def _start(asked: Asked) -> Shown:
    if asked.open:
        return _thread(asked.open)
    return Shown("start", {"kinds": [kind for kind in NAMES if receivers.receiver(kind)]})


def _route(asked: Asked) -> Shown:
    """The right way at once; nothing of it is kept."""
    which = asked.said("which")
    if which not in ROUTES:
        return _start(asked)
    w = asked.words
    return Shown("route", {"route_heading": w[f"{which}_heading"], "route_text": w[f"{which}_text"]})


def _write(asked: Asked) -> Shown:
    kind = asked.said("to")
    if kind not in NAMES or receivers.receiver(kind) is None:
        return _start(asked)
    return Shown("write", _writing(asked, kind))


def _send(asked: Asked) -> Shown:
    """The first message; its answer is the only page that ever shows the code."""
    kind = asked.said("to")
    to = receivers.receiver(kind) if kind in NAMES else None
    if to is None:
        return _start(asked)
    if asked.open and asked.said("once") in asked.open.done:
        return Shown("ask")
    taken = _taken(asked)
    if isinstance(taken, str):
        return Shown("write", _writing(asked, kind, taken), 422)
    held, code = visitor.begin(to, *taken)
    opened = Open(held, code.last, "", (asked.said("once"),))
    return Shown("code", {"code": code.shown}, visit=opened)


def _check(asked: Asked) -> Shown:
    """The last digits asked back: whoever has not written the code down notices now."""
    if asked.open is None:
        return Shown("enter", {"told": asked.words["idle"]})
    if asked.open.last and not codes.is_last(asked.open.last, asked.said("last")):
        return Shown("ask", {"error": asked.words["last_wrong"]}, 422)
    held = asked.open
    return _thread(Open(held.held, "", held.seen, held.done), told=asked.words["sent"])


def _renew(asked: Asked) -> Shown:
    if asked.open is None:
        return Shown("enter", {"told": asked.words["idle"]})
    held, code = visitor.new_code(asked.open.held)
    return Shown("code", {"code": code.shown}, visit=Open(held, code.last, "", asked.open.done))


def _enter(asked: Asked) -> Shown:
    """From a code to its thread. A slip of the hand is told at once; nothing else tells codes apart."""
    draft = asked.said("draft")
    if not asked.said("code"):
        return Shown("enter", {"draft": draft})
    try:
        opened = access.enter(codes.read(asked.said("code")))
    except codes.Mistyped:
        return _not_entered(asked, "mistyped")
    except access.Unknown:
        return _not_entered(asked, "unknown")
    except throttle.Paused as paused:
        return _not_entered(asked, "paused", 429, minutes=paused.minutes)
    held = visitor.Held(opened.id, opened.tag, opened.pair)
    seen = opened.seen.isoformat() if opened.seen else "-"
    return _thread(Open(held, "", seen), text=draft)


def _not_entered(asked: Asked, why: str, status: int = 422, **more: object) -> Shown:
    error = asked.words[why].format(**more)
    return Shown("enter", {"error": error, **_coded(asked)}, status)


def _coded(asked: Asked) -> dict[str, Any]:
    return {"typed": asked.said("code")[:60], "draft": asked.said("draft")}


def _more(asked: Asked) -> Shown:
    if asked.open is None:  # ten minutes have gone: what was written stays on the page
        return Shown("enter", {"told": asked.words["idle"], "draft": asked.said("text")})
    if asked.said("once") in asked.open.done:
        return _thread(asked.open, told=asked.words["already"])
    taken = _taken(asked)
    if isinstance(taken, str):
        return _thread(asked.open, status=422, error=taken, **_typed(asked))
    try:
        visitor.write(asked.open.held, *taken)
    except visitor.Closed:
        return _thread(asked.open, status=409, **_typed(asked))
    return _thread(asked.open.took(asked.said("once")), told=asked.words["sent"])


def _erase(asked: Asked) -> Shown:
    if asked.open is None:
        return Shown("enter", {"told": asked.words["idle"]})
    if asked.said("sure") != "yes":
        return Shown("erase")
    visitor.erase(asked.open.held)
    return Shown("stop", {"told": asked.words["erased"]}, ends=True)


def _end(asked: Asked) -> Shown:
    return Shown("stop", {"told": asked.words["ended"]}, ends=True)


STEPS: Final[Mapping[str, Callable[[Asked], Shown]]] = {
    "route": _route,
    "write": _write,
    "send": _send,
    "check": _check,
    "renew": _renew,
    "enter": _enter,
    "more": _more,
    "erase": _erase,
    "end": _end,
}


def _thread(visit: Open, *, status: int = 200, **more: Any) -> Shown:
    thread = visitor.read(visit.held)
    page: dict[str, Any] = {"thread": thread, "name": NAMES.get(thread.kind, ""), "seen": visit.seen}
    return Shown("thread", page | more, status, visit)


def _file(asked: Asked) -> HttpResponse:
    """One file, to be saved: never shown by the browser, and under the name that it has here."""
    try:
        about, body = visitor.read_file(asked.visit().held, UUID(asked.said("file")))
    except (ValueError, Gone):
        raise Http404 from None
    return download(about.name, about.media_type, body)


def download(name: str, media_type: str, body: bytes) -> HttpResponse:
    """A file that a browser saves and does not open."""
    saved = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": saved})


def _again(asked: Asked, why: str, status: int) -> Shown:
    """The same form with what was typed in it."""
    match asked.said("step"):
        case "send":
            return Shown("write", _writing(asked, asked.said("to"), why) | {"is_busy": True}, status)
        case "more" if asked.open:
            return _thread(asked.open, status=status, error=why, is_busy=True, **_typed(asked))
        case _:
            return Shown("enter", {"error": why, "is_busy": True, **_coded(asked)}, status)


def _writing(asked: Asked, kind: str, error: str = "") -> dict[str, Any]:
    return {"to": kind, "name": NAMES.get(kind, ""), "error": error, **_typed(asked)}


def _typed(asked: Asked) -> dict[str, Any]:
    text = asked.said("text")
    return {"text": text, "may_send": writing.has_personal_number(text)}


def _taken(asked: Asked) -> tuple[str, list[visitor.Given]] | str:
    """(text, files) as they are kept, or a sentence about what is wrong with them."""
    w, text = asked.words, writing.tidy(asked.said("text"))
    files = [(f.name or "", f.read(), f.size or 0) for f in asked.request.FILES.getlist("files")]
    if not text and not files:
        return str(w["empty"])
    if len(text) > writing.LONGEST:
        return str(w["too_long"]).format(most=writing.LONGEST)
    if writing.has_personal_number(text) and not asked.said("anyway"):
        return str(w["like_number"])
    try:
        return text, cleaning.given(files, keep_original=bool(asked.said("original")))
    except cleaning.NotTaken as refused:
        return str(w[f"file_{refused.why}"])

"""The guide's pages: each step an address, nothing asked in words, nothing kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klarsyn.base.front import frame
from klarsyn.concerns.guide import content
from klarsyn.concerns.guide.calls import calls, looked_at
from klarsyn.concerns.guide.cards import SIZES, card, pdf
from klarsyn.concerns.guide.content import ASKS_ON, LANGUAGES, NOWS, Role, Words, words

SWEDISH: Final = ("sv", "latt")
WORKER: Final = Path(__file__).with_name("worker.js")


@dataclass(frozen=True, slots=True)
class Way:
    """This page in another language, or the nearest that language has."""

    code: str
    name: str
    lang: str
    dir: str
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """An answer to a page's question, and where it leads."""

    title: str
    hint: str
    address: str


@never_cache
@require_safe
def start(request: HttpRequest, code: str = "") -> HttpResponse:
    """Who are you?"""
    said = _words(code or get_language() or LANGUAGES[0])
    told = said.text["roles"]
    steps = [_step(told[one.key], "role", said.code, one.key) for one in content.roles()]
    return _page(request, said, "hub", {"steps": steps, "calls": _calls(said, ("emergency",))})


@never_cache
@require_safe
def role(request: HttpRequest, code: str, role: str) -> HttpResponse:
    """Is somebody in danger, is it a child? The numbers stand here already."""
    said, who = _words(code), _role(role)
    steps = [_step(said.text["now"][now], "now", said.code, role, now) for now in NOWS]
    own = {"steps": steps, "calls": _calls(said, who.calls("role")), "sizes": _cards(said, role)}
    return _page(request, said, "role", own, who)


@never_cache
@require_safe
def now(request: HttpRequest, code: str, role: str, now: str) -> HttpResponse:
    """What to do now, in short; and what did you see, where the language has more to say of that."""
    said, who = _words(code), _role(role)
    _known(now, NOWS)
    seen = said.more["sights"] if said.more and now in ASKS_ON else {}
    steps = [
        _step((seen[key]["title"], seen[key]["hint"]), "sight", said.code, role, now, key)
        for key in who.sights
        if key in seen
    ]
    own = {**_answer(said, who, now), "steps": steps}
    return _page(request, said, "now", own, who, now)


@never_cache
@require_safe
def sight(request: HttpRequest, code: str, role: str, now: str, sight: str) -> HttpResponse:
    """The whole answer: the steps, the role's own, the signs, what they will ask, what the law says."""
    said, who = _words(code), _role(role)
    _known(now, ASKS_ON)
    _known(sight, who.sights)
    if said.more is None:
        raise Http404
    own = {**_answer(said, who, now), "sight": said.more["sights"][sight], "sources": content.sources(sight)}
    return _page(request, said, "sight", {**own, **_own(said, who)}, who, now, sight)


@never_cache
@require_safe
def whole(request: HttpRequest, code: str) -> HttpResponse:
    """Everything on one page, to print or to keep as a file."""
    said = _words(code)
    parts = [{**_own(said, one), "title": said.text["roles"][one.key]} for one in content.roles()]
    keys = ("emergency", "police", "support_line", "social", "child_emergency", "coordinator", "child")
    sights = [(said.more["sights"][key], content.sources(key)) for key in _sights()] if said.more else []
    every = tuple(dict.fromkeys(key for one in content.roles() for key in one.laws))
    own = {"parts": parts, "calls": _calls(said, keys), "all_steps": _whose(said), "sights": sights}
    return _page(request, said, "whole", {**own, "laws": _laws(said, every)})


@never_cache
@require_safe
def printed(request: HttpRequest, code: str, role: str, size: str) -> HttpResponse:
    """A card for the workplace, as PDF/UA: to put up, or eight for the pocket."""
    said, who = _words(code), _role(role)
    _known(size, SIZES)
    made = card(said, frame(said.code)["said"], who, timezone.localtime())
    headers = {"Content-Disposition": f'inline; filename="kort-{role}-{said.code}-{size}.pdf"'}
    return HttpResponse(pdf(made, size), content_type="application/pdf", headers=headers)


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers without a net, for whoever has asked to keep a copy. It only reads."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def _page(
    request: HttpRequest,
    said: Words,
    part: str,
    own: Mapping[str, Any],
    who: Role | None = None,
    *steps: str,
) -> HttpResponse:
    """One part of the guide in the visitor's frame, with the same page in the other languages."""
    framed = frame(said.code)
    path = (who.key, *steps) if who else ()
    name = {"hub": "in", "whole": "all"}.get(part, part)
    every = framed["all_languages"]
    spoken = [Way(w.code, w.name, w.lang, w.dir, _nearest(name, w.code, path)) for w in every]
    both = framed["said"].is_reviewed and said.is_reviewed
    context = {
        **framed,
        "said": replace(framed["said"], is_reviewed=both),
        "all_languages": spoken,
        "words": said.text,
        "more": said.more,
        "guide": said.code,
        "who": who,
        "title": said.text["roles"][who.key][0] if who else "",
        "kept": _kept(said, who),
        "looked_at": looked_at(timezone.localtime()),
        "part": f"concerns/guide/_{part}.html",
    }
    return render(request, "concerns/guide/page.html", {**context, **own})


def _answer(said: Words, who: Role, now: str) -> dict[str, Any]:
    """What every answer has: the steps, whom to phone, and for a child the way to a report first."""
    told = {"told": said.text[who.steps(now)], "now": now, "calls": _calls(said, who.calls(now))}
    return {**told, "report": _report(said.code) if now == "barn" else ""}


def _own(said: Words, who: Role) -> dict[str, Any]:
    """What one role has of its own, where the language has it."""
    if said.more is None:
        return {"own": None, "laws": []}
    return {"own": said.more["roles"][who.key], "laws": _laws(said, who.laws)}


def _laws(said: Words, keys: tuple[str, ...]) -> list[tuple[content.Law, str]]:
    if said.more is None:
        return []
    told = said.more["laws"]
    return [(law, told[law.key]) for law in content.laws(keys, timezone.localdate())]


def _whose(said: Words) -> list[tuple[Any, str]]:
    """The steps of every kind, each with those in whose role they hold; no names where they hold for all."""
    whose: dict[str, list[str]] = {}
    for now in NOWS:
        for one in content.roles():
            whose.setdefault(one.steps(now), []).append(said.text["roles"][one.key][0])
    everybody = len(content.roles())
    return [
        (said.text[key], "" if len(names) == everybody else " · ".join(names)) for key, names in whose.items()
    ]


def _sights() -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for one in content.roles() for key in one.sights))


def _calls(said: Words, keys: tuple[str, ...]) -> Any:
    return calls(keys, said.text, frame(said.code)["said"].ui, timezone.localtime())


def _cards(said: Words, role: str) -> list[tuple[str, str]]:
    """(words, address) of the cards to print."""
    return [(said.text["card"][size], _address("card", said.code, role, size)) for size in SIZES]


def _kept(said: Words, who: Role | None) -> list[str]:
    """The pages that "keep on this phone" keeps: one role's, and the page that has everything."""
    code, found = said.code, [_address("in", said.code), _address("all", said.code)]
    if who is None:
        return found
    found.append(_address("role", code, who.key))
    found += [_address("now", code, who.key, now) for now in NOWS]
    if said.more:
        found += [_address("sight", code, who.key, now, sight) for now in ASKS_ON for sight in who.sights]
    return found


def _step(told: Sequence[str], name: str, *path: str) -> Step:
    title, hint = told
    return Step(title, hint, _address(name, *path))


def _nearest(name: str, code: str, path: tuple[str, ...]) -> str:
    if name == "sight" and words(code).more is None:
        return _address("now", code, *path[:-1])
    return _address(name, code, *path)


def _report(code: str) -> str:
    """Where a report about a child is written; empty where this process has no such page."""
    with override("sv" if code in SWEDISH else "en"):
        try:
            return reverse("concerns:report")
        except NoReverseMatch:
            return ""


def _address(name: str, *path: str) -> str:
    return reverse(f"concerns:guide_{name}", args=path)


def _words(code: str) -> Words:
    try:
        return words(code)
    except KeyError:
        raise Http404 from None


def _role(key: str) -> Role:
    try:
        return content.role(key)
    except KeyError:
        raise Http404 from None


def _known(given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise Http404

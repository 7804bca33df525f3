"""The addresses of the API: a question is checked and answered from what is released; and the page of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from klarsyn.base.language import reader_language
from klarsyn.report import serve
from klarsyn.report.api import answering, asking, openapi, problems, reads
from klarsyn.report.api.asking import Asked
from klarsyn.report.api.held import Released, released
from klarsyn.report.api.openapi import ADDRESSES
from klarsyn.report.api.problems import Code, Wrong

Make = Callable[..., Any]
_MAKES: dict[str, Make] = {
    "editions": reads.editions,
    "edition": reads.edition,
    "indicators": reads.indicators,
    "indicator": reads.indicator,
    "figures": reads.figures,
    "figure": reads.figure,
    "sources": reads.sources,
    "start": openapi.start,
    "openapi": openapi.document,
}


def view(name: str) -> Callable[..., HttpResponse]:
    """The view of one address. Without a form there is nothing to forge: another method is told so, 405."""
    parameters = ADDRESSES[name].parameters

    @csrf_exempt
    def answered(request: HttpRequest, **words: str) -> HttpResponse:
        request.COOKIES = {}  # none is read here: not even to end one that is no longer good
        language = asking.language(request)
        with translation.override(language):
            try:
                asked = asking.asked(request, parameters)
                body = _body(name, asked, tuple(words.values()), released())
            except Wrong as wrong:
                return answering.refusal(wrong, language)
        return answering.answer(request, body, language)

    return answered


@csrf_exempt
def missing(request: HttpRequest, rest: str) -> HttpResponse:
    """Anything else below /api/."""
    language = asking.language(request)
    with translation.override(language):
        try:
            asking.asked(request, (*asking.PAGED, asking.EDITION, asking.INDICATOR))
            raise Wrong(
                Code.NOT_FOUND,
                _("Här finns inget. Adresserna står på %(address)s, utan snedstreck sist.")
                % {"address": reads.address("start")},
            )
        except Wrong as wrong:
            return answering.refusal(wrong, language)


@cache_control(public=True, max_age=serve.SECONDS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the API is, for people."""
    language = reader_language()
    found = [(one, one.sv if language == "sv" else one.en) for one in ADDRESSES.values()]
    shown = reads.editions(Asked(request.path, language), released()).editions
    context = {
        "addresses": found,
        "problems": [(code, problems.STATUS[code], title) for code, title in problems.titles().items()],
        "example": next((one for one in shown if one.figures), None),
    }
    return render(request, "report/api.html", context)


@lru_cache(maxsize=128)
def _body(name: str, asked: Asked, words: tuple[str, ...], out: Released) -> bytes:
    """Kept until something is released: the arguments are all that makes it another answer."""
    made = _MAKES[name](asked, out, *words)
    return answering.as_json(made if isinstance(made, dict) else asdict(made))

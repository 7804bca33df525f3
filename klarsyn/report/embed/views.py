"""Figures for other sites: the picture, a page that may be framed, and the code to copy."""

from __future__ import annotations

import logging
from typing import Any, Final

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from klarsyn.base.errors import Refused
from klarsyn.base.language import reader_language
from klarsyn.report import queries, serve
from klarsyn.report.embed.card import WIDTH, Card, card, embeddable
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from klarsyn.report.public import public_address

log = logging.getLogger(__name__)

# Of the picture and its page alone: a test asks the other addresses.
_OTHERS: Final[dict[str, Any]] = {"frame-ancestors": ["*"]}


@require_safe
@xframe_options_exempt
@csp_replace(_OTHERS)  # type: ignore[arg-type]  # its type knows no address with words in it
def picture(request: HttpRequest, edition: str, figure: str) -> HttpResponse:
    """The chart as SVG, for an <img>."""
    body = _card(edition, figure).svg.encode("utf-8")
    return _opened(serve.made(request, body, "image/svg+xml", serve.packed(body)))


@require_safe
@xframe_options_exempt
@csp_replace(_OTHERS)  # type: ignore[arg-type]  # its type knows no address with words in it
def frame(request: HttpRequest, edition: str, figure: str) -> HttpResponse:
    """The chart on a page without a script, for an <iframe>."""
    found = _card(edition, figure)
    context = {
        "card": found,
        "picture": _address("embed", edition, figure),
        "width": WIDTH,
        "language": reader_language(),
    }
    body = render_to_string("report/embed.html", context).encode("utf-8")
    return _opened(serve.made(request, body, "text/html; charset=utf-8", serve.packed(body)))


@cache_control(public=True, max_age=serve.SECONDS)
@require_safe
def code(request: HttpRequest, edition: str, figure: str) -> HttpResponse:
    """What to copy."""
    found = _card(edition, figure)
    context: dict[str, Any] = {"card": found, "width": WIDTH, "picture": _address("embed", edition, figure)}
    codes = {name: render_to_string(f"report/_embed_{name}.txt", {
        **context, "picture": public_address(context["picture"]),
        "frame": public_address(_address("embed_frame", edition, figure)), "frame_height": found.height + 40,
    }).strip() for name in ("img", "iframe")}  # fmt: skip
    return render(request, "report/embed_code.html", {**context, "codes": codes})


@cache_control(public=True, max_age=serve.SECONDS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every figure of the editions in force that has a chart."""
    found = queries.online(invented=None).filter(state=State.RELEASED).order_by("is_invented", "-year")
    return render(request, "report/embed_list.html", {"editions": [(one, _listed(one)) for one in found]})


def _listed(edition: Edition) -> tuple[tuple[str, str], ...]:
    """None where the frozen files are damaged."""
    try:
        return embeddable(edition)
    except Refused:
        log.exception("the figures of edition %s cannot be read", edition.slug)
        return ()


def _card(slug: str, figure: str) -> Card:
    edition = queries.online(invented=None).filter(slug=slug).first()
    try:
        found = card(edition, figure, reader_language()) if edition else None
    except Refused as damaged:  # what to do about it is for whoever runs the site, not for its readers
        log.exception("the figures of edition %s cannot be read", slug)
        raise Http404 from damaged
    if found is None:
        raise Http404
    return found


def _address(name: str, edition: str, figure: str) -> str:
    return reverse(f"report:{name}", args=[edition, figure])


def _opened(response: HttpResponse) -> HttpResponse:
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

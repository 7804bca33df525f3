"""Away from here: the quick exit, and the three minutes in which Back leads nowhere but there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.module_loading import import_string

# Without JavaScript a page cannot take itself out of the history. So the exit leaves a cookie that only says
# it was used; while it lives, every page of ours answers with the way out, and Back finds none of them.
AWAY: Final = "away"
AWAY_SECONDS: Final = 180


_endings: list[str] = []


def register_ending(name: str) -> None:
    """`name`: dotted path of what a room ends for the one who leaves, called with the request."""
    if name not in _endings:
        _endings.append(name)


def leave(request: HttpRequest) -> HttpResponse:
    """To an ordinary page, asking the browser to forget copies and what a form kept. Cookies of ours end."""
    for name in _endings:
        import_string(name)(request)
    response = HttpResponse(status=303)
    response["Location"] = settings.QUICK_EXIT_URL
    response["Clear-Site-Data"] = '"cache", "storage"'  # "cookies" would take the one below too
    response["Referrer-Policy"] = "no-referrer"
    for name in request.COOKIES:
        if name != AWAY:
            response.delete_cookie(name)
    add_never_cache_headers(response)
    return response


def away(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: who has just left finds the way out instead of a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if AWAY in request.COOKIES:
            return leave(request)
        return get_response(request)

    return middleware

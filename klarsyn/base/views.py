"""Pages that belong to no room: quick exit, accent, gallery, errors."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from klarsyn.base.gallery import EXAMPLES, examples
from klarsyn.base.leaving import AWAY, AWAY_SECONDS, leave
from klarsyn.base.municipality import municipality, text_on

ACCENT = """:root {{
  --k-accent: light-dark({light}, {dark});
  --k-on-accent: light-dark({on_light}, {on_dark});
}}
"""


@never_cache
@require_safe
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Away from here, with as little left as a server can ask for; for three minutes Back finds nothing."""
    response = leave(request)
    response.set_cookie(
        AWAY, "1", max_age=AWAY_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@cache_control(public=True, max_age=3600)
@require_safe
def accent(request: HttpRequest) -> HttpResponse:
    """The municipality's colour as a stylesheet, since nothing inline paints."""
    home = municipality()
    css = ACCENT.format(
        light=home.accent_light,
        dark=home.accent_dark,
        on_light=text_on(home.accent_light, "light"),
        on_dark=text_on(home.accent_dark, "dark"),
    )
    return HttpResponse(css, content_type="text/css; charset=utf-8")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its code name, in both themes side by side."""
    panes = [{"theme": theme, **examples(theme)} for theme in ("light", "dark")]
    return render(request, "base/gallery.html", {"examples": EXAMPLES, "panes": panes})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read; too much of it is 413, with what to do about that."""
    code = 413 if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)) else 400
    return render(request, f"base/errors/{code}.html", status=code)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/errors/403.html", status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its proof of origin: the same page as any other refusal to let something through."""
    return render(request, "base/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page without context, database or translations: it must stand when they do not.

    A database that does not answer is 503, "come back", anything else 500.
    """
    is_away = isinstance(sys.exc_info()[1], OperationalError)
    code = 503 if is_away else 500
    page = get_template(f"base/errors/{code}.html").render()
    return HttpResponse(page, status=code, headers={"Retry-After": "60"} if is_away else None)

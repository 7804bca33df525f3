"""Where a page sends somebody on to: only to places on this site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def wanted(request: HttpRequest) -> str:
    """Where the person was going, if that is on this site; else empty."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if _is_ours(request, asked) else ""


def onward(request: HttpRequest, asked: str = "") -> str:
    """There, or to the desk."""
    asked = asked if _is_ours(request, asked) else ""
    return asked or wanted(request) or resolve_url(settings.LOGIN_REDIRECT_URL)


def _is_ours(request: HttpRequest, asked: str) -> bool:
    """A path of this site. What is no path would be looked up as a page's name, and is refused here."""
    return asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )

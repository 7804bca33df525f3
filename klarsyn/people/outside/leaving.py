"""Out at the municipality too: where its own sign-in offers that, and the truth where it does not.

Here the session ends first, whatever the other side says. What the other side needs to know who leaves is
kept in the session from the arrival on, sealed with the rest of it. A cookie of ten minutes says which
question was asked.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from klarsyn.people.outside import oidc, saml
from klarsyn.people.outside.oidc import NotTrusted
from klarsyn.people.sessions import LEAVES_BY

MARK: Final = LEAVES_BY  # in the session
COOKIE: Final = "sign-out"
_LONGEST: Final = 600  # seconds


@dataclass(frozen=True, slots=True)
class WayOut:
    """Where the browser goes on to; `asked`: by which the answer is known, as "way question"."""

    where: str
    asked: str


def remember(request: HttpRequest, way: str, who: Mapping[str, str]) -> None:
    """At the arrival: how the other side calls this session."""
    request.session[MARK] = {"way": way, **who}


def came_from_outside(request: HttpRequest) -> bool:
    return MARK in request.session


def way_out(request: HttpRequest) -> WayOut | None:
    """Where somebody who came from outside is signed out there; None where that is not to be had."""
    who: dict[str, Any] = request.session.get(MARK) or {}
    try:
        if who.get("way") == "oidc" and settings.OIDC_ISSUER:
            return _by_oidc(request, who["token"])
        if who.get("way") == "saml" and settings.SAML_IDP_METADATA:
            found = saml.leave(request, saml.Name(who["name"], who["format"], who["index"]))
            return WayOut(found[0], f"saml {found[1]}") if found else None
    except NotTrusted:
        return None
    return None


def _by_oidc(request: HttpRequest, token: str) -> WayOut | None:
    state = secrets.token_urlsafe(32)
    where = oidc.leave(token, request.build_absolute_uri(reverse("people:signed_out")), state)
    return WayOut(where, f"oidc {state}") if where else None


def keep(response: HttpResponseBase, asked: str) -> None:
    response.set_cookie(
        COOKIE, asked, max_age=_LONGEST, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def is_out_there(request: HttpRequest) -> bool:
    """Whether the other side has just said, to this browser's question, that it has signed the person out."""
    way, _space, question = request.COOKIES.get(COOKIE, "").partition(" ")
    if not question:
        return False
    if way == "oidc":
        return hmac.compare_digest(request.GET.get("state", "").encode(), question.encode())
    try:
        return way == "saml" and bool(settings.SAML_IDP_METADATA) and saml.has_left(request, question)
    except NotTrusted:
        return False

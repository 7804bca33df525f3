"""The two doors from the municipality's own sign-in, each ending at the vault's lock."""

from __future__ import annotations

import hmac
import time
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.people import throttle
from klarsyn.people.outside import backchannel, leaving, oidc, saml
from klarsyn.people.outside.arriving import arrive, refuse
from klarsyn.people.outside.attributes import Identity, from_attributes, from_claims
from klarsyn.people.outside.oidc import NotTrusted
from klarsyn.people.sessions import SessionStore
from klarsyn.people.views.way import onward, wanted

MARK = "outside"  # in the session: the question this browser was sent away with
ANSWER = "saml-answer"  # a cookie for the moment between two requests
LONGEST = timedelta(minutes=10)


@never_cache
@require_safe
def oidc_begin(request: HttpRequest) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        raise Http404
    question = oidc.Question.new()
    try:
        where = oidc.address(question, _back(request))
    except NotTrusted as why:
        raise _refused("oidc", why) from None
    _remember(request, state=question.state, nonce=question.nonce, verifier=question.verifier)
    return HttpResponseRedirect(where)


@never_cache
@require_safe
def oidc_answer(request: HttpRequest) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        raise Http404
    asked = _recall(request)
    try:
        question = oidc.Question(*(asked[name] for name in ("state", "nonce", "verifier")))
        code, state = request.GET.get("code", ""), request.GET.get("state", "")
        claims, token = oidc.answer(question, state, code, _back(request))
    except KeyError:
        raise _refused("oidc", "no question was asked") from None
    except NotTrusted as why:
        raise _refused("oidc", why) from None
    response = _in(request, from_claims(claims), "oidc", asked["next"])
    names = {name: str(claims.get(name, "")) for name in ("sub", "sid")}
    leaving.remember(request, "oidc", {"token": token, **names})
    return response


@csrf_exempt
@never_cache
@require_POST
def oidc_logout(request: HttpRequest) -> HttpResponse:
    """The provider's server says that a session is over; no cookie comes, and the signature is its proof."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        said = request.POST.getlist("logout_token")
        backchannel.end_sessions(said[0] if len(said) == 1 else "")
    except NotTrusted as why:
        backchannel.refuse_out(str(why))
        return JsonResponse({"error": "invalid_request"}, status=400)
    return HttpResponse()


@never_cache
@require_safe
def saml_begin(request: HttpRequest) -> HttpResponse:
    if not settings.SAML_IDP_METADATA:
        raise Http404
    where, question = saml.address(request)
    _remember(request, id=question)
    return HttpResponseRedirect(where)


@csrf_exempt
@never_cache
@require_POST
def saml_answer(request: HttpRequest) -> HttpResponse:
    """Posted by another site, so the session's cookie is not here.

    What the signed answer says waits in a row of its own for the next request, which brings both cookies.
    """
    if not settings.SAML_IDP_METADATA:
        raise Http404
    try:
        found = saml.answer(request)
    except NotTrusted as why:
        raise _refused("saml", why) from None
    waiting = SessionStore()
    who, name = from_attributes(found.attributes).as_dict(), asdict(found.name)
    waiting.update({"id": found.in_response_to, "who": who, "name": name})
    waiting.create()
    waiting.save()
    response = HttpResponse(status=303, headers={"Location": reverse("people:saml_finish")})
    response.set_cookie(
        ANSWER, waiting.session_key or "", max_age=120, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return response


@never_cache
@require_safe
def saml_finish(request: HttpRequest) -> HttpResponse:
    if not settings.SAML_IDP_METADATA:
        raise Http404
    waiting = SessionStore(request.COOKIES.get(ANSWER, ""))
    said, asked = waiting.load(), _recall(request)
    waiting.delete()
    if not said or not asked or not hmac.compare_digest(str(said.get("id", "")), str(asked.get("id", ""))):
        raise _refused("saml", "the answer is not to this browser's question")
    response = _in(request, Identity(**said["who"]), "saml", asked["next"])
    leaving.remember(request, "saml", said["name"])
    response.delete_cookie(ANSWER, samesite="Lax")
    return response


@never_cache
@require_safe
def saml_metadata(request: HttpRequest) -> HttpResponse:
    if not settings.SAML_IDP_METADATA:
        raise Http404
    return HttpResponse(saml.metadata(request), content_type="application/samlmetadata+xml")


def _in(request: HttpRequest, identity: Identity, way: str, asked: str) -> HttpResponse:
    user = arrive(request, identity, way=way)
    response = redirect_to_login(onward(request, asked), login_url=resolve_url("people:unlock"))
    throttle.mark_browser(response, user)
    return response


def _remember(request: HttpRequest, **question: str) -> None:
    request.session[MARK] = {**question, "at": int(time.time()), "next": wanted(request)}


def _recall(request: HttpRequest) -> dict[str, Any]:
    """The question, once: the same answer is not taken twice."""
    asked = request.session.pop(MARK, None) or {}
    is_fresh = asked and 0 <= time.time() - asked["at"] <= LONGEST.total_seconds()
    return asked if is_fresh else {}


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("people:oidc_answer"))


def _refused(way: str, why: object) -> Refused:
    refuse(way, why=str(why))
    return Refused(
        _("Inloggningen hos kommunen gick inte att lita på eller avbröts. Ingen är inloggad. Försök igen.")
    )

"""A person's keys during a session: sealed in it with a secret that lies in a second cookie and nowhere else.

So neither the database nor a stolen session cookie alone opens anything; the worker and the public side hold
no such cookie and can only seal.
"""

from __future__ import annotations

import base64
import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from klarsyn.base.vault import Context, Key, Unopenable, open_record, seal_record
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User

_BODY = "sealed_keys"


def keep(request: HttpRequest, response: HttpResponseBase, keys: Unlocked) -> None:
    """Seal the keys into the session; hand the secret that opens them to the browser."""
    secret = Key(secrets.token_bytes(32))
    sealed = seal_record(secret, keys.seeds(), _place(keys.uid))
    request.session[_BODY] = base64.b64encode(sealed).decode()
    shown = base64.urlsafe_b64encode(secret.raw).decode()
    response.set_cookie(
        settings.KEY_COOKIE,
        shown,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def keys_of(request: HttpRequest) -> Unlocked | None:
    """The keys of the person behind the request; None when this session never unlocked any."""
    if not isinstance(request.user, User):
        return None
    sealed, secret = request.session.get(_BODY), request.COOKIES.get(settings.KEY_COOKIE)
    if not sealed or not secret:
        return None
    uid = request.user.uid
    try:
        raw = Key(base64.urlsafe_b64decode(secret))
        return Unlocked.from_seeds(uid, open_record(raw, base64.b64decode(sealed), _place(uid)))
    except (ValueError, Unopenable):
        return None


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    request.session.pop(_BODY, None)
    response.delete_cookie(settings.KEY_COOKIE, path="/", samesite="Strict")


def _place(uid: UUID) -> Context:
    return Context(settings.INSTANCE, "-", "people_staffsession", "sealed", uid, uid, 0, "keys in session")

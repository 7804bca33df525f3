"""Who is signed out at the municipality is signed out here: OpenID Connect Back-Channel Logout 1.0.

The provider's server posts a signed token to an address that anybody may post to. So the provider is asked
for its keys at most once in ten seconds, whatever is posted, and only a few refusals an hour leave a line. A
token whose key is known is believed all the while: nobody keeps the provider's word out by posting rubbish.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import jwt
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from klarsyn.base.audit.recording import record
from klarsyn.people import throttle
from klarsyn.people.models import SeenLogout
from klarsyn.people.outside import oidc
from klarsyn.people.outside.arriving import refuse
from klarsyn.people.outside.oidc import NotTrusted
from klarsyn.people.sessions import end_outside, hashed_outside

EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
OLDEST: Final = timedelta(minutes=10)  # said longer ago than this it is not believed, so no longer remembered
LARGEST: Final = 16 * 1024  # characters; a token has about a thousand
KEYS_LAST: Final = 600.0  # seconds until the provider's keys are fetched anew
BETWEEN: Final = 10.0  # seconds between two fetches
_WAIT: Final = 5.0
_TYPES: Final = ("", "jwt", "logout+jwt", "application/logout+jwt")
_REFUSED: Final = "oidc-logout"


@dataclass(slots=True)
class _Keys:
    """A provider's key set, and when it came; `tried` also counts the times it could not be had."""

    found: Mapping[str, Any] = field(default_factory=dict)
    at: float = float("-inf")
    tried: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)

    def are_good_for(self, token: str, now: float) -> bool:
        return now - self.at <= KEYS_LAST and oidc.names_key(token, self.found)


_held: Final[dict[str, _Keys]] = {}


def end_sessions(token: str) -> None:
    """Believe a logout token whole, and end what it is about, each person's with a line. Raises NotTrusted.

    A session that is over already, or never was here, is no error.
    """
    claims = read_logout(token, _keys_for(token))
    name = hashed_outside("jti", claims["jti"])
    with transaction.atomic():
        now = timezone.now()
        SeenLogout.objects.filter(until__lte=now).delete()
        until = now + OLDEST + 2 * timedelta(seconds=oidc.LEEWAY)
        _row, is_new = SeenLogout.objects.get_or_create(name=name, defaults={"until": until})
        if not is_new:
            raise NotTrusted("the logout token was used before")
        for user in end_outside(session=claims.get("sid", ""), person=claims.get("sub", "")):
            record(action="sign_out.oidc", by=user.pseudonym)


def read_logout(token: str, keys: Mapping[str, Any]) -> Mapping[str, Any]:
    """The claims of a logout token (section 2.6): signed by the provider, for us, new, about somebody, and no
    identity token that somebody has kept. Raises NotTrusted.
    """
    claims = oidc.read_signed(token, keys, ("jti", "events"))
    if str(jwt.get_unverified_header(token).get("typ", "")).lower() not in _TYPES:
        raise NotTrusted("a token of another kind")
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise NotTrusted("no logout token")
    if "nonce" in claims:
        raise NotTrusted("a logout token has no nonce")
    who = [claims[name] for name in ("sub", "sid") if name in claims]
    if not who or not all(isinstance(name, str) and name for name in (*who, claims["jti"])):
        raise NotTrusted("the logout token is about nobody")
    if time.time() - float(claims["iat"]) > OLDEST.total_seconds() + oidc.LEEWAY:
        raise NotTrusted("the logout token is old")
    return claims


def refuse_out(why: str) -> None:
    """A line for a token that is not believed: a few an hour, since anybody may post here."""
    now = throttle.now()
    if throttle.wait_until(_REFUSED, now) is None:
        throttle.note_failure(_REFUSED, now)
        refuse("oidc", why=why, act="sign_out")


def _keys_for(token: str) -> Mapping[str, Any]:
    """The provider's keys, fetched anew when they are old or lack the token's. Raises NotTrusted."""
    if not token or len(token) > LARGEST:
        raise NotTrusted("no token, or more than one")
    held, now = _held.setdefault(settings.OIDC_ISSUER, _Keys()), time.monotonic()
    if held.are_good_for(token, now):
        return held.found
    if not held.lock.acquire(timeout=_WAIT):
        raise NotTrusted("the provider's keys are being fetched")
    try:
        if not held.are_good_for(token, now):
            if now - held.tried < BETWEEN:
                raise NotTrusted("the token names no key of the provider")
            held.tried = now
            held.found, held.at = oidc.fetch_keys(), now
        return held.found
    finally:
        held.lock.release()

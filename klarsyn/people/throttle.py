"""A short pause after failed sign-ins: per account, never for ever, and without anybody's address.

A browser that has signed in before carries a signed mark and is counted by itself, so that a stranger who
guesses at a name cannot keep its owner out.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from klarsyn.people.models import SignInPause, User

FREE = 5  # failures before the first pause
FIRST = timedelta(seconds=30)  # then doubled by each failure …
LONGEST = timedelta(minutes=15)  # … up to this
FORGOTTEN = timedelta(hours=1)  # without a failure for this long everything is forgotten
MARK = "known-browser"


def key_of(username: str, request: HttpRequest) -> str:
    """A keyed hash of the name typed, apart for a browser that has signed in with it before."""
    name = username.strip().casefold()
    known = request.get_signed_cookie(MARK, default="", salt=MARK)
    side = "known" if known and hmac.compare_digest(known, name) else "any"
    return hmac.new(settings.SECRET_KEY.encode(), f"{side}:{name}".encode(), hashlib.sha256).hexdigest()


def wait_until(key: str, now: datetime) -> datetime | None:
    """When the next try is allowed; None = now."""
    pause = SignInPause.objects.filter(key=key, last_failure_at__gt=now - FORGOTTEN).first()
    if pause is None or pause.failures < FREE:
        return None
    until = pause.last_failure_at + min(FIRST * 2 ** min(pause.failures - FREE, 10), LONGEST)
    return until if until > now else None


@transaction.atomic
def note_failure(key: str, now: datetime) -> None:
    """Count one failed try. Tries made during a pause are not counted and do not lengthen it."""
    SignInPause.objects.filter(last_failure_at__lte=now - FORGOTTEN).delete()
    _pause, is_new = SignInPause.objects.get_or_create(
        key=key, defaults={"failures": 1, "last_failure_at": now}
    )
    if not is_new:
        SignInPause.objects.filter(key=key).update(failures=F("failures") + 1, last_failure_at=now)


def forget(key: str) -> None:
    SignInPause.objects.filter(key=key).delete()


def mark_browser(response: HttpResponseBase, user: User) -> None:
    """Let this browser be known for this account for 90 days."""
    response.set_signed_cookie(
        MARK,
        user.username.casefold(),
        salt=MARK,
        max_age=timedelta(days=90),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def now() -> datetime:
    return timezone.now()

"""A visitor's ten minutes: the keys sealed with a secret that lies in one cookie, and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from klarsyn.base.vault import Context, Key, KeyPair, Unopenable, open_record, seal_record
from klarsyn.base.vault.kdf import expand
from klarsyn.contact.models import Visit
from klarsyn.contact.visitor import Held

IDLE: Final = timedelta(minutes=10)
_ROW: Final = UUID(int=0)
_BYTES: Final = 32
_REMEMBERED: Final = 5  # forms already taken: sent twice by a reload they are not taken again


@dataclass(frozen=True, slots=True)
class Open:
    """An open visit. `last`: the digits to be asked back, until they were. `done`: forms already taken."""

    held: Held = field(repr=False)
    last: str = field(default="", repr=False)
    seen: str = ""  # the day the code was used before
    done: tuple[str, ...] = ()

    def took(self, once: str) -> Open:
        return replace(self, done=(*self.done, once)[-_REMEMBERED:])


def begin(response: HttpResponse, visit: Open) -> None:
    """A new visit; its secret goes to the browser alone, and is gone when the browser closes."""
    secret = secrets.token_bytes(_BYTES)
    with transaction.atomic():  # one write for both
        Visit.objects.filter(day__lt=timezone.localdate()).delete()
        _write(secret, visit)
    _hand_over(response, secret)


def of(request: HttpRequest) -> Open | None:
    """The visit behind a request; None without one, or after ten minutes of rest."""
    secret = _secret(request)
    row = Visit.objects.filter(pk=_name(secret)).first() if secret else None
    if row is None or secret is None:
        return None
    try:
        raw = json.loads(open_record(_key(secret), bytes(row.sealed), _place()))
    except Unopenable:
        return None
    if datetime.fromisoformat(raw["until"]) <= datetime.now(UTC):
        row.delete()
        return None
    pair = KeyPair(base64.b64decode(raw["seed"]))
    held = Held(uuid.UUID(raw["access"]), raw["tag"], pair)
    return Open(held, raw["last"], raw["seen"], tuple(raw["done"]))


def go_on(request: HttpRequest, response: HttpResponse, visit: Open) -> None:
    """Ten more minutes for the same visit, with what has changed in it."""
    secret = _secret(request)
    if secret is not None and Visit.objects.filter(pk=_name(secret)).exists():
        _write(secret, visit)
        _hand_over(response, secret)
    else:
        begin(response, visit)


def end(request: HttpRequest, response: HttpResponse | None = None) -> None:
    """The row and the cookie go."""
    secret = _secret(request)
    if secret is not None:
        Visit.objects.filter(pk=_name(secret)).delete()
    if response is not None:
        response.delete_cookie(settings.VISIT_COOKIE, path="/", samesite="Strict")


def _write(secret: bytes, visit: Open) -> None:
    held = visit.held
    raw = {
        "until": (datetime.now(UTC) + IDLE).isoformat(), "access": str(held.access), "tag": held.tag,
        "seed": base64.b64encode(held.pair.seed).decode(), "last": visit.last, "seen": visit.seen,
        "done": visit.done,
    }  # fmt: skip
    sealed = seal_record(_key(secret), json.dumps(raw).encode(), _place())
    Visit.objects.update_or_create(
        name=_name(secret), defaults={"sealed": sealed, "day": timezone.localdate()}
    )


def _hand_over(response: HttpResponse, secret: bytes) -> None:
    response.set_cookie(
        settings.VISIT_COOKIE,
        base64.urlsafe_b64encode(secret).decode(),
        max_age=int(IDLE.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def _secret(request: HttpRequest) -> bytes | None:
    try:
        raw = base64.urlsafe_b64decode(request.COOKIES.get(settings.VISIT_COOKIE, ""))
    except ValueError:
        return None
    return raw if len(raw) == _BYTES else None


def _name(secret: bytes) -> str:
    return hashlib.sha256(expand(secret, b"", b"klarsyn-1 visit name")).hexdigest()


def _key(secret: bytes) -> Key:
    return Key(expand(secret, b"", b"klarsyn-1 visit key"))


def _place() -> Context:
    return Context(settings.INSTANCE, "-", "contact_visit", "sealed", _ROW, _ROW, 0, "visit")

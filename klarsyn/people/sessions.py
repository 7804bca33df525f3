"""The session store: a stolen database opens no session and reads none.

Django's own keeps the cookie's value and a readable body; a copy of that table is a copy of every session.
Here the row is named by the SHA-256 of the id, and the body is sealed with a key that only the id gives. It
ends after a while of rest, and after a working day whatever happens (settings).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from klarsyn.base.vault import Context, Key, Unopenable, open_record, seal_record
from klarsyn.base.vault.kdf import expand
from klarsyn.people.models import StaffSession, User

_ID_BYTES = 32
_NEAR = timedelta(minutes=1)  # "last seen" is no finer than this: fewer writes, and less to know
_ROW = UUID(int=0)
LEAVES_BY: Final = "leaves_by"  # in a session: how the other side calls it (outside/leaving.py)


class SessionStore(SessionBase):
    """Keeps sessions as `StaffSession`."""

    def load(self) -> dict[str, Any]:
        row = self._row()
        if row is None:
            self._session_key = None
            return {}
        try:
            body: dict[str, Any] = json.loads(open_record(self._key(), bytes(row.sealed), _place()))
        except Unopenable:
            self._session_key = None
            return {}
        self._touch(row)
        return body

    def exists(self, session_key: str) -> bool:
        return StaffSession.objects.filter(id_hash=_hashed(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = secrets.token_urlsafe(_ID_BYTES)
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # Django's own, not in its types
        sealed = seal_record(self._key(), json.dumps(data).encode(), _place())
        name, now = _hashed(self.session_key), timezone.now()
        known = {"user_id": data.get(SESSION_KEY), **_names_outside(data.get(LEAVES_BY) or {})}
        if must_create:
            self._insert(name, sealed, known, now)
            return None
        changed = StaffSession.objects.filter(id_hash=name).update(
            sealed=sealed, seen_at=now, expires_at=_expiry(self._began(name, now), now), **known
        )
        if not changed:
            raise UpdateError
        return None

    def _insert(self, name: str, sealed: bytes, known: Mapping[str, Any], now: datetime) -> None:
        try:
            with transaction.atomic():
                StaffSession.objects.create(
                    id_hash=name,
                    sealed=sealed,
                    began_at=now,
                    seen_at=now,
                    expires_at=_expiry(now, now),
                    **known,
                )
        except IntegrityError as error:
            raise CreateError from error

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            StaffSession.objects.filter(id_hash=_hashed(key)).delete()

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Seconds the cookie lives: the absolute limit. The row decides about rest."""
        return int(timedelta(hours=settings.SESSION_ABSOLUTE_HOURS).total_seconds())

    @classmethod
    def clear_expired(cls) -> None:
        StaffSession.objects.filter(expires_at__lt=timezone.now()).delete()

    def _row(self) -> StaffSession | None:
        if not self.session_key:
            return None
        found = StaffSession.objects.filter(id_hash=_hashed(self.session_key)).first()
        if found is None or found.expires_at <= timezone.now():
            return None
        if found.user_id is not None and not User.objects.filter(pk=found.user_id, is_active=True).exists():
            return None
        return found

    def _touch(self, row: StaffSession) -> None:
        now = timezone.now()
        if now - row.seen_at >= _NEAR:
            StaffSession.objects.filter(pk=row.pk).update(seen_at=now, expires_at=_expiry(row.began_at, now))

    @staticmethod
    def _began(name: str, now: datetime) -> datetime:
        found = StaffSession.objects.filter(id_hash=name).values_list("began_at", flat=True).first()
        return found or now

    def _key(self) -> Key:
        return Key(expand((self.session_key or "").encode(), b"", b"klarsyn-1 session"))


def sign_out_everywhere(user: User) -> int:
    """End every session of a person at once; how many there were."""
    ended, _by_model = StaffSession.objects.filter(user=user).delete()
    return ended


def end_outside(*, session: str, person: str) -> set[User]:
    """End the sessions that the municipality's own sign-in calls so, in a transaction; whose they were.

    With both named: of the person's sessions that one, and those whose name was never said.
    """
    one, all_of = hashed_outside("sid", session), hashed_outside("sub", person)
    if not one and not all_of:
        return set()
    rows = StaffSession.objects.filter(outside_person=all_of) if all_of else StaffSession.objects.all()
    if one:
        rows = rows.filter(outside_session__in=[one, ""] if all_of else [one])
    ended = list(rows.select_for_update(of=("self",)).select_related("user"))
    StaffSession.objects.filter(pk__in=[row.pk for row in ended]).delete()
    return {row.user for row in ended if row.user is not None}


def hashed_outside(kind: str, name: str) -> str:
    """A keyed hash of a name that the provider gives: it may be a person's number. "" of nothing."""
    if not name:
        return ""
    told = json.dumps([settings.OIDC_ISSUER, kind, name]).encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()


def _names_outside(mark: Mapping[str, str]) -> dict[str, str]:
    return {
        "outside_session": hashed_outside("sid", mark.get("sid", "")),
        "outside_person": hashed_outside("sub", mark.get("sub", "")),
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """A session as its owner sees it: when it began and was last used, nothing of where."""

    began_at: datetime
    seen_at: datetime
    is_this: bool


def list_sessions(user: User, current: str | None) -> Sequence[Shown]:
    """The person's living sessions, the newest first; `current` is the id of the one that asks."""
    here = _hashed(current) if current else ""
    rows = StaffSession.objects.filter(user=user, expires_at__gt=timezone.now()).order_by("-began_at")
    return [Shown(row.began_at, row.seen_at, row.id_hash == here) for row in rows]


def _expiry(began: datetime, now: datetime) -> datetime:
    idle = now + timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return min(idle, began + timedelta(hours=settings.SESSION_ABSOLUTE_HOURS))


def _hashed(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def _place() -> Context:
    return Context(settings.INSTANCE, "-", "people_staffsession", "sealed", _ROW, _ROW, 0, "session")

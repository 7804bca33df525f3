"""The steps of a sign-in: the password opens the keys, the second factor lets in; each leaves its line."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from klarsyn.base.audit.recording import record
from klarsyn.people import unlocked
from klarsyn.people.factors import codes, held
from klarsyn.people.keys.accounts import Unlocked, unlock
from klarsyn.people.models import User
from klarsyn.people.sessions import LEAVES_BY

BACKEND: Final = "klarsyn.people.backends.ById"
NOBODY: Final = "nobody"  # what the log calls a name that is no account: the typed name may be a password
# Marks in a session.
HALFWAY, FACTOR, STEPPED_UP, ROLES = "halfway", "factor", "stepped_up_at", "roles"
HALFWAY_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class Halfway:
    """Somebody whose password was right and whose second factor is still to come."""

    user: User
    next: str


def check_password(username: str, password: str) -> tuple[User, Unlocked] | None:
    """The person and the keys, or None. One line in the log and one Argon2id, whoever it is."""
    found = unlock(username, password)
    if found is not None and found[0].is_demo and not settings.DEMO:
        found = None
    known = User.objects.filter(username=username).first()
    with transaction.atomic():
        actor = known.pseudonym if known else NOBODY
        record(action="sign_in.password", by=actor, outcome="ok" if found else "refused")
    return found


def begin(request: HttpRequest, response: HttpResponseBase, user: User, keys: Unlocked, next_: str) -> bool:
    """After the password: in, or halfway when the person has a second factor. True = in."""
    if held.kinds(user):
        logout(request)  # nobody else's session goes on
        request.session[HALFWAY] = {"uid": str(user.uid), "at": int(time.time()), "next": next_}
        unlocked.keep(request, response, keys)
        return False
    enter(request, user, way="keys")
    unlocked.keep(request, response, keys)
    return True


def halfway(request: HttpRequest) -> Halfway | None:
    """Who stands between the password and the second factor in this session, for five minutes."""
    mark = request.session.get(HALFWAY)
    if not mark or time.time() - mark["at"] > HALFWAY_SECONDS:
        return None
    user = User.objects.filter(uid=UUID(mark["uid"]), is_active=True).first()
    return Halfway(user, mark["next"]) if user else None


def enter(
    request: HttpRequest, user: User, *, way: str, factor: str = "", roles: Sequence[str] | None = None
) -> None:
    """Sign in, with a new session id. `factor` is the second factor shown, or "" for none.

    With `roles` only these of the person's roles hold in the session: what the chosen assignment is for.
    """
    if request.session.get(HALFWAY, {}).get("uid") not in (None, str(user.uid)):
        request.session.flush()
    login(request, user, backend=BACKEND)
    request.session.pop(HALFWAY, None)
    if factor:
        request.session[FACTOR] = factor
    if roles is not None:
        request.session[ROLES] = list(roles)
    step_up(request)
    codes.seal_anew(user)
    with transaction.atomic():
        record(action=f"sign_in.{way}", by=user.pseudonym, object=factor)


def begin_anew(request: HttpRequest, user: User) -> None:
    """A new session for the same person, who holds no more and no less in it than in the old one."""
    marks = (FACTOR, ROLES, LEAVES_BY)
    kept = {mark: request.session[mark] for mark in marks if mark in request.session}
    request.session.flush()
    login(request, user, backend=BACKEND)
    request.session.update(kept)
    step_up(request)


def note_factor(user: User, factor: str, *, is_right: bool) -> None:
    with transaction.atomic():
        record(
            action="sign_in.factor", by=user.pseudonym, object=factor, outcome="ok" if is_right else "refused"
        )


def step_up(request: HttpRequest) -> None:
    """The person has just shown the password or a second factor again."""
    request.session[STEPPED_UP] = int(time.time())


def is_stepped_up(request: HttpRequest) -> bool:
    at = int(request.session.get(STEPPED_UP, 0))
    return 0 <= time.time() - at <= settings.STEP_UP_MINUTES * 60


def leave(request: HttpRequest, response: HttpResponseBase) -> None:
    """Sign out here: the session and the key cookie go."""
    if isinstance(request.user, User):
        with transaction.atomic():
            record(action="sign_out.here", by=request.user.pseudonym)
    logout(request)
    unlocked.forget(request, response)

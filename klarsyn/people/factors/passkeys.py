"""Passkeys (WebAuthn) as a second factor. A passkey alone opens no keys, so it is never the first."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction

from klarsyn.base.audit.recording import record
from klarsyn.people.models import User

MOST = 10  # passkeys of one person


def options_to_add(user: User) -> str:
    """What the browser needs to make a passkey, as JSON. The challenge stays in the session."""
    return json.dumps(auth.begin_registration(user, passwordless=False))


def options_to_use(user: User) -> str:
    return json.dumps(auth.begin_authentication(user))


def add(user: User, answer: str, name: str) -> bool:
    """Keep a passkey when the browser's answer fits the challenge of this session."""
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() >= MOST:
        return False
    try:
        credential = _read(answer)
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError):
        return False
    with transaction.atomic():
        auth.WebAuthn.add(user, name[:40], credential)
        record(action="factor.add", by=user.pseudonym, object=str(Authenticator.Type.WEBAUTHN))
    return True


def check(user: User, answer: str) -> bool:
    """Whether the answer was signed by one of the person's passkeys for the challenge of this session."""
    try:
        response = _read(answer)
        auth.parse_authentication_response(response)
        found = auth.complete_authentication(user, response)
        uses = auth.parse_authentication_response(response).response.authenticator_data.counter
    except (ValidationError, ValueError, TypeError, KeyError):
        return False
    if not _counts_on(found, uses):
        return False
    found.record_usage()
    return True


@transaction.atomic
def _counts_on(found: Authenticator, uses: int) -> bool:
    """Whether the key has counted on since it was last used; a copy of it has not, and is told in the log.

    A key that never counts says 0 always (WebAuthn level 2, section 7.2, step 21).
    """
    row = Authenticator.objects.select_for_update().get(pk=found.pk)
    last = row.data.get("uses", row.wrap().authenticator_data.counter)
    if (uses or last) and uses <= last:
        record(action="factor.copied", by=row.user.pseudonym, object="webauthn", outcome="refused")
        return False
    row.data["uses"] = found.data["uses"] = uses
    row.save(update_fields=["data"])
    return True


def _read(answer: str) -> dict[str, Any]:
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise ValueError(answer[:20])
    return found

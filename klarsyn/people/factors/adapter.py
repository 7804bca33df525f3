"""What allauth's second factors ask of the house: how secrets are sealed, what site and person are called."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from klarsyn.base.municipality import municipality
from klarsyn.base.vault import Context, Key, open_record, seal_record
from klarsyn.base.vault.kdf import expand
from klarsyn.people.keys import pepper_file
from klarsyn.people.models import User

_ROW = UUID(int=0)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Seals with a key of the pepper: who has the database alone cannot compute anybody's codes."""

    def encrypt(self, text: str) -> str:
        current = pepper_file.peppers().current
        sealed = seal_record(_key(current), text.encode(), _place(current))
        return f"{current}:{base64.b64encode(sealed).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        generation, _colon, body = encrypted_text.partition(":")
        number = int(generation)
        return open_record(_key(number), base64.b64decode(body), _place(number)).decode()

    def get_totp_issuer(self) -> str:
        return f"Klarsyn {municipality().short_name}"

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {"id": user.uid.bytes, "display_name": user.name, "name": user.username}


def _key(generation: int) -> Key:
    return Key(expand(pepper_file.peppers().of(generation), b"", b"klarsyn-1 second factors"))


def _place(generation: int) -> Context:
    return Context(
        settings.INSTANCE, "-", "mfa_authenticator", "data", _ROW, _ROW, generation, "second factor"
    )

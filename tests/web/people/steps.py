"""What the tests of sign-in do again and again: type a password, show a code."""

from __future__ import annotations

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.test import Client

from klarsyn.people.factors import codes
from tests.make import PASSWORD

SIGN_IN, SECOND = "/personal/logga-in/", "/personal/logga-in/steg-2/"


def type_password(client: Client, name: str = "nils", password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": name, "password": password, **more})


def code_for(secret: str, step: int = 0) -> str:
    """The code an app shows now, or `step` half minutes later."""
    now = sorted(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret.replace(" ", ""), now + step))


def secret_of(user) -> str:
    return decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])


def with_app(user) -> str:
    """Give somebody an app; its secret. The code of the half minute before now is used up."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    assert codes.add_app(user, secret, code_for(secret, -1))
    return secret


def shown_secret(page: str) -> str:
    found = re.search(r"<code>([A-Z2-7 ]{32,})</code>", page)
    assert found, "no secret on the page"
    return found.group(1)

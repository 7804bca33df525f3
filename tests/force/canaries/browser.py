"""A browser that a person has signed in with by the pages, and whatever secret those pages put into it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

AT = "/personal/"
_SECRET, _CODES = re.compile(r"<code>([A-Z2-7 ]{32,})</code>"), re.compile(r"<code>([^<]{9,20})</code>")


class Browser:
    """Signed in with password and app. `seen`: (what it is, the text) of all that the site gave it to keep."""

    def __init__(self, name: str, password: str) -> None:
        self.client, self.seen = Client(), list[tuple[str, str]]()
        self.post("logga-in/", {"username": name, "password": password})
        self._cookies()
        page = self.get("sakerhet/app/").content.decode()
        shown = _SECRET.search(page)
        assert shown, f"{name}: no secret on the page"
        secret = shown.group(1).replace(" ", "")
        code = format_hotp_value(hotp_value(secret, sorted(yield_hotp_counters_from_time())[1]))
        codes = self.post("sakerhet/app/", {"code": code}).content.decode()
        codes = codes or self.get("sakerhet/koder/").content.decode()
        found = _CODES.findall(codes)
        assert len(found) > 5, f"{name}: no recovery codes on the page"
        self.seen += [("app's secret", secret), *(("recovery code", one) for one in found)]
        self._cookies()

    def _cookies(self) -> None:
        for name in (settings.SESSION_COOKIE_NAME, settings.KEY_COOKIE):
            self.seen.append((f"cookie {name}", self.client.cookies[name].value))

    def get(self, page: str) -> HttpResponse:
        return self.client.get(AT + page)

    def post(self, page: str, fields: Mapping[str, object]) -> HttpResponse:
        answer = self.client.post(AT + page, fields)
        assert answer.status_code in (200, 302), (page, answer.status_code, answer.content.decode()[-800:])
        return answer

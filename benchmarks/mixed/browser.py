"""One person's browser: cookies, a kept-alive connection, the forms' token, the proxy's header for HTTPS."""

from __future__ import annotations

import http.client
import re
import select
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

TIMEOUT = 30.0
SPENT, WAITED = "X-Spent-Ms", "X-Waited-Ms"  # of the answer: see spent.py
TOKEN = "__Host-csrf"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request and how its answer is known to be the right one: by status and words that must be in it."""

    kind: str
    path: str
    form: Mapping[str, str] | None = None
    ok: tuple[int, ...] = (200,)
    must: str = ""
    is_htmx: bool = False


@dataclass(frozen=True, slots=True)
class Got:
    """Milliseconds `spent` of the server's CPU and `waited` for SQLite's lock. Status 0: no answer came."""

    status: int
    text: str = field(repr=False, default="")
    location: str = ""
    spent: float = 0.0
    waited: float = 0.0

    def is_right(self, ask: Ask) -> bool:
        return self.status in ask.ok and (self.status != 200 or ask.must in self.text)

    def one(self, pattern: str) -> str:
        """The first group of what is found; raises LookupError where the page does not have it."""
        found = re.search(pattern, self.text, re.DOTALL)
        if found is None:
            raise LookupError(f"nothing like {pattern} on the page")
        return found[1]

    def every(self, pattern: str) -> list[str]:
        return re.findall(pattern, self.text)


class Browser:
    """Asks 127.0.0.1 as a proxy that speaks HTTPS to the world does."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, ask: Ask) -> Got:
        """The answer. A reading whose kept-alive connection is gone is asked once more, as browsers do."""
        for is_last in (ask.form is not None, True):
            try:
                return self._ask(ask)
            except (OSError, http.client.HTTPException) as error:
                self.leave()
                if is_last:
                    return Got(0, type(error).__name__)
        raise AssertionError

    def cookie(self, name: str) -> str:
        """What a cookie holds; "" without it."""
        return self._cookies.get(name, "")

    def leave(self) -> None:
        """Close the connection; the cookies stay."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def forget(self) -> None:
        """As a browser that was closed."""
        self.leave()
        self._cookies.clear()

    def _ask(self, ask: Ask) -> Got:
        if self._connection is not None and self._is_shut():
            self.leave()
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT)
        body, headers = None, self._headers(ask)
        if ask.form is not None:
            body = urlencode({**ask.form, "csrfmiddlewaretoken": self._cookies.get(TOKEN, "")}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request("GET" if body is None else "POST", ask.path, body, headers)
        answer = self._connection.getresponse()
        raw = answer.read()
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        text = "" if answer.headers.get("Content-Encoding") else raw.decode("utf-8", "replace")
        spent, waited = (float(answer.headers.get(name, 0)) for name in (SPENT, WAITED))
        return Got(answer.status, text, answer.headers.get("Location", ""), spent, waited)

    def _is_shut(self) -> bool:
        """Whether the other side has closed it: browsers and proxies look before they send."""
        held = self._connection.sock if self._connection else None
        return held is not None and bool(select.select([held], [], [], 0)[0])

    def _headers(self, ask: Ask) -> dict[str, str]:
        origin = f"https://127.0.0.1:{self._port}"
        headers = {"X-Forwarded-Proto": "https", "Origin": origin, "Referer": origin + ask.path}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if ask.is_htmx:
            headers["HX-Request"] = "true"
        if ask.kind == "mapping":
            headers["Accept-Encoding"] = "br, gzip"
        return headers

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            name, _equals, rest = line.partition("=")
            value = rest.partition(";")[0].strip('"')
            if value and "max-age=0" not in line.lower():
                self._cookies[name] = value
            else:
                self._cookies.pop(name, None)

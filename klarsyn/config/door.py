"""Before Django: a body is received whole before anybody works on it, so that a slow sender holds up nobody.

A few threads work, each with its database connection; many wait for bodies, and one that waits costs next to
nothing. Without this, as many slow senders as there are working threads shut the site for all.
"""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

WORKING: Final = 4  # measured: more threads cost more than they give on small machines
WAITING: Final = 256  # for bodies; the server makes one when it is needed and lets it go when idle
MIB: Final = 1024 * 1024
LARGEST: Final = (
    64 * MIB
)  # a body: five files of the largest kind, and room for the form to say what is wrong
HELD: Final = 256 * MIB  # of all bodies together that are on their way, in one process
PATIENCE: Final = 30.0  # seconds for any body …
SLOWEST: Final = 2000  # … and a second more for each so many bytes of it
_PIECE: Final = 64 * 1024
# What is told to whoever is refused: this early nobody knows the language of the page, so both.
_SAID: Final = {
    "413": "Det du skickade är för stort: högst 64 MB på en gång. Inget av det har sparats. "
    "Skicka färre filer åt gången.\n\n"
    "What you sent is too large: at most 64 MB at once. Nothing of it was saved. Send fewer files at once.\n",
    "408": "Det tog för lång tid att ta emot det du skickade. Inget av det har sparats. "
    "Försök igen med bättre mottagning.\n\n"
    "What you sent took too long to arrive. Nothing of it was saved. Try again with a better connection.\n",
    "503": "Just nu tas mycket emot på en gång. Inget av det du skickade har sparats. "
    "Försök igen om en minut.\n\n"
    "Much is being received right now. Nothing of what you sent was saved. Try again in a minute.\n",
}
_HEADERS: Final = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "same-origin"),
    ("Connection", "close"),
]

Environ = dict[str, Any]
Answer = Callable[..., Any]
Application = Callable[[Environ, Answer], Iterable[bytes]]


class Shut(Exception):
    """The body is not taken in. `status`: what is answered."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class Door:
    """A WSGI application around another one."""

    def __init__(
        self, application: Application, *, largest: int = LARGEST, patience: float = PATIENCE
    ) -> None:
        self._application, self._largest, self._patience = application, largest, patience
        self._working = ThreadPoolExecutor(WORKING, "works")
        self._held, self._lock = 0, threading.Lock()

    def __call__(self, environ: Environ, answer: Answer) -> Iterable[bytes]:
        try:
            with self._received(environ) as body:
                environ["wsgi.input"] = body
                return self._working.submit(self._work, environ, answer).result()
        except Shut as shut:
            answer(shut.status, list(_HEADERS))
            return [_SAID[shut.status[:3]].encode()]

    def _work(self, environ: Environ, answer: Answer) -> Iterable[bytes]:
        """What is no stream is put together here, where its database connection is."""
        made = self._application(environ, answer)
        if getattr(made, "streaming", False):
            return made
        try:
            return [b"".join(made)]
        finally:
            getattr(made, "close", lambda: None)()

    @contextmanager
    def _received(self, environ: Environ) -> Iterator[io.BytesIO]:
        body, taken = io.BytesIO(), 0
        try:
            for piece in self._pieces(environ):
                self._hold(len(piece))
                taken += len(piece)
                body.write(piece)
            body.seek(0)
            yield body
        finally:
            self._hold(-taken)

    def _pieces(self, environ: Environ) -> Iterator[bytes]:
        length, sent, begun = _length(environ), 0, time.monotonic()
        if length == 0 and not environ.get("HTTP_TRANSFER_ENCODING"):
            return
        if length > self._largest:
            raise Shut("413 Content Too Large")
        while piece := environ["wsgi.input"].read(_PIECE):
            sent += len(piece)
            if sent > self._largest:
                raise Shut("413 Content Too Large")
            if time.monotonic() - begun > self._patience + sent / SLOWEST:
                raise Shut("408 Request Timeout")
            yield piece

    def _hold(self, more: int) -> None:
        with self._lock:
            if more > 0 and self._held + more > HELD:
                raise Shut("503 Service Unavailable")
            self._held += more


def _length(environ: Environ) -> int:
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0

"""Where short messages go out: a folder or an HTTP gateway, named in the settings; neither is ours.

A folder: one JSON file a message, `{"to": "+46701234567", "text": "…"}`; whatever sends takes the file away.
A gateway: the same JSON by POST to the address; any answer of 200–299 says that it is taken.
"""

from __future__ import annotations

import json
from pathlib import Path

import httpx
from django.conf import settings

from klarsyn.base import durable

_SECONDS = 10
_DIGITS = 7  # of a wait that is told on
_OF_ONE = {400, 404, 409, 410, 413, 415, 422}  # says something of this message alone


class NotTaken(RuntimeError):
    """The outbox did not take the message: it stays here and is tried again.

    `is_for_all`: it takes no other either for now, so that nobody tries the next.
    """

    def __init__(self, why: str, *, is_for_all: bool = True) -> None:
        super().__init__(why)
        self.is_for_all = is_for_all


def is_there() -> bool:
    """Whether one is configured."""
    return bool(settings.REMINDER_OUTBOX)


def hand_over(id: str, to: str, text: str) -> None:
    """Hand over one message, on disk or answered for before this returns. Raises NotTaken."""
    where, body = settings.REMINDER_OUTBOX, json.dumps({"to": to, "text": text}).encode()
    if not where.startswith(("http://", "https://")):
        durable.write_over(Path(where) / f"{id}.json", body)
        return
    headers = {"Content-Type": "application/json", "Idempotency-Key": id}
    if settings.REMINDER_TOKEN:
        headers["Authorization"] = f"Bearer {settings.REMINDER_TOKEN}"
    try:  # its status alone: nothing that it says besides is read, however much or slowly it says it
        with httpx.stream("POST", where, content=body, headers=headers, timeout=_SECONDS) as answer:
            status, wait = answer.status_code, answer.headers.get("Retry-After", "")
    except httpx.HTTPError:
        raise NotTaken("the gateway did not answer") from None
    if not 200 <= status < 300:  # a redirect is not followed: the number goes to the address that was named
        is_counted = wait.isascii() and wait.isdigit() and len(wait) < _DIGITS
        later = f", not before {wait} seconds" if is_counted else ""
        raise NotTaken(f"the gateway answered {status}{later}", is_for_all=status not in _OF_ONE)

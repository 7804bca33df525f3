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


class NotTaken(RuntimeError):
    """The outbox did not take the message: it stays here and is tried again."""


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
    try:
        answer = httpx.post(where, content=body, headers=headers, timeout=_SECONDS)
    except httpx.HTTPError:
        raise NotTaken("the gateway did not answer") from None
    if not answer.is_success:
        raise NotTaken(f"the gateway answered {answer.status_code}")

"""What goes in and out of the local server, whatever protocol it speaks."""

import json
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    body: bytes
    base: str  # http://127.0.0.1:port


@dataclass
class Response:
    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


def as_json(content: Any, status: int = 200, *, mark: bool = False) -> Response:
    """A JSON answer, with a byte order mark where the protocol sends one."""
    text = json.dumps(content, ensure_ascii=False)
    return Response(status, text.encode("utf-8-sig" if mark else "utf-8"))


def problem(title: str, status: int = 400, detail: str = "") -> Response:
    """The error object of PxWebApi 2."""
    content: dict[str, object] = {"type": "Parameter error", "title": title, "status": status}
    if detail:
        content["detail"] = detail
    return as_json(content, status)


class Speaker(Protocol):
    """One protocol of the server and its call limit."""

    calls: int
    window: float

    def answer(self, request: Request) -> Response: ...

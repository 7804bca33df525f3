"""An answer as bytes: JSON with a strong name, packed as the reader takes it, open to every program."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from klarsyn.report import serve
from klarsyn.report.api.problems import Wrong, titles
from klarsyn.report.api.shapes import Problem
from klarsyn.report.public import public_address

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
ALLOW: Final = "GET, HEAD"
_SMALL: Final = 500  # bytes: less is not worth packing
OPEN: Final = {
    "Access-Control-Allow-Origin": "*",  # public figures, and no cookie is read or set here
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def answer(request: HttpRequest, body: bytes, language: str) -> HttpResponse:
    """200, or 304 to somebody who has it."""
    packed = serve.packed(body) if len(body) > _SMALL else None
    return _headed(serve.made(request, body, JSON, packed), language)


def refusal(wrong: Wrong, language: str) -> HttpResponse:
    """What is wrong, and what to do about it."""
    with translation.override(language):
        title = titles()[wrong.code]
    said = Problem(
        public_address(f"/{'' if language == 'sv' else 'en/'}api/#{wrong.code}"),
        title, wrong.status, wrong.detail,
    )  # fmt: skip
    made = HttpResponse(as_json(asdict(said)), status=wrong.status, content_type=PROBLEM)
    made["Cache-Control"] = "no-store"
    if wrong.status == 405:
        made["Allow"] = ALLOW
    return _headed(made, language)


def _headed(response: HttpResponse, language: str) -> HttpResponse:
    response["Content-Language"] = language
    for name, value in OPEN.items():
        response[name] = value
    return response


def as_json(payload: dict[str, Any]) -> bytes:
    made = json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
    return made.encode("utf-8")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")

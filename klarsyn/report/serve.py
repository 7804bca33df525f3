"""Files of an edition to a reader: from disk, packed as the reader can take them, with a strong name."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from klarsyn.report import store
from klarsyn.report.models import Edition
from klarsyn.report.policy import State

_TYPES: Final = {".rdf": "application/rdf+xml", ".csv": "text/csv; charset=utf-8", ".js": "text/javascript"}
_KEPT_BY_READER: Final = (".csv", ".xlsx", ".rdf", ".zip")  # saved rather than shown
_PACKING: Final = (("br", ".br"), ("gzip", ".gz"))
SECONDS: Final = 300  # a page may get its "superseded" notice; five minutes late is soon enough


def file(
    request: HttpRequest, edition: Edition, language: str, rest: str, *, seconds: int = SECONDS
) -> HttpResponse:
    """One file of the edition, or 404. Only names that stand in its index exist, so no path leads out."""
    index = store.read(edition.slug)
    name = _name(index, edition, language, rest) if index else ""
    if index is None or not name:
        raise Http404
    found = index.files[name]
    packing, ending = _packing(request) if found.is_packed else ("", "")
    etag = f'"{found.sha256[:40]}{"-" if packing else ""}{packing}"'
    if has(request, etag):
        return headed(HttpResponseNotModified(), etag, "", seconds)
    body = (store.home(edition.slug) / (name + ending)).read_bytes()
    response = HttpResponse(body, content_type=_type(name))
    if PurePosixPath(name).suffix in _KEPT_BY_READER:
        response["Content-Disposition"] = f'attachment; filename="{PurePosixPath(name).name}"'
    return headed(response, etag, packing, seconds)


def made(request: HttpRequest, body: bytes, kind: str, packed: bytes | None = None) -> HttpResponse:
    """What was put together just now, with a strong name; 304 to somebody who has it."""
    packing = "gzip" if packed is not None and takes(request, "gzip") else ""
    etag = f'"{hashlib.sha256(body).hexdigest()[:40]}{"-" if packing else ""}{packing}"'
    if has(request, etag):
        return headed(HttpResponseNotModified(), etag, "", SECONDS)
    sent = packed if packing and packed is not None else body
    return headed(HttpResponse(sent, content_type=kind), etag, packing, SECONDS)


@lru_cache(maxsize=256)
def packed(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


def _name(index: store.Index, edition: Edition, language: str, rest: str) -> str:
    """The name in the index: of the reader's language first, then what has no language."""
    wanted = rest + "index.html" if not rest or rest.endswith("/") else rest
    notice = [f"{store.SUPERSEDED}/{language}/{wanted}"] if edition.status is State.SUPERSEDED else []
    names = [*notice, f"{language}/{wanted}", wanted]
    if wanted == store.INDEX or wanted.partition("/")[0] in ("sv", "en", store.SUPERSEDED):
        return ""  # each file has one address
    return next((n for n in names if n in index.files), "")


def _packing(request: HttpRequest) -> tuple[str, str]:
    """The best packing the reader takes."""
    return next(((coding, ending) for coding, ending in _PACKING if takes(request, coding)), ("", ""))


def takes(request: HttpRequest, coding: str) -> bool:
    """Whether the reader takes this packing. `q=0` means not at all."""
    accepted = {}
    for part in request.headers.get("Accept-Encoding", "").split(","):
        name, _, weight = part.partition(";")
        accepted[name.strip().lower()] = weight.replace(" ", "") not in (
            "q=0",
            "q=0.0",
            "q=0.00",
            "q=0.000",
        )
    return accepted.get(coding, False)


def has(request: HttpRequest, etag: str) -> bool:
    named = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in named or etag in (name.removeprefix("W/") for name in named)


def headed(response: HttpResponse, etag: str, packing: str, seconds: int) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["Vary"] = "Accept-Encoding"
    if packing:
        response["Content-Encoding"] = packing
    return response


def _type(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    guessed = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed in ("text/html", "application/json") else guessed

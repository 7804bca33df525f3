"""Faults on order: the next answers to a matching address go wrong in a named way."""

import re
import threading
from dataclasses import dataclass

from tests.servers.wire import Response

_PAGE = "<!doctype html><html><body><h1>Underhåll pågår</h1></body></html>".encode()


@dataclass
class Fault:
    kind: str
    match: str
    times: int
    skip: int = 0


class Faults:
    """`order("cut", match="/data", times=2)` and the next two such answers are cut in the middle.

    Kinds: cut (fewer bytes than promised), cut_silently (no length, ends too early), drop (no answer),
    slow, type, latin1 (declared as UTF-8), html, html_as_json, away (redirect to another host), round
    (redirect to itself), moved (redirect within the host), nan, or an HTTP status.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ordered: list[Fault] = []
        self.headers: dict[str, str] = {}

    def order(self, kind: str, match: str = "", times: int = 1, skip: int = 0) -> None:
        with self._lock:
            self._ordered.append(Fault(kind, match, times, skip))

    def take(self, address: str) -> str:
        """The fault for this request, "" for none."""
        with self._lock:
            for fault in self._ordered:
                if fault.times > 0 and re.search(fault.match, address):
                    if fault.skip:
                        fault.skip -= 1
                        return ""
                    fault.times -= 1
                    return fault.kind
        return ""

    def change(self, kind: str, response: Response, address: str) -> Response:
        """The answer with the fault in it, for the faults that are a matter of content."""
        if kind.isdigit():
            return Response(int(kind), b'{"title": "fault"}', headers=dict(self.headers))
        if kind == "type":
            response.content_type = "application/octet-stream"
        if kind == "latin1":
            response.body = response.body.decode("utf-8").encode("latin-1")
        if kind == "nan":
            response.body = re.sub(rb'"value": \[[^,]*', b'"value": [NaN', response.body)
        if kind in ("html", "html_as_json"):
            response.body = _PAGE
        if kind == "html":
            response.content_type = "text/html; charset=utf-8"
        if kind in ("away", "round", "moved"):
            targets = {"away": "http://localhost:9/elsewhere", "round": address}
            moved = address + ("&" if "?" in address else "?") + "moved=1"
            return Response(307, b"", headers={"Location": targets.get(kind, moved)})
        return response

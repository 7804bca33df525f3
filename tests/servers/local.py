"""A real HTTP server on the loopback that speaks PxWebApi 2, PxWeb API 1 and Kolada v3, and keeps their limits."""

import contextlib
import re
import threading
import time
from collections import deque
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.servers.clock import FakeClock
from tests.servers.faults import Faults
from tests.servers.kolada3 import Kolada
from tests.servers.pxweb1 import PxWeb1
from tests.servers.pxweb2 import PxWeb2
from tests.servers.table import population_table, small_table
from tests.servers.wire import Request, Response, Speaker, as_json

V2, V1, KOLADA = "/api/v2", "/OV0104/v1/doris", "/v3"


class Server:
    """What the services know, what they have been asked, and the faults on order."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.faults = Faults()
        self.tables = [population_table(), small_table(1), small_table(2)]
        self.v2, self.v1, self.kolada = PxWeb2(self.tables), PxWeb1(self.tables), Kolada()
        self.asked: list[str] = []  # "POST /api/v2/…?…" in order
        self.connects: list[str] = []  # hosts asked for as through a proxy
        self.refused = 0  # answers with 429 because the caller broke the limit
        self.slowness = 0.0
        self.base = ""
        self._calls: dict[str, deque[float]] = {V2: deque(), V1: deque(), KOLADA: deque()}
        self._lock = threading.Lock()

    def count(self, pattern: str) -> int:
        """How many requests match."""
        return sum(1 for one in self.asked if re.search(pattern, one))

    def answer(self, request: Request, address: str) -> tuple[Response, str]:
        """The answer and the fault it carries."""
        with self._lock:
            self.asked.append(f"{request.method} {address}")
            api = next((a for a in (V2, V1, KOLADA) if request.path.startswith(a)), "")
            kind = self.faults.take(f"{request.method} {address}")
            if self._is_over_the_limit(api, request.path):
                self.refused += 1
                return Response(429, b"", "text/plain", dict(self.faults.headers)), ""
        speaker = self._speaker(api)
        response = speaker.answer(request) if speaker else as_json({"detail": "Not Found"}, 404)
        return self.faults.change(kind, response, request.base + address), kind

    def _speaker(self, api: str) -> Speaker | None:
        speakers: dict[str, Speaker] = {V2: self.v2, V1: self.v1, KOLADA: self.kolada}
        return speakers.get(api)

    def _is_over_the_limit(self, api: str, path: str) -> bool:
        limits = self._speaker(api)
        if limits is None or path == f"{V2}/config":
            return False
        calls, now = self._calls[api], self.clock.seconds()
        while calls and calls[0] <= now - limits.window:
            calls.popleft()
        if len(calls) >= limits.calls:
            return True
        calls.append(now)
        return False


class _Handler(BaseHTTPRequestHandler):
    """Carries requests to a `Server` and its answers, with their faults, back."""

    state: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes; do not wait for each other

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_CONNECT(self) -> None:
        self.state.connects.append(self.path)
        self.send_error(502)

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        request = Request(self.command, unquote(parts.path), query, body, self.state.base)
        response, fault = self.state.answer(request, self.path)
        if fault == "slow":
            time.sleep(self.state.slowness)
        if fault == "drop":
            self.close_connection = True
            return
        with contextlib.suppress(OSError):  # the caller may have gone
            self._send(response, fault)

    def _send(self, response: Response, fault: str) -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if fault == "cut_silently":
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        is_cut = fault.startswith("cut")
        self.wfile.write(response.body[: len(response.body) // 2] if is_cut else response.body)
        self.close_connection = self.close_connection or is_cut

    def log_message(self, format: str, *args: object) -> None:
        """The requests are kept in `Server.asked`."""


@contextlib.contextmanager
def serve() -> Iterator[Server]:
    """A running server; it stops when the block ends."""
    server = Server()
    web = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"state": server}))
    web.daemon_threads = True
    server.base = f"http://127.0.0.1:{web.server_address[1]}"
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        web.shutdown()
        web.server_close()
        thread.join(5)

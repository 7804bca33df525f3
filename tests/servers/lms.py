"""A learning platform for the packages' tests: scorm-again and a place for what it keeps; cmi5's launch, before a real store."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tests.servers.lrs import HEADERS, NAME, WORD

SCORM = Path(__file__).parents[1] / "standards" / "vendor" / "scorm-again" / "scorm12.min.js"
HOST = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Lärplattform</title>
<style>body{margin:0}iframe{border:0;width:100vw;height:100vh}</style><script src="/scorm12.js"></script><script>
window.asked = [];
window.API = new Scorm12API({autocommit: false, lmsCommitUrl: "/commit", logLevel: 4});
const kept = KEPT; if (kept) window.API.loadFromJSON(kept.cmi, "cmi");
for (const name of ["LMSSetValue", "LMSGetValue"]) {
  const was = window.API[name]; window.API[name] = (...given) => { window.asked.push(given[0]); return was.apply(window.API, given); };
}
</script><iframe title="Kurs" src="/course/index.html"></iframe>"""


@dataclass
class Lms:
    """What the platform knows: what SCORM committed, cmi5's tokens and states, and the order of what was asked."""

    folder: Path
    store: str = ""
    address: str = ""
    commits: list[dict] = field(default_factory=list)
    states: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    fetched: set[str] = field(default_factory=set)

    def launch(self, registration: str, fetch: str, actor: dict) -> str:
        """The address that the platform opens the unit at."""
        words = {
            "endpoint": f"{self.address}/xapi/", "fetch": f"{self.address}/fetch/{fetch}", "actor": json.dumps(actor),
            "registration": registration, "activityId": "https://exempel.se/kurser/provkurs/sv/1.0",
        }  # fmt: skip
        return f"{self.address}/course/index.html?{urlencode(words)}"


class _Door(SimpleHTTPRequestHandler):
    lms: Lms

    def log_message(self, *_given: object) -> None: ...

    def _say(self, status: int, body: bytes = b"", kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        if where.path == "/scorm12.js":
            return self._say(200, SCORM.read_bytes(), "text/javascript")
        if where.path == "/host":
            kept = json.dumps(self.lms.commits[-1] if self.lms.commits else None)
            return self._say(200, HOST.replace("KEPT", kept).encode(), "text/html; charset=utf-8")
        if where.path.startswith("/course/"):
            file = self.lms.folder / where.path.removeprefix("/course/")
            kinds = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
            return self._say(200, file.read_bytes(), kinds[file.suffix])
        if where.path.startswith("/xapi/"):
            return self._xapi("GET", where.path, where.query)
        return self._say(204 if where.path == "/favicon.ico" else 404)

    def do_POST(self) -> None:
        if self.path.startswith("/commit"):
            self.lms.commits.append(json.loads(self._body()))
            return self._say(200, b'{"result": "true", "errorCode": 0}')
        word = self.path.removeprefix("/fetch/")
        if word in self.lms.fetched:  # a token is given once
            return self._say(200, b'{"error-code": "1", "error-text": "used"}')
        self.lms.fetched.add(word)
        self.lms.tokens.add(word)
        return self._say(200, json.dumps({"auth-token": word}).encode())

    def do_PUT(self) -> None:
        where = urlsplit(self.path)
        self._xapi("PUT", where.path, where.query)

    def _xapi(self, method: str, path: str, query: str) -> None:
        body = self._body() if method == "PUT" else b""
        if self.headers.get("Authorization", "").removeprefix("Basic ") not in self.lms.tokens:
            return self._say(401)
        resource, about = path.removeprefix("/xapi/"), {k: v[0] for k, v in parse_qs(query).items()}
        id = (
            about.get("stateId")
            or about.get("profileId")
            or json.loads(body or b"{}").get("verb", {}).get("id", "")
        )
        self.lms.asked.append(f"{method} {id.rpartition('/')[2]}")
        if resource == "statements":  # the store's own answer
            answer = httpx.put(
                f"{self.lms.store}/xAPI/statements?{query}", content=body, auth=(NAME, WORD),
                headers=HEADERS | {"Content-Type": "application/json"},
            )  # fmt: skip
            return self._say(answer.status_code, answer.content if answer.status_code != 204 else b"")
        if method == "PUT":
            self.lms.states[id] = body
            return self._say(204)
        held = self.lms.states.get(id)
        return self._say(200, held) if held is not None else self._say(204)


@contextmanager
def platform(folder: Path, *, store: str = "") -> Iterator[Lms]:
    """The platform on a free port of this machine, with the unpacked package in `folder`."""
    lms = Lms(folder, store)
    door = type("Door", (_Door,), {"lms": lms})
    with ThreadingHTTPServer(("127.0.0.1", 0), door) as server:
        lms.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield lms
        finally:
            server.shutdown()

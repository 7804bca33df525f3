"""Ralph, a learning record store, as a process in a venv of its own, and its models, which are stricter than its door."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.servers.process import free_port, wait

LOCK = Path(__file__).parents[2] / "requirements" / "lrs.txt"
NAME, WORD = "lms", "hemligt"
HEADERS = {"X-Experience-API-Version": "1.0.3"}
_LOGIN = (
    "import bcrypt, json, sys; json.dump([{'username': sys.argv[1], 'hash': bcrypt.hashpw(sys.argv[2].encode(),"
    "bcrypt.gensalt(4)).decode(), 'scopes': ['all'], 'agent': {'mbox': 'mailto:lms@example.org'}}], sys.stdout)"
)
# Its file backend writes a new file each time unless told to add, and no setting of the server tells it: said here.
_SERVE = (
    "import sys, uvicorn; from ralph.backends.data.base import BaseOperationType as T\n"
    "from ralph.backends.data.fs import FSDataBackend as F; F.default_operation_type = T.APPEND\n"
    "uvicorn.run('ralph.api:app', host='127.0.0.1', port=int(sys.argv[1]))"
)
_STRICT = (
    "import json, sys; from pydantic import ValidationError as E\n"
    "from ralph.models.xapi.base.statements import BaseXapiStatement as S\n"
    "def said(s):\n try: S.model_validate(s)\n except E as e: return str(e)\n return ''\n"
    "json.dump([said(s) for s in json.load(sys.stdin)], sys.stdout)"
)


def python() -> Path:
    """The venv's Python, made once for each `requirements/lrs.txt`, beside the packages of this venv."""
    home = Path(sys.prefix) / f"lrs-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    with Path(f"{home}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "made").exists():
            uv = str(Path(sys.prefix) / "bin" / "uv")
            subprocess.run([uv, "venv", "--quiet", "--clear", "-p", sys.executable, home], check=True)
            into = [uv, "pip", "install", "--quiet", "--python", home / "bin" / "python"]
            subprocess.run([*into, "--require-hashes", "-r", LOCK], check=True)
            (home / "made").touch()
    return home / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Store:
    address: str

    def statements(self) -> list[dict]:
        """Everything that the store has taken, the first first."""
        answer = httpx.get(f"{self.address}/xAPI/statements", headers=HEADERS, auth=(NAME, WORD))
        answer.raise_for_status()
        return sorted(answer.json()["statements"], key=lambda s: s["stored"])


def complaints(statements: list[dict]) -> list[str]:
    """What the store's model of a statement says against each, "" when nothing."""
    done = subprocess.run(
        [python(), "-c", _STRICT], input=json.dumps(statements), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@contextmanager
def store(folder: Path) -> Iterator[Store]:
    """A store that keeps its statements in `folder` until the block ends."""
    port, home = free_port(), folder / "app"
    home.mkdir()
    login = subprocess.run([python(), "-c", _LOGIN, NAME, WORD], capture_output=True, check=True)
    (home / "auth.json").write_bytes(login.stdout)
    environment = os.environ | {
        "RALPH_APP_DIR": str(home),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": "statements.jsonl",
    }
    words = [python(), "-c", _SERVE, str(port)]
    log = folder / "log"
    with log.open("wb") as out, subprocess.Popen(words, stdout=out, stderr=out, env=environment) as child:
        try:
            wait(child, port, log)
            yield Store(f"http://127.0.0.1:{port}")
        finally:
            child.terminate()

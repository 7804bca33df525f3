"""The real server on a folder of its own: prepared, started, its CPU time, stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
KEY = "of a folder that is thrown away" * 2
CLI = [sys.executable, "-m", "klarsyn.config.cli"]


@dataclass(slots=True)
class Site:
    """A prepared site; `port` and `server` once it is started."""

    env: dict[str, str]
    port: int = 0
    server: subprocess.Popen[bytes] | None = None

    def run(self, *words: str, given: str = "") -> str:
        """A command with the site's settings; what it prints. Its errors are shown."""
        done = subprocess.run(
            [sys.executable, *words], env=self.env, cwd=ROOT, input=given, text=True, check=False,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{' '.join(words)} ended with {done.returncode}: {done.stdout[-2000:]}")
        return done.stdout

    def start(self, port: int = 0) -> None:
        """As `klarsyn site serve` does, under the production settings, behind no proxy; 0 = any port."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = port or probe.getsockname()[1]
        env = self.env | {"DJANGO_SETTINGS_MODULE": "benchmarks.mixed.settings", "KLARSYN_DEMO": "0"}
        with Path(self.env["KLARSYN_HOME"], "server-said").open("wb") as said:
            self.server = subprocess.Popen(
                [*CLI, "site", "serve", "--port", str(self.port)],
                env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True,
            )  # fmt: skip
        for _try in range(120):
            try:
                asked = urllib.request.Request(
                    f"http://127.0.0.1:{self.port}/stod/sv/", headers={"X-Forwarded-Proto": "https"}
                )
                urllib.request.urlopen(asked, timeout=5).read()
                return
            except urllib.error.URLError:
                time.sleep(0.5)
        raise SystemExit("the server did not come up within a minute")

    def said(self) -> str:
        """What the server has written to stderr."""
        return Path(self.env["KLARSYN_HOME"], "server-said").read_text(errors="replace")

    def workers(self) -> list[int]:
        assert self.server
        return [one.pid for one in psutil.Process(self.server.pid).children(recursive=True)]

    def spent(self) -> float:
        """CPU seconds of the server's processes so far, and of the database's where it is one of its own."""
        assert self.server
        mother = psutil.Process(self.server.pid)
        return sum(_seconds(one) for one in [mother, *mother.children(recursive=True), *_database()])

    def kill(self) -> None:
        """Every process of it at once, by SIGKILL; when this returns none is left."""
        assert self.server
        every = [psutil.Process(pid) for pid in self.workers()]
        os.killpg(self.server.pid, signal.SIGKILL)
        for one in every:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(every, timeout=20)
        self.server.wait(timeout=20)

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGTERM)
            self.server.wait(timeout=20)


def prepared(home: str, kept: str = "") -> tuple[Site, dict[str, Any]]:
    """The demonstration, with what `ground.py` adds to it; who there is. `kept`: a folder to copy it from."""
    env = os.environ | {
        "KLARSYN_HOME": home,
        "KLARSYN_SECRET_KEY": KEY,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "klarsyn.config.settings.dev",
        "KLARSYN_DEMO": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    site, people = Site(env), Path(home, "people.json")
    if kept and Path(kept).exists():
        shutil.copytree(kept, home, dirs_exist_ok=True)
    else:
        site.run("-m", "klarsyn.config.cli", "site", "prepare", "--first")
        people.write_text(site.run("-m", "benchmarks.mixed.ground"))
        if kept:
            shutil.copytree(home, kept)
    found: dict[str, Any] = json.loads(people.read_text())
    return site, found


def bare(home: str) -> Site:
    """A site without the demonstration and its people."""
    env = os.environ | {
        "KLARSYN_HOME": home, "KLARSYN_SECRET_KEY": KEY, "PYTHONPATH": str(ROOT), "KLARSYN_DEMO": "0",
        "DJANGO_SETTINGS_MODULE": "klarsyn.config.settings.dev", "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip
    site = Site(env)
    site.run("-m", "klarsyn.config.cli", "site", "prepare")
    return site


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def _database() -> list[psutil.Process]:
    """The processes of PostgreSQL, found by the folder that the address names."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        return []
    folder = str(Path(address.partition("@/")[2]).parent)
    mothers = [
        one
        for one in psutil.process_iter(["cmdline"])
        if "-D" in (words := one.info["cmdline"] or []) and folder in " ".join(words)
    ]
    return [*mothers, *(child for one in mothers for child in one.children(recursive=True))]

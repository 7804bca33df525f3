"""The local server and lines to it that keep its clock."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from klarsyn.sources.clients import Clock, Connection, Patience, service
from tests.servers.local import KOLADA, V1, V2, Server, serve

ADDRESSES = {"scb-v2": V2, "scb-v1": V1, "kolada": KOLADA}
QUICK = Patience(attempts=4, connect=2, read=5, total=10)


class Lines:
    """Connections to the local server under the services' own descriptions."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.clock = Clock(server.clock.seconds, server.clock.sleep, server.clock.now)

    def service(self, key: str):  # type: ignore[no-untyped-def]
        return replace(service(key), address=self.server.base + ADDRESSES[key])

    def open(self, key: str, patience: Patience = QUICK) -> Connection:
        return Connection(self.service(key), self.clock, patience)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with serve() as running:
        yield running


@pytest.fixture
def lines(server: Server) -> Lines:
    return Lines(server)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"

"""Requests at fixed times over kept-alive connections: an open loop, bounded in count and time."""

from __future__ import annotations

import http.client
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

CONNECTIONS = 16
HEADERS = {"Accept-Encoding": "br, gzip", "Connection": "keep-alive"}


@dataclass(frozen=True, slots=True)
class Answer:
    """`seconds` from when the request was due, not from when a connection was free to send it."""

    status: int
    seconds: float
    bytes: int


def ask(port: int, paths: Sequence[str], rate: int, seconds: int) -> list[Answer]:
    """Send `rate * seconds` requests to 127.0.0.1, each when it is due."""
    due: queue.SimpleQueue[tuple[float, str] | None] = queue.SimpleQueue()
    answers: list[Answer] = []
    senders = [threading.Thread(target=_send, args=(port, due, answers)) for _ in range(CONNECTIONS)]
    for sender in senders:
        sender.start()
    start = time.perf_counter() + 0.05
    for n in range(rate * seconds):
        at = start + n / rate
        time.sleep(max(0.0, at - time.perf_counter()))
        due.put((at, paths[n % len(paths)]))
    for _ in senders:
        due.put(None)
    for sender in senders:
        sender.join(timeout=30)
    return answers


def _send(port: int, due: queue.SimpleQueue[tuple[float, str] | None], answers: list[Answer]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    while (task := due.get()) is not None:
        at, path = task
        try:
            connection.request("GET", path, headers=HEADERS)
            answer = connection.getresponse()
            body = answer.read()
            answers.append(Answer(answer.status, time.perf_counter() - at, len(body)))
        except (OSError, http.client.HTTPException):
            answers.append(Answer(0, time.perf_counter() - at, 0))
            connection.close()
    connection.close()

"""What an answer cost, told in a header; only the benchmark's own settings have it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from benchmarks.mixed.browser import SPENT, WAITED


class _Waiting:
    """Seconds until SQLite's one writer's lock was had, over the transactions of one request."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("BEGIN"):
            return execute(sql, params, many, context)
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - begun


def told(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The thread's CPU milliseconds, without waiting for others or the disk; and the wait for the lock."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun, waiting = time.thread_time(), _Waiting()
        with connection.execute_wrapper(waiting):
            response = get_response(request)
        response[SPENT] = f"{1000 * (time.thread_time() - begun):.2f}"
        response[WAITED] = f"{1000 * waiting.seconds:.2f}"
        return response

    return middleware

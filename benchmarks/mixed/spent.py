"""What an answer cost, told in a header; only the benchmark's own settings have it."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADER = "X-Spent-Ms"


def told(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The thread's CPU milliseconds, without waiting for other threads or the disk."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = time.thread_time()
        response = get_response(request)
        response[HEADER] = f"{1000 * (time.thread_time() - begun):.2f}"
        return response

    return middleware

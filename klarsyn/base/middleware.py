"""Headers that close doors, and refusals shown as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klarsyn.base.errors import Refused

GetResponse = Callable[[HttpRequest], HttpResponse]
# What a page of ours never needs from the machine it is read on.
UNUSED = (
    "camera",
    "microphone",
    "geolocation",
    "payment",
    "usb",
    "midi",
    "display-capture",
    "browsing-topics",
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


def headers(get_response: GetResponse) -> GetResponse:
    """Add the headers Django has no setting for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


class Refusals:
    """A `Refused` that no form caught becomes a page with its sentence, answered 409."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "base/errors/refused.html", {"sentence": str(exception)}, status=409)

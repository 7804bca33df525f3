"""Headers that close doors, and refusals shown as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
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


def _explained(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    """The page for an address that is only a form's receiver: an empty one would be a dead end."""
    page = render(request, "base/errors/405.html", status=bare.status_code)
    page.headers["Allow"] = bare.headers["Allow"]
    return page


class Refusals:
    """A `Refused` that no form caught becomes a page with its sentence, answered 409; a bare 405 too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return _explained(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "base/errors/refused.html", {"sentence": str(exception)}, status=409)

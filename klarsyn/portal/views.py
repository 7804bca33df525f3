"""The public front: start page, and three pages that say what this is and what it keeps."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klarsyn.base.front import cards
from klarsyn.portal.contacts import contacts

FALLBACK = "sv"


@never_cache  # no copy of a visited page on the visitor's machine
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    page = {"cards": cards(), "contacts": contacts(_language())}
    return render(request, "portal/start.html", page)


def text_page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page whose text stands in one file per language: `portal/texts/<name>_<language>.html`."""

    @never_cache  # no copy of a visited page on the visitor's machine
    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        text = [f"portal/texts/{name}_{code}.html" for code in (_language(), FALLBACK)]
        return render(request, f"portal/{name}.html", {"text": text})

    return page


def _language() -> str:
    return get_language() or FALLBACK

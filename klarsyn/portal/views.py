"""The public front: start page, pages for whoever seeks help, and three that say what this is and keeps."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klarsyn.base.context import menu
from klarsyn.base.front import cards
from klarsyn.portal import visitor
from klarsyn.portal.contacts import contacts
from klarsyn.receptions.queries import shown

FALLBACK = "sv"


@never_cache  # no copy of a visited page on the visitor's machine
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    known = contacts(_language(), timezone.localdate())
    page = {"cards": cards(), "contacts": known, "help_links": menu("help", request.path)}
    return render(request, "portal/start.html", page)


def text_page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page whose text stands in one file per language: `portal/texts/<name>_<language>.html`."""

    @never_cache  # no copy of a visited page on the visitor's machine
    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        text = [f"portal/texts/{name}_{code}.html" for code in (_language(), FALLBACK)]
        return render(request, f"portal/{name}.html", {"text": text})

    return page


@never_cache  # no copy of a visited page on the visitor's machine
@require_safe
def support(request: HttpRequest, code: str = "", page: str = "") -> HttpResponse:
    """The pages for whoever seeks help: the first question, or one of its answers, in a language."""
    try:
        said = visitor.words(code or _language())
        text = said.pages[page] if page else said.hub
    except KeyError:
        raise Http404 from None
    kind, today = visitor.RECEPTIONS.get(page), timezone.localdate()
    context = {
        **visitor.frame(said.code),
        "text": text,
        "page": page,
        "phones": visitor.phones(said, page, today),
        "contact": visitor.contact(said, shown(kind, settings.MUNICIPALITY, today)) if kind else None,
    }
    return render(request, "portal/support/page.html", context)


def _language() -> str:
    return get_language() or FALLBACK

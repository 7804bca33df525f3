"""What the public reads: the list of editions, the edition in force, each edition at its stable address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klarsyn.base.language import reader_language
from klarsyn.report import queries, serve, store
from klarsyn.report.models import Edition


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every edition, newest first; the invented example apart from the real ones."""
    language = reader_language()
    real = [_said(edition, language) for edition in queries.online()]
    invented = [_said(edition, language) for edition in queries.online(invented=True)[:1]]
    return render(request, "report/index.html", {"editions": real, "examples": invented})


def _said(edition: Edition, language: str) -> dict[str, object]:
    found = store.read(edition.slug)
    return {"edition": edition, "said": found.said[language] if found else {}}


@require_safe
def newest(request: HttpRequest, year: str) -> HttpResponse:
    """The edition in force of a year, or of the example."""
    edition = queries.in_force(year)
    if edition is None:
        raise Http404
    return serve.file(request, edition, reader_language(), "", seconds=60)


@require_safe
def edition(request: HttpRequest, year: str, number: int, rest: str = "") -> HttpResponse:
    """A file of an edition at its stable address."""
    found = queries.numbered(year, number)
    if found is None:
        raise Http404
    return serve.file(request, found, reader_language(), rest)

"""The public pages of the plan: read by anyone, kept by caches, without a session or a script."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klarsyn.base.language import reader_language
from klarsyn.base.municipality import municipality
from klarsyn.plan.motions.showing import (
    published_decisions,
    published_measure,
    published_measures,
    published_motions,
    published_plans,
)
from klarsyn.plan.public import feed as atom
from klarsyn.plan.public import following
from klarsyn.plan.public.changes import changes_told
from klarsyn.plan.public.files import LICENCE, files, is_invented
from klarsyn.plan.public.tables import Table, tables

SECONDS: Final = 300  # what is taken back may be read so much longer
_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Each demand from motion to result."""
    today = timezone.localdate()
    whole = following.whole(today)
    plans = [(plan, following.plan_invented(plan)) for plan in published_plans(today)]
    shows_invented = whole.is_invented or any(invented for _plan, invented in plans)
    return _page(request, "index", {"whole": whole, "plans": plans, "is_invented": shows_invented})


@require_safe
def motion(request: HttpRequest, slug: str) -> HttpResponse:
    """One motion: what it asked, what was answered and decided, and what came of each demand."""
    found = following.whole(timezone.localdate())
    one = next((m for m in found.motions if m.motion.slug == slug), None)
    if one is None:
        raise Http404
    return _page(request, "motion", {"one": one, "is_invented": one.is_invented})


@require_safe
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure: what, who, when, cost, steps, reviews, public changes, and its figure."""
    today = timezone.localdate()
    found = published_measure(slug, today)
    if found is None:
        raise Http404
    one = following.followed(found)
    demands = [(m, d) for m in published_motions() for d in m.demands if d.pk in found.demands]
    about = {"one": one, "measure": found, "demands": demands, "is_invented": found.is_invented}
    return _page(request, "measure", {**about, "changes": changes_told(found.changes, reader_language())})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The news as Atom."""
    about = atom.About(
        title=_("Planen: nytt i arbetet mot prostitution och människohandel"),
        author=municipality().name_in(reader_language()),
        site=settings.PUBLIC_URL.rstrip("/"),
        path=reverse("plan:feed"),
        page=reverse("plan:public"),
        language=reader_language(),
    )
    measures = published_measures(timezone.localdate())
    found = atom.entries(published_motions(), published_decisions(), measures, reader_language())
    body = atom.to_atom(about, found)
    return _kept(request, HttpResponse(body, content_type="application/atom+xml; charset=utf-8"))


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What the files are and how they may be used."""
    found = tables(timezone.localdate())
    made = [(name, len(body)) for name, body in _files(found).items()]
    rows = {f"{table.name}.csv": len(table.rows) for table in found}
    titles = {f"{t.name}.csv": t.title_en if reader_language() == "en" else t.title_sv for t in found}
    lines = [(name, titles.get(name, ""), rows.get(name), size) for name, size in made]
    context = {"lines": lines, "licence": LICENCE, "is_invented": is_invented(found)}
    return _page(request, "open_data", context)


@require_safe
def open_data_file(request: HttpRequest, name: str) -> HttpResponse:
    """One of the files, or 404."""
    body = _files(tables(timezone.localdate())).get(name)
    if body is None:
        raise Http404
    response = HttpResponse(body, content_type=_TYPES[name.rpartition(".")[2]])
    if name.endswith(".csv"):
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _kept(request, response)


def _files(found: tuple[Table, ...]) -> dict[str, bytes]:
    home = municipality()
    address = settings.PUBLIC_URL.rstrip("/") + "/planen/oppna-data/"  # the files speak both languages
    title = f"{home.name}: från motion till resultat / from motion to result"
    return dict(files(found, name=f"planen-{home.code}", title=title, publisher=home.name, address=address))


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return _kept(request, render(request, f"plan/public/{name}.html", context))


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For caches, and answered 304 to somebody who has it."""
    patch_cache_control(response, public=True, max_age=SECONDS)
    set_response_etag(response)
    answer = get_conditional_response(request, response["ETag"], None, response)
    assert isinstance(answer, HttpResponse)
    return answer

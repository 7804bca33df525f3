"""By a unit's link: begin with a code of one's own, come back with it, stop. No name is asked for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.training import actions, codes, queries
from klarsyn.training.seats import METHODS, code_of, forget, keep


@never_cache
@require_http_methods(METHODS)
@sensitive_post_parameters()
def start(request: HttpRequest) -> HttpResponse:
    """Where a learner's code is typed; whoever has it in the cookie goes on to the courses."""
    if request.method != "POST" and queries.learner_by_code(code_of(request)) is not None:
        return redirect("training:open_mine")
    return _typed(request, "") if request.method == "POST" else _asked(request)


@never_cache
@require_http_methods(METHODS)
@sensitive_post_parameters()
def unit(request: HttpRequest, link: str) -> HttpResponse:
    """A unit's door: begin anew, or type the code one has. Http404 for a link that opens nothing."""
    found = queries.unit_by_link(codes.read_link(link))
    if found is None:
        raise Http404
    if request.method != "POST":
        return _asked(request, {"unit": found, "link": link})
    if request.POST.get("begin"):
        _learner, code = actions.begin_without_account(found)
        return keep(redirect("training:open_code"), code)
    return _typed(request, link)


@never_cache
@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The code, shown until the first step is taken; after that nobody sees it here."""
    learner = queries.learner_by_code(code_of(request))
    if learner is None:
        return redirect("training:open_start")
    if learner.steps.exists():
        return redirect("training:open_mine")
    return render(
        request, "training/code.html", {"code": codes.shown(code_of(request)), "frame": "training/_open.html"}
    )


@never_cache
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """This browser forgets the code."""
    return forget(redirect("training:open_start"))


def _typed(request: HttpRequest, link: str) -> HttpResponse:
    typed = codes.read(request.POST.get("code", ""))
    if not typed or queries.learner_by_code(typed) is None:
        said = gettext("Koden känns inte igen. Se efter att alla tolv tecken är med; inget har ändrats.")
        unit = queries.unit_by_link(codes.read_link(link)) if link else None
        return _asked(request, {"error": said, "unit": unit, "link": link}, 422)
    return keep(redirect("training:open_mine"), typed)


def _asked(request: HttpRequest, more: dict[str, object] | None = None, status: int = 200) -> HttpResponse:
    context = {"frame": "training/_open.html", **(more or {})}
    return render(request, "training/start.html", context, status=status)

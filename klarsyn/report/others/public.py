"""The public pages of comparisons: which there are, and each; what has ended says so, without figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from klarsyn.base.language import reader_language
from klarsyn.report.others import comparisons, looks, shown
from klarsyn.report.others.standing import Standing


@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """Every comparison the public may read now, and those that have ended."""
    found = [looks.look(c, reader_language()) for c in comparisons.agreed()]
    page = {
        "public": [one for one in found if one.standing is Standing.PUBLIC],
        "over": [one for one in found if one.standing is not Standing.PUBLIC],
    }
    return render(request, "report/compared.html", page)


@require_safe
def compared_one(request: HttpRequest, id: int) -> HttpResponse:
    """One comparison at its own address, for as long as there is one."""
    found = get_object_or_404(comparisons.agreed(), pk=id)
    look, group = looks.look(found, reader_language()), None
    if look.standing is Standing.PUBLIC:
        group = comparisons.group(found)
    newer = comparisons.public_of(found)
    page = {
        "look": look,
        "group": shown.shown(group, reader_language(), invented=found.is_invented) if group else None,
        "newer": newer if newer != found else None,
    }
    return render(request, "report/compared_one.html", page)

"""The pages of the sources: where every figure comes from, and the import in three steps."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.sources import actions, facts, pages, queries, uploads
from klarsyn.sources.forms import ImportForm
from klarsyn.sources.importers import Schema, presets
from klarsyn.sources.importers.template import as_csv, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@staff_required(Permission.SOURCE_READ)
def index(request: HttpRequest) -> HttpResponse:
    """Every dataset with its provenance; `matt` narrows to one measure."""
    page = pages.index(request.GET.get("matt", ""))
    template = "sources/_datasets.html" if getattr(request, "htmx", False) else "sources/index.html"
    return render(request, template, {"page": page})


@require_safe
@staff_required(Permission.SOURCE_READ)
def dataset(request: HttpRequest, key: str) -> HttpResponse:
    page = pages.dataset(key, may_read_closed=staff(request).may(Permission.SOURCE_IMPORT))
    if page is None:
        raise Http404
    return render(request, "sources/dataset.html", {"page": page})


@require_safe
@staff_required(Permission.SOURCE_IMPORT)
def choose(request: HttpRequest) -> HttpResponse:
    """Step 1: which kind of file it is."""
    kinds = [pages.kind(schema, get_language() or "sv") for schema in presets().values()]
    return render(request, "sources/choose.html", {"kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.SOURCE_IMPORT)
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Step 2: the file and what must be said of it."""
    schema = _schema(key)
    form = ImportForm(schema, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        uploads.remember(request.session, key, file.read(), file.name, form.cleaned_data)
        return redirect("sources:preview")
    page = {"form": form, "kind": pages.kind(schema, get_language() or "sv")}
    return render(request, "sources/upload.html", page, status=422 if form.errors else 200)


@require_safe
@staff_required(Permission.SOURCE_IMPORT)
def preview(request: HttpRequest) -> HttpResponse:
    """Step 3: what the file holds, line by line, and what taking it in would change."""
    found = uploads.waiting(request.session)
    if found is None:
        return redirect("sources:choose")
    one, body = found
    try:
        seen = queries.preview(body, file_name=one.file_name, schema=one.schema(), period=one.period)
    except Refused as refusal:
        return render(request, "sources/unreadable.html", {"upload": one, "refusal": refusal}, status=422)
    status = 422 if seen.reading.problem_count else 200
    return render(request, "sources/preview.html", {"page": pages.preview(one, seen)}, status=status)


@require_POST
@staff_required(Permission.SOURCE_IMPORT)
def confirm(request: HttpRequest) -> HttpResponse:
    """The yes: all of the file, or nothing."""
    found = uploads.waiting(request.session)
    if found is None:
        return redirect("sources:choose")
    one, body = found
    try:
        batch = actions.import_file(
            body=body,
            file_name=one.file_name,
            schema=one.schema(),
            period=one.period,
            by=staff(request).username,
            retrieved_at=actions.midday(one.day()),
            address=one.address,
        )
    except Refused as refusal:
        return render(request, "sources/unreadable.html", {"upload": one, "refusal": refusal}, status=422)
    uploads.forget(request.session)
    messages.success(request, _("%(count)s värden är inlästa och används nu.") % {"count": batch.row_count})
    return redirect("sources:dataset", key=batch.dataset.key)


@require_POST
@staff_required(Permission.SOURCE_IMPORT)
def drop(request: HttpRequest) -> HttpResponse:
    """The no: the upload is forgotten."""
    uploads.forget(request.session)
    messages.success(request, _("Filen är borttagen. Inget är ändrat."))
    return redirect("sources:index")


@require_safe
@staff_required(Permission.SOURCE_IMPORT)
def template(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """An empty file to fill in, for the kinds that people fill in."""
    schema = _schema(key)
    if not schema.by_hand:
        raise Http404
    home = facts.area(settings.MUNICIPALITY, date.max)
    rows = [[home.code, home.name]] if schema.columns.name else []
    body = as_xlsx(schema, rows) if kind == "xlsx" else as_csv(schema, rows)
    response = HttpResponse(body, content_type=XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.{kind}"'
    return response


def _schema(key: str) -> Schema:
    found = presets().get(key)
    if found is None:
        raise Http404
    return found

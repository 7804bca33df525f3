"""The public page of open data: signed packages, the key in words; the same for programs at /.well-known/."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from klarsyn.base.municipality import municipality
from klarsyn.report import queries, store
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from klarsyn.report.public import public_address
from klarsyn.report.signing import keys, manifest

_DESCRIBED = "klarsyn-municipality/1"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What may be taken away, and how somebody knows that it is ours."""
    return render(
        request, "report/open_data.html",
        {"packages": _packages(), "keys": keys.published()[::-1], "address": public_address("")},
    )  # fmt: skip


@require_safe
def well_known(request: HttpRequest) -> HttpResponse:
    """Who we are, which keys are ours and where the editions lie, for another municipality's program."""
    said = {
        "format": _DESCRIBED,
        "municipality": settings.MUNICIPALITY,
        "name": municipality().name,
        "keys": [asdict(k) | {"words": k.words} for k in keys.published()],
        "editions": [_described(p) for p in _packages()],
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _packages() -> list[dict[str, Any]]:
    """Every signed package on line, real ones first."""
    found = [_package(edition) for edition in queries.online(invented=None)]
    return sorted((p for p in found if p), key=lambda p: p["edition"].is_invented)


def _package(edition: Edition) -> dict[str, Any]:
    index, name = store.read(edition.slug), f"data/{edition.slug}.zip"
    if index is None or name not in index.files or f"data/{manifest.SIGNATURE}" not in index.files:
        return {}
    where = reverse("report:edition_file", args=[edition.year_word, edition.number, name])
    return {"edition": edition, "file": index.files[name], "address": where}


def _described(package: dict[str, Any]) -> dict[str, Any]:
    edition: Edition = package["edition"]
    return {
        "year": edition.year,
        "edition": edition.number,
        "is_invented": edition.is_invented,
        "is_replaced": edition.state == State.SUPERSEDED,
        "package": public_address(package["address"]),
        "sha256": package["file"].sha256,
        "bytes": package["file"].bytes,
    }

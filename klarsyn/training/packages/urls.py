"""The address of a course's package."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from klarsyn.training.packages import views

STAFF: Final[list[URLPattern]] = [
    path(
        "personal/utbildning/paket/<slug:key>/<slug:language>/<slug:kind>.zip", views.package, name="package"
    ),
]

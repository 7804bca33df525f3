"""Addresses of certificates."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from klarsyn.training.certificates import views

PUBLIC: Final[list[URLPattern]] = [path("intyg/", views.check, name="certificate_check")]
STAFF: Final[list[URLPattern]] = [
    path("personal/utbildning/intyg/<int:pk>/", views.certificate, name="certificate"),
]

"""Addresses of units, certificates and packages."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from klarsyn.training.certificates import views as certificates
from klarsyn.training.coverage import views
from klarsyn.training.packages import views as packages

PUBLIC: Final[list[URLPattern]] = [path("intyg/", certificates.check, name="certificate_check")]
STAFF: Final[list[URLPattern]] = [
    path("personal/utbildning/enheter/", views.units, name="units"),
    path("personal/utbildning/enheter/<int:pk>/", views.unit, name="unit"),
    path("personal/utbildning/enheter/<int:pk>/lista.csv", views.names, name="unit_names"),
    path("personal/utbildning/intyg/<int:pk>/", certificates.certificate, name="certificate"),
    path(
        "personal/utbildning/paket/<slug:key>/<slug:language>/<slug:kind>.zip",
        packages.package,
        name="package",
    ),
]

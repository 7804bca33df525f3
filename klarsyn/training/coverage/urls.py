"""Addresses of units."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from klarsyn.training.coverage import views

STAFF: Final[list[URLPattern]] = [
    path("personal/utbildning/enheter/", views.units, name="units"),
    path("personal/utbildning/enheter/<int:pk>/", views.unit, name="unit"),
    path("personal/utbildning/enheter/<int:pk>/lista.csv", views.names, name="unit_names"),
]

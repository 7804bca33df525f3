"""Addresses of the API; the last answers whatever none of the others does, so that a program gets no page."""

from __future__ import annotations

from django.urls import path, re_path

from klarsyn.report.api import views
from klarsyn.report.api.openapi import ADDRESSES

PUBLIC = [
    path("api/", views.page, name="api"),
    *(path(one.route, views.view(name), name=f"api_{name}") for name, one in ADDRESSES.items()),
    re_path(r"^api/(?P<rest>[\s\S]+)$", views.missing, name="api_missing"),  # a line end too
]

"""Addresses that anyone may read."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from klarsyn.plan.public import views

PUBLIC: Final[list[URLPattern]] = [
    path("planen/", views.index, name="public"),
    path("planen/motion/<slug:slug>/", views.motion, name="public_motion"),
    path("planen/atgard/<slug:slug>/", views.measure, name="public_measure"),
    path("planen/flode.xml", views.feed, name="feed"),
    path("planen/oppna-data/", views.open_data, name="open_data"),
    path("planen/oppna-data/<str:name>", views.open_data_file, name="open_data_file"),
]

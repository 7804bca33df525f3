"""Addresses of figures for other sites."""

from __future__ import annotations

from django.urls import path

from klarsyn.report.embed import views

PUBLIC = [
    path("inbadda/", views.index, name="embed_list"),
    path("inbadda/<slug:edition>/<slug:figure>.svg", views.picture, name="embed"),
    path("inbadda/<slug:edition>/<slug:figure>/", views.frame, name="embed_frame"),
    path("inbadda/<slug:edition>/<slug:figure>/kod/", views.code, name="embed_code"),
]

"""Courses: for staff at the desk, for anybody by a unit's link; the same pages under two addresses."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from klarsyn.training.seats import at_desk, by_link
from klarsyn.training.views import handouts, links, opened, pages, preview, steps

PUBLIC: Final[list[URLPattern]] = [
    path("kurs/", opened.start, name="open_start"),
    path("kurs/enhet/<str:link>/", opened.unit, name="open_unit"),
    path("kurs/kod/", opened.code, name="open_code"),
    path("kurs/sluta/", opened.end, name="open_end"),
    path("kurs/alla/", by_link(pages.mine), name="open_mine"),
    path("kurs/las/<slug:key>/", by_link(pages.course), name="open_course"),
    path("kurs/las/<slug:key>/<slug:name>/", by_link(steps.step), name="open_step"),
    path("kurs/las/<slug:key>/<slug:name>/<int:number>/", by_link(steps.screen), name="open_screen"),
    path("kurs/blad/<slug:key>/<slug:id>/<slug:language>/", by_link(handouts.handout), name="open_handout"),
    path(
        "kurs/blad/<slug:key>/<slug:id>/<slug:language>/pdf/",
        by_link(handouts.handout_pdf),
        name="open_handout_pdf",
    ),
]
_STAFF = "personal/utbildning/"
STAFF: Final[list[URLPattern]] = [
    path(_STAFF, at_desk(pages.mine), name="mine"),
    path(f"{_STAFF}forhandsgranska/", preview.preview, name="preview"),
    path(f"{_STAFF}enheter/<int:pk>/lank/", links.link, name="unit_link"),
    path(f"{_STAFF}kurs/<slug:key>/", at_desk(pages.course), name="course"),
    path(f"{_STAFF}kurs/<slug:key>/<slug:name>/", at_desk(steps.step), name="step"),
    path(f"{_STAFF}kurs/<slug:key>/<slug:name>/<int:number>/", at_desk(steps.screen), name="screen"),
    path(f"{_STAFF}blad/<slug:key>/<slug:id>/<slug:language>/", at_desk(handouts.handout), name="handout"),
    path(
        f"{_STAFF}blad/<slug:key>/<slug:id>/<slug:language>/pdf/",
        at_desk(handouts.handout_pdf),
        name="handout_pdf",
    ),
]

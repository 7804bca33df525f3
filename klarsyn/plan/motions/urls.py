"""Addresses of motions, decisions, plans and measures, for staff."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from klarsyn.plan.motions import entering, views

STAFF: Final[list[URLPattern]] = [
    path("personal/planen/", views.overview, name="overview"),
    path("personal/planen/publicering/", views.show, name="show"),
    path("personal/planen/ny-motion/", entering.new_motion, name="new_motion"),
    path("personal/planen/nytt-beslut/", entering.new_decision, name="new_decision"),
    path("personal/planen/ny-plan/", entering.new_plan, name="new_plan"),
    path("personal/planen/motion/<slug:slug>/", views.motion, name="motion"),
    path("personal/planen/motion/<slug:slug>/ratta/", entering.change_motion, name="change_motion"),
    path("personal/planen/motion/<slug:slug>/beslut/", entering.decide, name="decide"),
    path("personal/planen/beslut/<int:pk>/", views.decision, name="decision"),
    path("personal/planen/beslut/<int:pk>/ratta/", entering.correct_decision, name="correct_decision"),
    path(
        "personal/planen/remiss/<int:pk>/ratta/", entering.correct_consultation, name="correct_consultation"
    ),
    path("personal/planen/plan/<slug:slug>/", views.plan, name="plan"),
    path("personal/planen/plan/<slug:slug>/andra/", entering.change_plan, name="change_plan"),
    path("personal/planen/plan/<slug:slug>/ny-atgard/", entering.new_measure, name="new_measure"),
    path("personal/planen/atgard/<slug:slug>/", views.measure, name="measure"),
    path("personal/planen/atgard/<slug:slug>/andra/", entering.change_measure, name="change_measure"),
]

"""The addresses of the concern report, in the two lists of `urls.py`."""

from django.urls import path

from klarsyn.concerns.report import staff_views, views

public = [path("orosanmalan/", views.page, name="report")]
staff = [
    path("personal/orosanmalningar/", staff_views.inbox_page, name="reports"),
    path("personal/orosanmalningar/<uuid:id>/", staff_views.one, name="one_report"),
    path("personal/orosanmalningar/<uuid:id>/bedomning/", staff_views.assess, name="assess"),
    path("personal/orosanmalningar/<uuid:id>/beslut/", staff_views.decide, name="decide"),
]

"""The addresses of the concern report, in the two lists of `urls.py`."""

from django.urls import path

from klarsyn.concerns.report import staff_views, views

public = [path("orosanmalan/", views.page, name="report")]
staff = [
    path("personal/orosanmalningar/", staff_views.inbox_page, name="reports"),
    path("personal/orosanmalningar/<uuid:id>/", staff_views.one, name="one_report"),
    path("personal/orosanmalningar/<uuid:id>/bedomning/", staff_views.assess, name="assess"),
    path("personal/orosanmalningar/<uuid:id>/beslut/", staff_views.decide, name="decide"),
    path("personal/orosanmalningar/<uuid:id>/svar/", staff_views.tell, name="tell"),
    path("personal/orosanmalningar/<uuid:id>/lamna-over/", staff_views.hand_over, name="hand_over"),
    path("personal/overlamnade-anmalningar/", staff_views.registry_page, name="registry"),
    path("personal/overlamnade-anmalningar/<uuid:id>/", staff_views.register, name="register"),
]

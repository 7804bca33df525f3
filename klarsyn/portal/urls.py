"""The public front's addresses."""

from django.urls import URLPattern, path

from klarsyn.portal import views

urlpatterns_public = [
    path("", views.start, name="start"),
    path("stod/", views.support, name="support"),
    path("stod/<slug:code>/", views.support, name="support_in"),
    path("stod/<slug:code>/<slug:page>/", views.support, name="support_page"),
    path("om/", views.text_page("about"), name="about"),
    path("tillganglighet/", views.text_page("accessibility"), name="accessibility"),
    path("integritet/", views.text_page("privacy"), name="privacy"),
]
urlpatterns_staff: list[URLPattern] = []

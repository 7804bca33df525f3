"""Addresses of this room: staff only; see klarsyn/config/urls for the convention."""

from django.urls import URLPattern, path, re_path

from klarsyn.sources import views

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff: list[URLPattern] = [
    path("personal/kallor/", views.index, name="index"),
    path("personal/kallor/kalla/<slug:key>/", views.dataset, name="dataset"),
    path("personal/kallor/las-in/", views.choose, name="choose"),
    path("personal/kallor/las-in/fil/<slug:key>/", views.upload, name="upload"),
    path("personal/kallor/las-in/granska/", views.preview, name="preview"),
    path("personal/kallor/las-in/bekrafta/", views.confirm, name="confirm"),
    path("personal/kallor/las-in/avbryt/", views.drop, name="drop"),
    re_path(
        r"^personal/kallor/mall/(?P<key>[a-z0-9-]+)\.(?P<kind>csv|xlsx)$", views.template, name="template"
    ),
]

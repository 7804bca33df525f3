"""Addresses of the base pages; every process has them."""

from django.urls import path

from klarsyn.base import views

urlpatterns_public = [
    path("lamna/", views.quick_exit, name="quick_exit"),
    path("kommun.css", views.accent, name="accent"),
    path("stil/", views.gallery, name="gallery"),
]

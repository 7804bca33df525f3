"""Courses as files, attitudes measured, coverage by unit, certificates."""

from django.urls import URLPattern

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff: list[URLPattern] = []

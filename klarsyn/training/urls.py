"""Courses, units, certificates and packages."""

from django.urls import URLPattern

from klarsyn.training.coverage import urls as coverage

urlpatterns_public: list[URLPattern] = [*coverage.PUBLIC]
urlpatterns_staff: list[URLPattern] = [*coverage.STAFF]

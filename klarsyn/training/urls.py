"""Courses, units, certificates and packages."""

from django.urls import URLPattern

from klarsyn.training.certificates import urls as certificates
from klarsyn.training.coverage import urls as coverage
from klarsyn.training.packages import urls as packages

urlpatterns_public: list[URLPattern] = [*certificates.PUBLIC]
urlpatterns_staff: list[URLPattern] = [*coverage.STAFF, *certificates.STAFF, *packages.STAFF]

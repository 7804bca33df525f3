"""What somebody saw: the guide, the concern report about a child, observations without persons."""

from django.urls import URLPattern

from klarsyn.concerns.report import urls as report

urlpatterns_public: list[URLPattern] = [*report.public]
urlpatterns_staff: list[URLPattern] = [*report.staff]

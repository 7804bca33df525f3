"""Courses as files, attitudes measured, coverage by unit, certificates."""

from klarsyn.training.attitudes import urls as attitudes

urlpatterns_public = [*attitudes.public]
urlpatterns_staff = [*attitudes.staff]

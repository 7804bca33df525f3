"""Courses as files, attitudes measured, coverage by unit, certificates."""

from klarsyn.training import course_urls
from klarsyn.training.attitudes import urls as attitudes

urlpatterns_public = [*course_urls.PUBLIC, *attitudes.public]
urlpatterns_staff = [*course_urls.STAFF, *attitudes.staff]

"""Courses, units, certificates and packages."""

from klarsyn.training import course_urls
from klarsyn.training.attitudes import urls as attitudes
from klarsyn.training.certificates import urls as certificates
from klarsyn.training.coverage import urls as coverage
from klarsyn.training.packages import urls as packages

urlpatterns_public = [*course_urls.PUBLIC, *attitudes.public, *certificates.PUBLIC]
urlpatterns_staff = [
    *course_urls.STAFF,
    *attitudes.staff,
    *coverage.STAFF,
    *certificates.STAFF,
    *packages.STAFF,
]

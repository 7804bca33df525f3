"""The door Granian knocks on."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from klarsyn.config.door import Door
from klarsyn.training.library import library

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klarsyn.config.settings.production")
_django = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  every page's code is loaded before a worker takes the first request
library()  # and the courses are read: else whoever opens the first of them waits for all
application = Door(_django)

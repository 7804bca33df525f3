"""Tests: cheap passwords, a database of their own, plain static files."""

import tempfile
from pathlib import Path

from klarsyn.config.settings.base import *  # noqa: F403  settings inherit by star, as Django documents
from klarsyn.config.settings.base import STORAGES, env

SECRET_KEY = "test-only"  # noqa: S105  never leaves a test run
HOME = Path(tempfile.mkdtemp(prefix="klarsyn-test-"))
KEYS = HOME / "keys"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir()
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
DEMO = True
ALLOWED_HOSTS = ["*"]
PASSWORD_COST = (1, 8192)  # the numbers, not the strength
CODE_COST = (1, 8192)
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if "DATABASE_URL" not in env.ENVIRON:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

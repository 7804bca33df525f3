"""The tests' settings with a database that is a file: WAL and FULL, as on a server."""

import os
from pathlib import Path

from klarsyn.config.settings.test import *  # noqa: F403  settings inherit by star, as Django documents
from klarsyn.config.settings.test import DATABASES, env

HOME = Path(os.environ["KLARSYN_HOME"])
KEYS = HOME / "keys"
if "DATABASE_URL" not in env.ENVIRON:
    _synchronous = os.environ.get("KLARSYN_FORCE_SYNCHRONOUS", "FULL")  # less is tried to see it fail
    _options = {
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={_synchronous}; PRAGMA mmap_size=134217728;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
    }
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "klarsyn.sqlite3",
            "OPTIONS": _options,
        }
    }
else:
    DATABASES["default"]["NAME"] = os.environ.get("KLARSYN_FORCE_DATABASE", DATABASES["default"]["NAME"])
DEMO = False

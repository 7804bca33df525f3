"""One's own machine: a demo municipality with invented staff, a key kept in the data folder."""

import secrets

from klarsyn.config.settings.base import *  # noqa: F403  settings inherit by star, as Django documents
from klarsyn.config.settings.base import HOME, SECRET_KEY, env

DEMO = env.bool("KLARSYN_DEMO", default=True)
if not SECRET_KEY:
    HOME.mkdir(parents=True, exist_ok=True)
    _key = HOME / "secret-key"
    if not _key.exists():
        _key.touch(mode=0o600)
        _key.write_text(secrets.token_urlsafe(50))
    SECRET_KEY = _key.read_text()

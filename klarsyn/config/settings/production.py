"""Production: refuses to start on demo values, speaks HTTPS only."""

from django.core.exceptions import ImproperlyConfigured

from klarsyn.config.settings.base import *  # noqa: F403  settings inherit by star, as Django documents
from klarsyn.config.settings.base import DEMO, SECRET_KEY

if DEMO:
    raise ImproperlyConfigured(
        "KLARSYN_DEMO is on: it signs anyone in with one click. Unset it in production."
    )
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("Set KLARSYN_SECRET_KEY to at least 50 random characters.")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
KEY_COOKIE = "__Host-key"
VISIT_COOKIE = "__Host-talk"
LEARNER_COOKIE = "__Host-learner"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The browsers' preload list takes whole domains, and that is the municipality's to decide, not this host's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

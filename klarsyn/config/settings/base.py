"""Settings that hold everywhere; the environment overrides by KLARSYN_… and DATABASE_URL."""

from pathlib import Path

import environ  # type: ignore[import-untyped]
from csp.constants import NONE, SELF

env = environ.Env()
ROOT = Path(__file__).resolve().parents[3]
HOME = Path(env.str("KLARSYN_HOME", default=str(ROOT / "var"))).resolve()

# Keys lie outside the database and outside its backups; on a server give them a folder of their own.
KEYS = Path(env.str("KLARSYN_KEYS", default=str(HOME / "keys"))).resolve()

MUNICIPALITY = env.str("KLARSYN_MUNICIPALITY", default="0680")
MUNICIPALITY_FILE = env.str("KLARSYN_MUNICIPALITY_FILE", default=str(ROOT / "klarsyn/base/municipality.toml"))
# Names this installation inside everything sealed and signed: never change it once something is stored.
INSTANCE = env.str("KLARSYN_INSTANCE", default=MUNICIPALITY)
DEMO = env.bool("KLARSYN_DEMO", default=False)  # invented staff, one-click sign-in; never in production
# The host the public knows; stands in PDFs, open data and metadata.
PUBLIC_URL = env.str("KLARSYN_PUBLIC_URL", default="http://127.0.0.1:8000")
# Where "leave quickly" goes: an ordinary page that says nothing about the visitor.
QUICK_EXIT_URL = env.str("KLARSYN_QUICK_EXIT_URL", default="https://www.smhi.se/")

DEBUG = False
SECRET_KEY = env.str("KLARSYN_SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("KLARSYN_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
ROOT_URLCONF = env.str("KLARSYN_URLS", default="klarsyn.config.urls.both")
WSGI_APPLICATION = "klarsyn.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "klarsyn.base",
    "klarsyn.people",
    "klarsyn.receptions",
    "klarsyn.cases",
    "klarsyn.contact",
    "klarsyn.training",
    "klarsyn.concerns",
    "klarsyn.plan",
    "klarsyn.sources",
    "klarsyn.mapping",
    "klarsyn.portal",
    "klarsyn.report",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "klarsyn.base.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "klarsyn.base.leaving.away",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "klarsyn.base.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "klarsyn.base.context.house",
            ],
            "builtins": ["klarsyn.base.templatetags.house"],
        },
    }
]

# SQLite by default: WAL for readers beside a writer, FULL so that what was said to be saved is saved.
_SQLITE = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
    "PRAGMA secure_delete=ON;",  # what is erased is overwritten in the file, not only let go
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{HOME / 'klarsyn.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].update(OPTIONS=_SQLITE, CONN_MAX_AGE=None)
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
# Who owns the tables, where that is not the site's own role: migrations and backups alone use it.
if _OWNER := env.str("KLARSYN_DATABASE_OWNER_URL", default=""):
    DATABASES["owner"] = {**env.db_url_config(_OWNER), "TEST": {"MIRROR": "default"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]  # each by its own name
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
LOCALE_PATHS: list[Path] = []

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["klarsyn.base.uploads.InMemory"]  # nothing in the clear on disk

# What one guess at a staff password costs: Argon2id passes and bytes of memory.
PASSWORD_COST = (3, 64 * 1024 * 1024)
PASSWORD_HASHERS: list[str] = []  # Django keeps no password: see people/keys/accounts.py
# All asked on this machine. Own words: comma-separated; leaked ones: a sorted file of SHA-1 in hex.
PASSWORD_WORDS = env.list("KLARSYN_PASSWORD_WORDS", default=[])
PASSWORD_BREACHED = env.str("KLARSYN_PASSWORD_BREACHED", default="")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "klarsyn.people.passwords.NotCommonAtHeart"},
    {"NAME": "klarsyn.people.passwords.NotOwnWords"},
    {"NAME": "klarsyn.people.passwords.NotBreached"},
]
AUTHENTICATION_BACKENDS = ["klarsyn.people.backends.ById"]
# Second factors are allauth's; its pages, its e-mail and its ways in are not used.
MFA_ADAPTER = "klarsyn.people.factors.adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_RECOVERY_CODE_DIGITS = 10
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = False  # a passkey alone opens no keys
ACCOUNT_EMAIL_VERIFICATION = "none"
STEP_UP_MINUTES = 5
# The municipality's own sign-in, by either door. It says who somebody is; the vault is unlocked after it.
OIDC_ISSUER = env.str("KLARSYN_OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env.str("KLARSYN_OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("KLARSYN_OIDC_CLIENT_SECRET", default="")
OIDC_ACR = env.str("KLARSYN_OIDC_ACR", default="")  # the level asked for, as the provider calls it
SAML_IDP_METADATA = env.str("KLARSYN_SAML_IDP_METADATA", default="")  # a file, fetched and looked at
# Our own key and certificate (PEM files): our questions are signed, and answers may be encrypted to us.
SAML_KEY = env.str("KLARSYN_SAML_KEY", default="")
SAML_CERTIFICATE = env.str("KLARSYN_SAML_CERTIFICATE", default="")
SAML_ENCRYPTED = env.bool("KLARSYN_SAML_ENCRYPTED", default=False)  # take no answer that is not encrypted
SIGN_IN_ORGANISATION = env.str("KLARSYN_SIGN_IN_ORGANISATION", default="")
# What an assignment's purpose gives: "Vård och behandling=mika_counsellor kast_counsellor,…"; empty = all
SIGN_IN_PURPOSES = env.dict("KLARSYN_SIGN_IN_PURPOSES", default={})
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "people:desk"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
PG_BIN = env.str("KLARSYN_PG_BIN", default="")  # where pg_dump lies; "" = found on the path
# Where reminders go out: a folder for whatever sends them, or an HTTP gateway; empty = none is offered.
REMINDER_OUTBOX = env.str("KLARSYN_REMINDER_OUTBOX", default="")
REMINDER_TOKEN = env.str("KLARSYN_REMINDER_TOKEN", default="")  # the gateway's, if it asks for one
# The heads' weekly digest by mail: its sender; empty = the site sends no mail. It goes to addresses of staff
# in the sender's own domain alone.
MAIL_FROM = env.str("KLARSYN_MAIL_FROM", default="")
EMAIL_HOST = env.str("KLARSYN_SMTP_HOST", default="localhost")
EMAIL_PORT = env.int("KLARSYN_SMTP_PORT", default=25)
EMAIL_HOST_USER = env.str("KLARSYN_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = env.str("KLARSYN_SMTP_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("KLARSYN_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 10  # seconds
# From which function to which concern reports are handed over (SDK); "" = the shipped file, invented.
SDK_ADDRESSES = env.str("KLARSYN_SDK_ADDRESSES", default="")
CODE_COST = (2, 19 * 1024 * 1024)  # what one guess at an anonymous code costs, as above
CASES_AN_HOUR = 60  # cases one person may open before a second person is asked for
SESSION_ENGINE = "klarsyn.people.sessions"
SESSION_IDLE_MINUTES, SESSION_ABSOLUTE_HOURS = 30, 10
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
KEY_COOKIE = "key"  # the secret that opens a person's keys in the session; "__Host-key" in production
LEARNER_COOKIE = "learner"  # the code of one who learns without an account; "__Host-learner" in production
VISIT_COOKIE = "talk"  # a visitor's ten minutes; "__Host-talk" in production
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # gone when the browser closes: no trace of a visit for a year
CSRF_FAILURE_VIEW = "klarsyn.base.views.forged"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing to other sites. "no-referrer" would also blank the Origin that protects our own forms.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# No page asks anyone else for anything, and nothing inline runs or paints.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# The log of the web server holds no address and no user agent of a visitor; errors go to stderr.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "klarsyn.base.faults.Faults",
            "fmt": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {
            "handlers": [],
            "level": "INFO",
        },  # instead of its own, which would mail a fault with its form
        "django.request": {"level": "ERROR"},  # no line for a page that is not there
        "fido2": {"level": "WARNING"},  # it would write down which passkey was used
        "httpx": {"level": "WARNING"},  # one line a request would tear the progress bar of a fetch
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
}

"""Production, with one header more: the CPU time of the thread that made the answer."""

from klarsyn.config.settings.production import *  # noqa: F403  settings inherit by star, as Django documents
from klarsyn.config.settings.production import MIDDLEWARE

MIDDLEWARE = ["benchmarks.mixed.spent.told", *MIDDLEWARE]

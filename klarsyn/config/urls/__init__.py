"""Which addresses exist. Choose one list by KLARSYN_URLS: `public`, `staff` or `both`.

Every room with pages has `urls.py` with two lists and writes its whole paths itself, because one room
may stand both at `kartlaggning/` and at `personal/rapporter/`:

    urlpatterns_public = [path("kartlaggning/", views.index, name="index")]
    urlpatterns_staff = [path("personal/rapporter/", views.drafts, name="drafts")]

They are included under the room's own namespace (`report:index`). Swedish stands without prefix, English
under `/en/`. A public template that names a staff page uses `{% url … as address %}`, since a public site
may run without the staff list. The base pages (quick exit, accent, component gallery) stand in every list.
"""

from importlib import import_module

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    "people",
    "receptions",
    "cases",
    "contact",
    "training",
    "concerns",
    "plan",
    "sources",
    "report",
    "portal",
)
HANDLERS = {
    400: "klarsyn.base.views.bad_request",
    403: "klarsyn.base.views.forbidden",
    404: "klarsyn.base.views.not_found",
    500: "klarsyn.base.views.server_error",
}


def addresses(*kinds: str) -> list[URLPattern | URLResolver]:
    """The addresses of the base and of all rooms, of the kinds asked for ("public", "staff")."""
    rooms = [_room("base", ("public",)), *(_room(room, kinds) for room in ROOMS)]
    return list(i18n_patterns(*rooms, prefix_default_language=False))


def _room(room: str, kinds: tuple[str, ...]) -> URLResolver:
    module = import_module(f"klarsyn.{room}.urls")
    patterns = [entry for kind in kinds for entry in getattr(module, f"urlpatterns_{kind}")]
    return path("", include((patterns, room), namespace=room))

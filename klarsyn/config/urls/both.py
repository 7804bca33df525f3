"""One process for both: a small municipality, or one's own machine."""

from klarsyn.config.urls import HANDLERS, addresses

urlpatterns = addresses("public", "staff")
handler400, handler403, handler404, handler500 = (HANDLERS[code] for code in (400, 403, 404, 500))

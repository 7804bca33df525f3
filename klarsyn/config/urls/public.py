"""What a visitor may reach, for a process that knows no staff."""

from klarsyn.config.urls import HANDLERS, addresses

urlpatterns = addresses("public")
handler400, handler403, handler404, handler500 = (HANDLERS[code] for code in (400, 403, 404, 500))

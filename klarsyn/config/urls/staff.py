"""What staff need, for a process on the inner network."""

from klarsyn.config.urls import HANDLERS, addresses

urlpatterns = addresses("staff")
handler400, handler403, handler404, handler500 = (HANDLERS[code] for code in (400, 403, 404, 500))

"""What somebody saw: the guide, the concern report about a child, observations without persons."""

from django.urls import URLPattern, path

from klarsyn.concerns.events import views as events
from klarsyn.concerns.observations import views as observations

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff: list[URLPattern] = [
    path("personal/tecken/", observations.observations, name="observations"),
    path("personal/tecken/<uuid:pk>/ta-tillbaka/", observations.take_back, name="take_back_sign"),
    path("personal/evenemang/", events.events, name="events"),
    path("personal/evenemang/<int:pk>/stryk/", events.withdraw, name="withdraw_event"),
]

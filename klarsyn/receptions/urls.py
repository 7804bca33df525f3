"""The head's page of the reception's facts. What the public reads of them stands in `portal`."""

from django.urls import URLPattern, path

from klarsyn.receptions import views

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff = [
    path("personal/mottagningens-uppgifter/", views.facts, name="facts"),
    path("personal/mottagningens-uppgifter/<int:pk>/avsluta/", views.end, name="end"),
]

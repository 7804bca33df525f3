"""From motion to result: the plan, the work with the police, the year."""

from django.urls import URLPattern

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff: list[URLPattern] = []

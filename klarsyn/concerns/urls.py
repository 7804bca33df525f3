"""What somebody saw: the guide, the concern report about a child, observations without persons."""

from django.urls import URLPattern

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff: list[URLPattern] = []

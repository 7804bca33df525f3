"""The addresses of the contact: those of visitors are public, those of counsellors are not."""

from django.urls import URLPattern

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff: list[URLPattern] = []

"""Addresses of this room; see klarsyn/config/urls for the convention."""

from django.urls import URLPattern

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff: list[URLPattern] = []

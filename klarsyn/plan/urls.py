"""From motion to result: the plan, the work with the police, the year."""

from django.urls import URLPattern

from klarsyn.plan.motions.urls import STAFF as MOTIONS

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff: list[URLPattern] = [*MOTIONS]

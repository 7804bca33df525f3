"""From motion to result: the plan, the work with the police, the year."""

from django.urls import URLPattern

from klarsyn.plan.public.urls import PUBLIC

urlpatterns_public: list[URLPattern] = [*PUBLIC]
urlpatterns_staff: list[URLPattern] = []

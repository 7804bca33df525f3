"""From motion to result: the plan, the work with the police, the year."""

from django.urls import URLPattern

from klarsyn.plan.police import urls as police

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff: list[URLPattern] = [*police.staff]

"""From motion to result: the plan, the work with the police, the year."""

from django.urls import URLPattern

from klarsyn.plan.police import urls as police
from klarsyn.plan.public.urls import PUBLIC

urlpatterns_public: list[URLPattern] = [*PUBLIC]
urlpatterns_staff: list[URLPattern] = [*police.staff]

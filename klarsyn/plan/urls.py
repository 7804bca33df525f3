"""From motion to result: the plan, the work with the police, the year."""

from django.urls import URLPattern, path

from klarsyn.plan.frame import views as frame
from klarsyn.plan.motions.urls import STAFF as MOTIONS
from klarsyn.plan.police import urls as police
from klarsyn.plan.public.urls import PUBLIC
from klarsyn.plan.routines import views as routines
from klarsyn.plan.wheel import views as wheel

urlpatterns_public: list[URLPattern] = [
    *PUBLIC,
    path("planen/aret/", wheel.public_year, name="public_year"),
]
urlpatterns_staff: list[URLPattern] = [
    path("personal/aret/", wheel.this_year, name="this_year"),
    path("personal/aret/<int:year>/", wheel.year, name="year"),
    path("personal/lagen/", frame.law, name="law"),
    path("personal/rutiner/", routines.routines, name="routines"),
    path("personal/rutiner/<int:pk>/", routines.routine, name="routine"),
    *MOTIONS,
    *police.staff,
]

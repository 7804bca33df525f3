"""What somebody saw: the guide, the concern report about a child, observations without persons."""

from django.urls import URLPattern, path

from klarsyn.concerns.guide import views as guide
from klarsyn.concerns.report import urls as report

urlpatterns_public: list[URLPattern] = [
    path("sett/", guide.start, name="guide"),
    path("sett/sw.js", guide.worker, name="guide_worker"),
    path("sett/<slug:code>/", guide.start, name="guide_in"),
    path("sett/<slug:code>/allt/", guide.whole, name="guide_all"),
    path("sett/<slug:code>/<slug:role>/", guide.role, name="guide_role"),
    path("sett/<slug:code>/<slug:role>/kort-<slug:size>.pdf", guide.printed, name="guide_card"),
    path("sett/<slug:code>/<slug:role>/<slug:now>/", guide.now, name="guide_now"),
    path("sett/<slug:code>/<slug:role>/<slug:now>/<slug:sight>/", guide.sight, name="guide_sight"),
    *report.public,
]
urlpatterns_staff: list[URLPattern] = [*report.staff]

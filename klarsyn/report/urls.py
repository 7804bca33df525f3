"""Addresses of this room; see klarsyn/config/urls for the convention."""

from django.urls import path

from klarsyn.report import open_data, published, staff, views
from klarsyn.report.api.urls import PUBLIC as API
from klarsyn.report.embed.urls import PUBLIC as EMBED
from klarsyn.report.evening import stage
from klarsyn.report.evening import views as evening
from klarsyn.report.others import deciding, public
from klarsyn.report.others import views as others

_EDITION = "kartlaggning/<slug:year>/utgava-<int:number>/"
_STAFF = "personal/rapporter/"
_EVENING = f"{_STAFF}<int:id>/kvallen/"

urlpatterns_public = [
    path("kartlaggning/", views.index, name="index"),
    path("kartlaggning/oppna-data/", open_data.page, name="open_data"),
    path("kartlaggning/jamfor/", public.compared, name="compared"),
    path("kartlaggning/jamfor/<int:id>/", public.compared_one, name="compared_one"),
    path(".well-known/klarsyn.json", open_data.well_known, name="well_known"),
    path("kartlaggning/<slug:year>/", views.newest, name="newest"),
    path(_EDITION, views.edition, name="edition"),
    path(f"{_EDITION}fragor/", evening.questions, name="questions"),
    path(f"{_EDITION}kvallen/", stage.slides, name="evening_slides"),
    path(f"{_EDITION}<path:rest>", views.edition, name="edition_file"),
    *API,
    *EMBED,
]
urlpatterns_staff = [
    path(_STAFF, staff.editions, name="editions"),
    path(f"{_STAFF}ny/", staff.draft, name="draft"),
    path(f"{_STAFF}<int:id>/", staff.edition, name="draft_edition"),
    path(f"{_STAFF}<int:id>/sida/", staff.page, name="draft_page"),
    path(f"{_STAFF}<int:id>/sida/kalla/<slug:figure>/", staff.origin, name="draft_origin"),
    path(f"{_STAFF}<int:id>/lamna-in/", staff.submit, name="submit"),
    path(f"{_STAFF}<int:id>/ta-tillbaka/", staff.revise, name="revise"),
    path(f"{_STAFF}<int:id>/rosta/", staff.vote, name="vote"),
    path(f"{_STAFF}<int:id>/publicera/", staff.release, name="release"),
    path(f"{_STAFF}<int:id>/atersand/", staff.send_back, name="send_back"),
    path(f"{_STAFF}<int:id>/ratta/", staff.correct, name="correct"),
    path("personal/andra-kommuner/", others.others, name="others"),
    path("personal/andra-kommuner/ta-emot/", others.take_in, name="take_in"),
    path("personal/andra-kommuner/nyckel/", others.trust, name="trust_key"),
    path(_EVENING, evening.evening, name="evening"),
    path(f"{_EVENING}talarstod/", stage.speaker, name="speaker"),
    path(f"{_EVENING}anteckningar/", stage.own_notes, name="own_notes"),
    path(f"{_EVENING}<int:question>/visa/", evening.show, name="show_question"),
    path(f"{_EVENING}<int:question>/stryk/", evening.strike, name="strike_question"),
    path(f"{_EVENING}<int:question>/svara/", evening.answer, name="answer_question"),
    path(f"{_EVENING}<int:question>/granska/", evening.check, name="check_answer"),
    path("personal/andra-kommuner/foresla/", deciding.propose, name="propose"),
    path("personal/andra-kommuner/jamforelse/<int:id>/", deciding.comparison, name="comparison"),
    path("personal/publicerade-siffror/", published.ledger, name="ledger"),
    path("personal/publicerade-siffror/lamna-ut/", published.answer, name="answer"),
]

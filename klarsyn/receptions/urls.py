"""The head's page of the reception's facts, and what is counted without names."""

from django.urls import URLPattern, path

from klarsyn.receptions import tally_views, views, year_views

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff = [
    path("personal/mottagningens-uppgifter/", views.facts, name="facts"),
    path("personal/mottagningens-uppgifter/<int:pk>/avsluta/", views.end, name="end"),
    path("personal/rakning/", tally_views.tallies, name="tallies"),
    path("personal/rakning/blankett/", tally_views.blank, name="blank_sheet"),
    path("personal/rakning/uppsokande/", tally_views.sheet, name="sheet"),
    path("personal/rakning/<int:pk>/ta-tillbaka/", tally_views.take_back, name="take_back"),
    path("personal/arets-rakning/", year_views.year, name="year"),
    path("personal/arets-rakning/<uuid:team>/<int:year>/", year_views.count, name="count_year"),
    path("personal/arets-rakning/<uuid:team>/<int:year>/forstor/", year_views.destroy, name="destroy_key"),
]

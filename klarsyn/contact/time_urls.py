"""The addresses of times, cards and calls, in the two lists of `urls.py`."""

from django.urls import path

from klarsyn.contact.views import calls, card, published, times

public = [
    entry
    for letter in "mk"
    for entry in (
        path(f"stod/<slug:code>/tid/{letter}/", times.times, {"letter": letter}, name=f"times_{letter}"),
        path(f"stod/<slug:code>/tid/{letter}/kod/", times.mine, {"letter": letter}, name=f"mine_{letter}"),
        path(f"stod/<slug:code>/kort/{letter}/", card.card, {"letter": letter}, name=f"card_{letter}"),
    )
]
staff = [
    path("personal/tider/", published.published, name="published"),
    path("personal/tider/<int:pk>/avsluta/", published.end_times, name="end_times"),
    path("personal/bokade-tider/", published.booked_list, name="booked_list"),
    path("personal/bokade-tider/<uuid:id>/", published.booked, name="booked"),
    path("personal/ring-upp/", calls.call_list, name="call_list"),
    path("personal/ring-upp/<uuid:id>/", calls.call, name="call"),
    path("personal/kort/", calls.cards, name="cards"),
    path("personal/kort/antal/", calls.counts, name="contact_counts"),
]

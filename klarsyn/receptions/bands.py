"""What a reception counts its work in: kinds and bands, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    """What is counted without a name. Two of them never share a table or a sum."""

    OUTREACH = "outreach", _("Uppsökande kontakter")
    VISIT = "visit", _("Besök utan namn")
    CONTACT = "contact", _("Andra kontakter utan namn")
    CONSULTATION = "consultation", _("Konsultationer till yrkesverksamma")
    SHIFT = "shift", _("Pass tillsammans med polisen")
    CARD = "card", _("Kontaktkort som lämnats ut")


class Gender(models.TextChoices):
    """As the person says, or as it seemed to whoever kept the sheet."""

    WOMEN = "women", _("Kvinnor")
    MEN = "men", _("Män")
    TRANS = "trans", _("Transpersoner")
    UNSAID = "unsaid", _("Inte sagt")


class Age(models.TextChoices):
    """Years, in bands."""

    CHILD = "0-17", _("Under 18 år")
    YOUNG = "18-24", _("18–24 år")
    MIDDLE = "25-34", _("25–34 år")
    OLDER = "35+", _("35 år och äldre")
    UNSAID = "unsaid", _("Inte sagt")


class Reach(models.TextChoices):
    """How far an outreach contact came: each is part of the one before it."""

    ATTEMPTED = "attempted", _("Försök")
    REACHED = "reached", _("Nådda")
    ACCEPTED = "accepted", _("Tog emot stöd")


_PLACES: Final = {
    "street": _("på gatan"),
    "indoor": _("i lägenhet eller lokal"),
    "lodging": _("på hotell eller annat boende"),
    "online": _("på nätet"),
}
KINDS: Final[Mapping[str, Mapping[str, str | Promise]]] = MappingProxyType(
    {
        What.OUTREACH: _PLACES,
        What.VISIT: {
            "booked": _("bokat besök"),
            "drop_in": _("öppen mottagning"),
            "outside": _("möte utanför mottagningen"),
        },
        What.CONTACT: {
            "phone": _("telefon"),
            "email": _("e-post"),
            "thread": _("skriftligt med kod"),
            "other": _("på annat sätt"),
        },
        What.CONSULTATION: {
            "social": _("socialtjänsten"),
            "school": _("skolan"),
            "care": _("vården"),
            "police": _("polisen"),
            "lodging": _("hotell och hyresvärdar"),
            "other": _("andra"),
        },
        What.SHIFT: _PLACES,
        What.CARD: {
            "police": _("av polisen"),
            "court": _("i domstol"),
            "care": _("i vården"),
            "other": _("av andra"),
        },
    }
)

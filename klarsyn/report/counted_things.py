"""What protected counts are counts of, and whose: "kontakter hos Mika". People where nothing else is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from klarsyn.sources.values import Measure

_PEOPLE: Final = ("människor", "people")
_CONTACTS: Final = ("kontakter", "contacts")
_THINGS: Final[Mapping[Measure, tuple[str, str]]] = {
    Measure.RECEPTION_PERSONS: ("personer med stöd", "people with support"),
    Measure.RECEPTION_SUPPORT: ("insatser", "kinds of support to people"),
    Measure.RECEPTION_CONTACTS: _CONTACTS,
    Measure.RECEPTION_CLOSED: ("avslutade kontakter", "contacts that ended"),
    Measure.RECEPTION_FOLLOWUP: ("uppföljningar", "follow-ups"),
    Measure.NAMELESS_VISITS: ("besök utan namn", "visits without names"),
    Measure.NAMELESS_CONTACTS: ("kontakter utan namn", "contacts without names"),
    Measure.OUTREACH_CONTACTS: ("försök till kontakt", "tries at contact"),
    Measure.CONSULTATIONS: ("konsultationer", "consultations"),
    Measure.POLICE_SHIFTS: ("pass med polisen", "shifts with the police"),
    Measure.CARDS_HANDED_OUT: ("kontaktkort", "contact cards"),
    Measure.ARRANGED_CONTACTS: ("tider och uppringningar", "times and call-backs"),
    Measure.CONTACT_CARDS: ("kontaktkort", "contact cards"),
    Measure.VISITOR_RESIDENCE: ("bokade besök", "booked visits"),
    Measure.RECEPTION_WORK: ("gånger", "times"),
    Measure.OBSERVATIONS: ("tecken", "signs"),
    Measure.JOINT_WORK: ("tillfällen", "occasions"),
    Measure.ATTITUDE_CHANGE: ("jämförelser med svaren före", "comparisons with the answers before"),
    Measure.TRAINING_COVERAGE: ("anställda", "staff"),
}
_WHOSE: Final[Mapping[str, tuple[str, str]]] = {
    "mika": (" hos Mika", " at Mika"), "kast": (" hos KAST", " at KAST"),
    "training": (" i enheterna", " in the units"), "arenas": ("", ""), "cooperation": ("", ""),
}  # fmt: skip


def things(measure: Measure | None, language: str) -> str:
    words = _THINGS.get(measure, _PEOPLE) if measure else _PEOPLE
    return words[language == "en"]


def counted(measure: str, language: str) -> str:
    """ "kontakter"; "" for a measure that has no word here."""
    return _THINGS.get(Measure(measure), ("", ""))[language == "en"] if measure else ""


def whose(reception: str, language: str) -> str:
    """ " hos Mika"; nothing where no reception counted."""
    return _WHOSE[reception][language == "en"] if reception else ""

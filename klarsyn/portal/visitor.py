"""The pages for whoever seeks help: their words, one file a language, and the receptions' facts in them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from klarsyn.base.help_numbers import help_numbers
from klarsyn.contact import talk
from klarsyn.contact.words import words as booking_words
from klarsyn.receptions.policy import Ages
from klarsyn.receptions.queries import Shown, shown

FOLDER: Final = Path(__file__).with_name("support")
# In the order of the language menu: those of the country first, then the rest. "latt" is easy Swedish.
LANGUAGES: Final = ("sv", "latt", "en", "ar", "es", "pl", "ro", "th", "uk")
PAGES: Final = ("m", "k", "nara", "ung", "skrivs", "spar")
RECEPTIONS: Final = {"m": "mika", "k": "kast"}
# Whose numbers stand in view on every page: names of base/help_numbers.toml, and words under [ui].
IN_VIEW: Final = {"emergency": "danger", "suicide": "suicide", "child": "child"}
# Pages that say "phone us": whose number stands there, each reception asked for by itself.
PHONES: Final = {"nara": (("Mika", "mika"), ("KAST", "kast")), "ung": (("Mika", "mika"),)}


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in view on every page."""

    label: str
    number: str
    call: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    heading: str
    lead: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to the first page's question; `page` is where it leads."""

    page: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """One language. `code` stands in the address, `lang` is what a screen reader is told."""

    code: str
    name: str
    lang: str
    dir: str
    is_reviewed: bool
    ui: Mapping[str, Any]
    hub: Page
    question: str
    choices: tuple[Choice, ...]
    pages: Mapping[str, Page]


@dataclass(frozen=True, slots=True)
class Contact:
    """A reception's facts in the reader's words. Empty where nothing is confirmed."""

    phone: str
    call: str
    address: str
    hours: tuple[tuple[str, str], ...]
    who: tuple[str, ...]
    is_invented: bool


@cache
def words(code: str) -> Words:
    """The words of a language of `LANGUAGES`; KeyError for any other."""
    if code not in LANGUAGES:
        raise KeyError(code)
    data = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    hub = data["hub"]
    return Words(
        code=code,
        name=data["name"],
        lang=data["lang"],
        dir=data["dir"],
        is_reviewed=bool(data["reviewed_by"]),
        ui=data["ui"],
        hub=Page(hub["heading"], hub["lead"], ()),
        question=hub["question"],
        choices=tuple(Choice(*choice) for choice in hub["choices"]),
        pages={key: _page(data[key]) for key in PAGES},
    )


def numbers(day: date) -> tuple[Number, ...]:
    """The numbers always in view on a day, with their sources."""
    held = help_numbers(day)
    shown_now = ((label, held[name]) for name, label in IN_VIEW.items() if name in held)
    return tuple(Number(label, one.number, one.address, one.source) for label, one in shown_now)


def frame(code: str) -> dict[str, Any]:
    """What stands round a visitor's page in a language, whichever room's page it is. Raises KeyError."""
    said = words(code)
    return {
        "said": said,
        "numbers": numbers(timezone.localdate()),
        "all_languages": [words(other) for other in LANGUAGES],
        "write": talk.words(said.code)["link"],
        "book": booking_words(said.code).booking["choose"],
        "call_us": lambda: phones(said, "nara", timezone.localdate()),  # asked only where it is shown
    }


def phones(said: Words, page: str, day: date) -> list[tuple[str, Contact]]:
    """(reception, its facts) of those whose number stands on a page that says phone us."""
    return [
        (name, contact(said, shown(kind, settings.MUNICIPALITY, day))) for name, kind in PHONES.get(page, ())
    ]


def contact(said: Words, shown: Shown | None) -> Contact:
    """What is confirmed of a reception, as the language says it."""
    if shown is None:
        return Contact("", "", "", (), (), is_invented=False)
    who = [_age(said.ui, shown.ages)] if shown.ages else []
    if shown.ages and shown.ages.youngest:
        who.append(said.ui["nobody_sent_away"])
    if shown.areas:
        who.append(said.ui["areas"].format(areas=", ".join(area.name for area in shown.areas)))
    return Contact(
        phone=shown.phone,
        call=f"tel:{shown.phone.replace(' ', '').replace('-', '')}" if shown.phone else "",
        address=shown.address,
        hours=_hours(said, shown),
        who=tuple(who),
        is_invented=shown.is_invented,
    )


def _page(given: Mapping[str, Any]) -> Page:
    sections = tuple(Section(heading, tuple(paragraphs)) for heading, paragraphs in given["sections"])
    return Page(given["heading"], given["lead"], sections)


def _age(ui: Mapping[str, Any], ages: Ages) -> str:
    match (ages.youngest, ages.oldest):
        case (None, None):
            form = "age_any"
        case (_, None):
            form = "age_from"
        case (None, _):
            form = "age_to"
        case _:
            form = "age_between"
    said: str = ui[form]
    return said.format(youngest=ages.youngest, oldest=ages.oldest)


def _hours(said: Words, shown: Shown) -> tuple[tuple[str, str], ...]:
    """(weekday, its stretches), the days of the week in order."""
    by_day: dict[int, list[str]] = {}
    for one in shown.hours:
        by_day.setdefault(one.weekday, []).append(f"{one.opens:%H:%M}–{one.closes:%H:%M}")
    return tuple((said.ui["days"][day], ", ".join(times)) for day, times in sorted(by_day.items()))

"""What rooms hang on the start page, in the menus and in the desk's left rail, without being imported.

A room does so once, in `AppConfig.ready`:

    register_card(cards.latest_mapping)
    register_link(Link(_("Kartläggningen"), "report:index", place="top", order=10))
    register_door(Door(_("Källor"), "sources:index", Permission.SOURCE_READ, order=20))
"""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CardFigure:
    """A number on a card, as text in the reader's language. A rate never comes without its interval."""

    label: str
    value: str
    interval: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A finding with its way in. `title` is a sentence, `link` says where `address` leads."""

    title: str
    text: str
    address: str
    link: str
    kicker: str = ""
    figures: tuple[CardFigure, ...] = ()
    caveat: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class Door:
    """A line in the desk's rail: shown to those who hold `permission` ("" = anyone signed in).

    `order` says where it stands, and so under which heading of GROUPS.
    """

    title: str | Promise
    url_name: str
    permission: str = ""
    sentence: str | Promise = ""
    order: int = 50


# Heading of the rail -> the order from which doors stand under it.
GROUPS: Final[tuple[tuple[str | Promise, int], ...]] = (
    ("", 0),
    (gettext_lazy("Siffror och rapporter"), 10),
    (gettext_lazy("Utbildning"), 40),
    (gettext_lazy("Kontakter och ärenden"), 50),
    (gettext_lazy("Mottagningen"), 73),
    (gettext_lazy("Insyn och nycklar"), 76),
    (gettext_lazy("Du och rollerna"), 85),
)


@dataclass(frozen=True, slots=True)
class DoorGroup:
    """The doors of one heading; the first group has none."""

    title: str | Promise
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A line of a public menu. `place`: "top", "foot" or "help" (the start page's ways to help).

    `fragment` points inside the page.
    """

    title: str | Promise
    url_name: str
    place: str = "top"
    fragment: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class Reminder:
    """A line at the top of somebody's own desk: what is asked of them, and where it is done."""

    text: str
    address: str
    is_late: bool = False


MakeCard = Callable[[], Card | None]
_cards: list[MakeCard] = []
_doors: list[Door] = []
_links: list[Link] = []
MakeReminders = Callable[[Any], Iterable[Reminder]]
_reminders: list[str] = []


def register_card(make: MakeCard) -> None:
    """`make` runs at each request in the reader's language; None = nothing to show yet."""
    if make not in _cards:
        _cards.append(make)


def register_door(door: Door) -> None:
    if door not in _doors:
        _doors.append(door)


def register_reminders(name: str) -> None:
    """`name`: dotted path of the function that tells what is asked of whoever opens their desk."""
    if name not in _reminders:
        _reminders.append(name)


def reminders(user: Any) -> tuple[Reminder, ...]:
    """What is asked of somebody, what is late first."""
    makers: list[MakeReminders] = [import_string(name) for name in _reminders]
    made = [one for make in makers for one in make(user)]
    return tuple(sorted(made, key=lambda one: not one.is_late))


def register_link(link: Link) -> None:
    if link not in _links:
        _links.append(link)


def links(place: str) -> tuple[Link, ...]:
    """The links of one menu, in order."""
    return tuple(sorted((link for link in _links if link.place == place), key=lambda link: link.order))


def cards() -> tuple[Card, ...]:
    """The cards that have something to show. One that fails is logged and left out.

    The start page also carries the emergency numbers; a broken figure must not take them down.
    """
    made = []
    for make in _cards:
        try:
            card = make()
        except Exception:
            log.exception("a card of the start page failed: %s", make)
            continue
        if card is not None:
            made.append(card)
    return tuple(sorted(made, key=lambda card: card.order))


def doors(permissions: Collection[str]) -> tuple[Door, ...]:
    """The doors that somebody with these permissions may open, in order."""
    mine = (door for door in _doors if not door.permission or door.permission in permissions)
    return tuple(sorted(mine, key=lambda door: door.order))


def grouped(permissions: Collection[str]) -> tuple[DoorGroup, ...]:
    """The same doors under their headings; a heading with nothing under it is left out."""
    mine = doors(permissions)
    ends = (*(first for _title, first in GROUPS[1:]), None)
    made = [
        DoorGroup(title, tuple(d for d in mine if first <= d.order and (end is None or d.order < end)))
        for (title, first), end in zip(GROUPS, ends, strict=True)
    ]
    return tuple(group for group in made if group.doors)


MakeFrame = Callable[[str], dict[str, Any]]
_frames: list[str] = []


def register_frame(name: str) -> None:
    """`name`: dotted path of the function that gives the frame of a visitor's page in a language.

    The pages for whoever seeks help have one look and one set of words round them, which the public front
    owns; a room below it that has such a page asks for the frame here.
    """
    if name not in _frames:
        _frames.append(name)


def frame(code: str) -> dict[str, Any]:
    """What `portal/support/frame.html` needs in that language. Raises KeyError for one we do not speak."""
    make: MakeFrame = import_string(_frames[0])
    return make(code)

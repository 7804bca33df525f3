"""What every template knows: the municipality, the languages, the way out, the desk's rail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from klarsyn.base import front
from klarsyn.base.municipality import municipality


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its own name, with this page's address in it."""

    code: str
    name: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A line of a menu, with its address in the reader's language."""

    title: str
    address: str
    is_current: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """The context processor. `rail` is called by the desk's template only: public pages touch no session."""
    context = house_at(request.path, get_language() or settings.LANGUAGE_CODE)
    return {**context, "rail": lambda: front.grouped(getattr(request.user, "permissions", frozenset()))}


def house_at(path: str, language: str) -> dict[str, Any]:
    """The same without a request, for pages that are rendered once and served from disk."""
    home = municipality()
    return {
        "municipality": home,
        "municipality_name": home.name_in(language),
        "languages": languages(path, language),
        "home": "/" if language == settings.LANGUAGE_CODE else f"/{language}/",
        "page_path": path,
        "is_demo": settings.DEMO,
        "top_links": menu("top", path),
        "foot_links": menu("foot", path),
    }


def menu(place: str, path: str) -> tuple[MenuLink, ...]:
    """A public menu. A link whose page this process does not serve is left out."""
    lines = []
    for link in front.links(place):
        try:
            address = reverse(link.url_name)
        except NoReverseMatch:
            continue
        is_current = address == path and not link.fragment
        fragment = f"#{link.fragment}" if link.fragment else ""
        lines.append(MenuLink(str(link.title), address + fragment, is_current))
    return tuple(lines)


def languages(path: str, current: str) -> Sequence[Language]:
    """This page in each language, one click away. Swedish has no prefix."""
    bare = path
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            bare = path[len(code) + 1 :] or "/"
    return tuple(
        Language(
            code=code,
            name=str(name),
            address=bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}",
            is_current=code == current,
        )
        for code, name in settings.LANGUAGES
    )

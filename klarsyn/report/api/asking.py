"""A question to the API, checked before anything is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from klarsyn.base.language import reader_language
from klarsyn.report.api.problems import Code, Wrong

LANGUAGES: Final = ("sv", "en")
MOST: Final = 500  # lines of one page
USUAL: Final = 100
LAST: Final = 100_000  # page
_LONGEST: Final = 80  # of a word that is said back
_METHODS: Final = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Parameter:
    """`values`: what it may be; a number where `most` is given."""

    name: str
    sv: str
    en: str
    values: tuple[str, ...] = ()
    most: int = 0
    usual: str = ""
    pattern: str = ""


LANG: Final = Parameter("lang", "Språk i texterna.", "Language of the texts.", LANGUAGES, usual="sv")
PAGE: Final = Parameter("page", "Vilken sida av svaret.", "Which page of the answer.", most=LAST, usual="1")
PER_PAGE: Final = Parameter(
    "per_page", "Rader på en sida.", "Lines on a page.", most=MOST, usual=str(USUAL)
)  # fmt: skip
PAGED: Final = (LANG, PAGE, PER_PAGE)
_WORD: Final = r"^[A-Za-z0-9_-]{1,60}$"
EDITION: Final = Parameter("edition", "Bara ur denna utgåva.", "Of this edition alone.", pattern=_WORD)
INDICATOR: Final = Parameter(
    "indicator", "Bara av denna indikator.", "Of this indicator alone.", pattern=_WORD
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, in which language and which page. `path` is without its query."""

    path: str
    language: str
    page: int = 1
    per_page: int = USUAL
    only: tuple[tuple[str, str], ...] = ()

    def filter(self, name: str) -> str | None:
        return dict(self.only).get(name)


def language(request: HttpRequest) -> str:
    """The language asked for; of the address where none is, or one that we do not speak."""
    given = request.GET.get("lang", "")
    own = reader_language()
    return given if given in LANGUAGES else own


def asked(request: HttpRequest, allowed: tuple[Parameter, ...]) -> Asked:
    """The question. Raises Wrong for another method, form, parameter or value."""
    if request.method not in _METHODS:
        raise Wrong(Code.METHOD, _("Ställ frågan med GET eller HEAD. Här går inget att skriva."))
    if not request.accepts("application/json"):
        raise Wrong(
            Code.NOT_ACCEPTABLE, _("Ta bort Accept ur frågan, eller låt den innehålla application/json.")
        )
    found = {one.name: _one(request, one) for one in allowed if one.name in request.GET}
    _check_names(request, allowed)
    return Asked(
        path=request.path,
        language=language(request),
        page=int(found.pop("page", "1")),
        per_page=int(found.pop("per_page", str(USUAL))),
        only=tuple((name, value) for name, value in found.items() if name != "lang"),
    )


def _check_names(request: HttpRequest, allowed: tuple[Parameter, ...]) -> None:
    names = [one.name for one in allowed]
    for name in request.GET:
        if name not in names:
            raise Wrong(
                Code.UNKNOWN_PARAMETER,
                _("Adressen känner inte %(name)s. Den tar %(names)s.")
                % {"name": _said(name), "names": ", ".join(names)},
            )


def _one(request: HttpRequest, one: Parameter) -> str:
    given = request.GET.getlist(one.name)
    if len(given) > 1:
        raise Wrong(Code.BAD_VALUE, _("%(name)s står flera gånger. Ange den en gång.") % {"name": one.name})
    (value,) = given
    if one.most:
        return _number(one, value)
    if one.values and value not in one.values:
        raise _bad(_("%(name)s kan inte vara %(value)s. Skriv %(values)s."), one, value)
    if one.pattern and not re.fullmatch(one.pattern, value):
        raise _bad(
            _("%(name)s kan inte vara %(value)s. Skriv bara bokstäver a–z, siffror, - och _."), one, value
        )
    return value


def _number(one: Parameter, value: str) -> str:
    is_number = value.isascii() and value.isdigit() and len(value) <= len(str(one.most))
    if not is_number or not 1 <= int(value) <= one.most:
        raise _bad(_("%(name)s kan inte vara %(value)s. Skriv ett heltal mellan 1 och %(most)s."), one, value)
    return value


def _bad(sentence: str, one: Parameter, value: str) -> Wrong:
    about = {"name": one.name, "value": _said(value), "values": " / ".join(one.values), "most": one.most}
    return Wrong(Code.BAD_VALUE, sentence % about)


def _said(word: str) -> str:
    """What somebody sent, short and harmless enough to be said back."""
    shown = "".join(c if c.isprintable() else "·" for c in word[:_LONGEST])
    return f"”{shown}…”" if len(word) > _LONGEST else f"”{shown}”"

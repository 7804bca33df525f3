"""From what a file calls a place to its code: codes without zeros, genitives, names with stray spaces."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from klarsyn.sources import areas, shipped
from klarsyn.sources.readers import area_code
from klarsyn.sources.values import Area

_CODE = re.compile(r"([0-9]{1,4}|P-[A-Z]+)(?:\s+([^0-9].*))?", re.S)
_ENDING = re.compile(r" (kommun|stad|län)$")


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Why a text names no area on the day, and what it may have meant."""

    expected: str
    mend: str


def match(text: str, on: date, kinds: tuple[str, ...], *, genitive: bool = False) -> Area | Unmatched:
    """The area that a cell names on a day: by code ("680", "0680", "0680 Jönköping"), else by name."""
    given = tidy(text)
    coded = _CODE.fullmatch(given)
    if coded:
        return _by_code(area_code(coded[1]), coded[2] or "", on, kinds)
    found = _names(on, kinds, genitive).get(_fold(given))
    if found is not None:
        return areas.area(found, on)
    return _unknown(given, on, kinds)


def agrees(name: str, area: Area, on: date) -> bool:
    """Whether a name beside a code is that area's name, however spelt."""
    return _names(on, (area.kind,), True).get(_fold(tidy(name))) == area.code


def tidy(text: str) -> str:
    """Composed letters, no padding, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def _by_code(code: str, label: str, on: date, kinds: tuple[str, ...]) -> Area | Unmatched:
    try:
        area = areas.area(code, on)
    except KeyError:
        return _retired(code, on)
    if area.kind not in kinds:
        return Unmatched(_expected(kinds), _("Raden gäller ett område av annat slag; ta bort den."))
    if label and not agrees(label, area, on):
        return Unmatched(
            _("koden för %(label)s") % {"label": label},
            _("Koden %(code)s är %(name)s; rätta koden eller namnet.") % {"code": code, "name": area.name},
        )
    return area


def _retired(code: str, on: date) -> Unmatched:
    for found in areas.known_municipalities():
        if found.code == code and found.valid_to and found.valid_to < on:
            later = next((m for m in areas.municipalities(on) if code in m.predecessors), None)
            return Unmatched(
                _("en kod som gällde %(day)s") % {"day": on.isoformat()},
                _("Koden %(code)s (%(name)s) gällde till %(end)s; använd %(later)s, eller välj rätt år.")
                % {
                    "code": code,
                    "name": found.name,
                    "end": found.valid_to.isoformat(),
                    "later": later.code if later else "–",
                },
            )
        if found.code == code and found.valid_from and found.valid_from > on:
            return Unmatched(
                _("en kod som gällde %(day)s") % {"day": on.isoformat()},
                _("Koden %(code)s (%(name)s) gäller från %(start)s; tabellen har en senare indelning.")
                % {"code": code, "name": found.name, "start": found.valid_from.isoformat()},
            )
    near = difflib.get_close_matches(code, [m.code for m in areas.municipalities(on)], n=1)
    if near:
        mend = _("Koden finns inte; menas %(code)s?") % {"code": near[0]}
    else:
        mend = _("Koden finns inte; rätta den.")
    return Unmatched(_("en kommunkod med fyra siffror"), mend)


def _unknown(text: str, on: date, kinds: tuple[str, ...]) -> Unmatched:
    names = {_fold(area.name): area for area in areas.areas(on) if area.kind in kinds}
    near = difflib.get_close_matches(_fold(_ENDING.sub("", text)), names, n=1, cutoff=0.6)
    mend = _("Rätta namnet, eller skriv kommunkoden i stället.")
    if near:
        area = names[near[0]]
        mend = _("Menas %(name)s (%(code)s)?") % {"name": area.name, "code": area.code} + " " + mend
    return Unmatched(_expected(kinds), mend)


def _expected(kinds: tuple[str, ...]) -> str:
    words = {
        "municipality": _("kommun"),
        "county": _("län"),
        "police_region": _("polisregion"),
        "nation": _("riket"),
    }
    return _("namn eller kod på: %(kinds)s") % {"kinds": ", ".join(words[kind] for kind in kinds)}


@lru_cache(maxsize=64)
def _names(on: date, kinds: tuple[str, ...], genitive: bool) -> dict[str, str]:
    """Every spelling we accept, folded -> code. One that two areas could mean is left out."""
    spellings: list[tuple[str, str]] = []
    for area in areas.areas(on):
        if area.kind not in kinds:
            continue
        base = [
            area.name,
            *(row["name"] for row in shipped.rows("facts/aliases.csv") if row["code"] == area.code),
        ]
        for name in base:
            spellings.append((_fold(name), area.code))
            if genitive:
                forms = (f"{name} kommun", f"{name}s kommun", f"{name} stad", f"{name}s stad")
                spellings += [(_fold(form), area.code) for form in forms]
    pairs = set(spellings)
    times = Counter(spelling for spelling, _code in pairs)
    return {spelling: code for spelling, code in pairs if times[spelling] == 1}


def _fold(text: str) -> str:
    return tidy(text).casefold()

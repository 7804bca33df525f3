"""One table of a TOML file, asked field by field; each fault is kept with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.base.help_numbers import NAMES
from klarsyn.training.reading.faults import Faults

ID: Final = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_WORD: Final = re.compile(r"\w[^\s]*")
_BRACES: Final = re.compile(r"\{([^{}\n]*)\}?|\}")
_PHONED: Final = re.compile(r"(?<![\w.,:–-])(?:112|114 ?14|0\d{1,3}[- ]\d{2,3}(?:[  ]?\d{2}){1,3})(?![\w:–])")
_TAG: Final = re.compile(r"<(?![^<>]*://)[a-zA-Z/!][^<>]*>")


def words_of(text: str) -> int:
    """How many words a reader meets; marks of Markdown are none."""
    return len(_WORD.findall(re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]", " ", text)))


class Table:
    """A table: `where` is its name in the file's lines, "" at the top."""

    def __init__(
        self, raw: Mapping[str, Any], lines: Mapping[str, int], file: str, faults: Faults, where: str = ""
    ) -> None:
        self.raw, self.lines, self.file, self.faults, self.where = raw, lines, file, faults, where

    def line(self, name: str = "") -> int:
        """The line of a field, else of its table."""
        whole = ".".join(part for part in (self.where, name) if part)
        if f"{whole}.0" in self.lines:
            return self.lines[f"{whole}.0"]  # an array: its first table
        while whole and whole not in self.lines:
            whole = whole.rpartition(".")[0]
        return self.lines.get(whole, 1)

    def say(self, name: str, message: str | Promise, /, **values: object) -> None:
        self.faults.say(self.file, self.line(name), message, **values)

    def only(self, *names: str) -> None:
        """Every other field is a fault: most often a slip of the pen."""
        for name in self.raw:
            if name not in names:
                known = ", ".join(names)
                self.say(name, _('okänt fält "%(name)s"; fälten är %(known)s'), name=name, known=known)

    def text(self, name: str, *, longest: int = 0, most_words: int = 0, may_lack: bool = False) -> str:
        """A text. `longest` in signs, `most_words` in words; braces, tags and numbers are looked at."""
        if name not in self.raw:
            if not may_lack:
                self.say(name, _('fältet "%(name)s" saknas; skriv %(name)s = "…"'), name=name)
            return ""
        value: str = self.raw[name]
        if not isinstance(value, str):
            self.say(name, _('"%(name)s" ska vara en text inom citattecken'), name=name)
            return ""
        value = value.strip()
        if not value and not may_lack:
            self.say(name, _('"%(name)s" är tom; skriv något'), name=name)
        self._sized(name, value, longest, most_words)
        look_at(value, self.file, self.line(name), self.faults)
        return value

    def _sized(self, name: str, value: str, longest: int, most_words: int) -> None:
        if longest and len(value) > longest:
            said = {"name": name, "count": len(value), "most": longest}
            self.say(name, _('"%(name)s" har %(count)d tecken och får ha högst %(most)d'), **said)
        if most_words and words_of(value) > most_words:
            said = {"name": name, "count": words_of(value), "most": most_words}
            self.say(
                name, _('"%(name)s" har %(count)d ord och får ha högst %(most)d; korta eller dela'), **said
            )

    def number(self, name: str, low: int, high: int) -> int:
        value = self.raw.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        said = {"name": name, "low": low, "high": high}
        self.say(name, _('"%(name)s" ska vara ett heltal från %(low)d till %(high)d'), **said)
        return low

    def day(self, name: str) -> date:
        value = self.raw.get(name)
        if type(value) is date:
            return value
        self.say(name, _('"%(name)s" ska vara ett datum utan citattecken, som 2027-03-31'), name=name)
        return date.min

    def truth(self, name: str) -> bool:
        value = self.raw.get(name)
        if isinstance(value, bool):
            return value
        self.say(name, _('"%(name)s" ska vara true eller false'), name=name)
        return False

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        value = self.raw.get(name)
        if isinstance(value, str) and value in allowed:
            return value
        said = {"name": name, "allowed": ", ".join(allowed)}
        self.say(name, _('"%(name)s" ska vara ett av: %(allowed)s'), **said)
        return ""

    def id(self, name: str = "id") -> str:
        value = self.raw.get(name)
        if isinstance(value, str) and ID.match(value) and len(value) <= 60:
            return value
        said = {"name": name}
        self.say(name, _('"%(name)s" ska vara en kort text av a–z, 0–9 och bindestreck'), **said)
        return ""

    def texts(self, name: str, least: int = 0, most: int = 99) -> tuple[str, ...]:
        """A list of texts."""
        value = self.raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.say(name, _('"%(name)s" ska vara en lista av texter, som ["…", "…"]'), name=name)
            return ()
        if not least <= len(value) <= most:
            said = {"name": name, "count": len(value), "least": least, "most": most}
            self.say(name, _('"%(name)s" har %(count)d rader och ska ha %(least)d–%(most)d'), **said)
        for one in value:
            look_at(one, self.file, self.line(name), self.faults)
        return tuple(one.strip() for one in value)

    def tables(self, name: str, least: int = 0, most: int = 999) -> tuple[Table, ...]:
        """The tables of an array: `[[name]]`."""
        value = self.raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.say(name, _("skriv [[%(name)s]] på en egen rad före fälten"), name=name)
            return ()
        if not least <= len(value) <= most:
            said = {"name": name, "count": len(value), "least": least, "most": most}
            self.say(name, _("[[%(name)s]] finns %(count)d gånger och ska finnas %(least)d–%(most)d"), **said)
        inner = f"{self.where}.{name}" if self.where else name
        return tuple(
            Table(one, self.lines, self.file, self.faults, f"{inner}.{n}") for n, one in enumerate(value)
        )


def look_at(text: str, file: str, first_line: int, faults: Faults) -> None:
    """Names in braces, numbers written out, raw HTML and pictures, each with its line."""

    def at(place: int) -> int:
        return first_line + text.count("\n", 0, place)

    for found in _BRACES.finditer(text):
        if found[1] not in NAMES or not found[0].endswith("}"):
            known = ", ".join(f"{{{name}}}" for name in NAMES)
            said = {"what": found[0], "known": known}
            faults.say(
                file, at(found.start()), _("%(what)s är inget nummer vi har; skriv ett av %(known)s"), **said
            )
    for found in _PHONED.finditer(text):
        said = {"what": found[0]}
        faults.say(
            file, at(found.start()),
            _("telefonnumret %(what)s står som text; skriv namnet i klamrar, som {emergency}"), **said,
        )  # fmt: skip
    for found in _TAG.finditer(text):
        faults.say(file, at(found.start()), _("HTML går inte att använda: %(what)s"), what=found[0])
    if (place := text.find("![")) >= 0:
        faults.say(file, at(place), _("bilder går inte att använda; beskriv med ord"))

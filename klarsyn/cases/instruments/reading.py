"""An instrument's file, read with its faults named by the line they stand on; no licence, no instrument."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases.words import Text

LARGEST: Final = 200_000  # characters
MOST_ITEMS, MOST_ANSWERS = 100, 20
RECEPTIONS: Final = ("mika", "kast")
TIMES: Final = ("start", "3", "12", "other")
_KEY: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_TOP: Final = {
    "key", "version", "licence", "licence_confirmed_by", "title", "receptions", "times", "scoring", "item",
}  # fmt: skip
_ITEM: Final = {"key", "text", "answers", "reversed"}


class Method(StrEnum):
    MEAN = "mean"
    SUM = "sum"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Answer:
    value: int
    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    text: Text
    answers: tuple[Answer, ...]
    is_reversed: bool

    def scored(self, value: int) -> int:
        """The value as it counts: of a reversed question, seen from the other end."""
        values = [answer.value for answer in self.answers]
        return min(values) + max(values) - value if self.is_reversed else value


@dataclass(frozen=True, slots=True)
class Instrument:
    key: str
    version: int
    licence: str
    licence_confirmed_by: str
    title: Text
    receptions: tuple[str, ...]
    times: tuple[str, ...]
    method: Method
    least: int
    items: tuple[Item, ...]

    def score(self, answers: Mapping[str, int]) -> float | None:
        """The score of the answered questions; None with fewer answers than `least`, or without a method."""
        given = [item.scored(answers[item.key]) for item in self.items if item.key in answers]
        if self.method is Method.NONE or len(given) < self.least:
            return None
        return sum(given) / len(given) if self.method is Method.MEAN else float(sum(given))


class _Lines:
    """Where in the file something stands: the parser keeps the values and forgets the lines."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.items = [i for i, line in enumerate(self.lines, start=1) if line.strip() == "[[item]]"]

    def of(self, name: str, item: int | None = None) -> int:
        """The line of a name, at the top or in an item; else of where its part begins."""
        start, end = 1, self.items[0] if self.items else len(self.lines) + 1
        if item is not None:
            start = self.items[item] if item < len(self.items) else 1
            end = self.items[item + 1] if item + 1 < len(self.items) else len(self.lines) + 1
        form = re.compile(rf"\s*\[?\[?{re.escape(name)}\b")
        found = (i for i in range(start, end) if form.match(self.lines[i - 1]))
        return next(found, start)


def read_instrument(text: str, *, file: str) -> Instrument:
    """The instrument of a file. Raises Refused: the file, the line, what is wrong and what to do."""
    if len(text) > LARGEST:
        raise _wrong(file, 1, _("filen är för stor; dela upp den"))
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"at line (\d+)", str(problem))
        number = int(line.group(1)) if line else len(text.splitlines())
        raise _wrong(file, number, _("raden går inte att läsa som TOML; rätta den")) from None
    return _Reader(held, _Lines(text), file).instrument()


class _Reader:
    """One file being read: what it holds, and how a fault in it is told."""

    def __init__(self, held: Mapping[str, Any], lines: _Lines, file: str) -> None:
        self.held, self.lines, self.file = held, lines, file

    def instrument(self) -> Instrument:
        self._known(self.held, _TOP, None)
        licence = self._licence("licence")
        confirmed = self._licence("licence_confirmed_by")
        key = self._key(self.held, None)
        version = self._whole("version", self.held.get("version"), 1, 10_000)
        items = self._items()
        method, least = self._scoring(len(items))
        return Instrument(
            key, version, licence, confirmed, self._text(self.held, "title", None),
            self._among("receptions", RECEPTIONS), self._among("times", TIMES), method, least, items,
        )  # fmt: skip

    def _licence(self, name: str) -> str:
        value = self.held.get(name)
        if not isinstance(value, str) or not value.strip():
            what = _(
                "%(name)s saknas; skriv med vilken rätt instrumentet används och vem som har bekräftat den"
            )
            raise self._fault(name, what % {"name": name})
        return value.strip()

    def _items(self) -> tuple[Item, ...]:
        rows = self.held.get("item")
        if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_ITEMS:
            raise self._fault("item", _("skriv minst en och högst hundra frågor under [[item]]"))
        found = tuple(self._item(row, i) for i, row in enumerate(rows))
        for i, item in enumerate(found):
            if item.key in {other.key for other in found[:i]}:
                raise self._fault("key", _("två frågor har samma key; ändra den ena"), i)
        return found

    def _item(self, row: Mapping[str, Any], i: int) -> Item:
        self._known(row, _ITEM, i)
        answers = row.get("answers")
        if not isinstance(answers, list) or not 2 <= len(answers) <= MOST_ANSWERS:
            raise self._fault("answers", _("skriv minst två och högst tjugo svar"), i)
        made = tuple(self._answer(answer, i) for answer in answers)
        if len({answer.value for answer in made}) != len(made):
            raise self._fault("answers", _("två svar har samma value; ge varje svar sitt eget"), i)
        is_reversed = row.get("reversed", False)
        if not isinstance(is_reversed, bool):
            raise self._fault("reversed", _("skriv true eller false"), i)
        return Item(self._key(row, i), self._text(row, "text", i), made, is_reversed)

    def _answer(self, row: Any, i: int) -> Answer:
        if not isinstance(row, Mapping):
            raise self._fault("answers", _("varje svar skrivs som { value = 0, sv = …, en = … }"), i)
        value = self._whole("answers", row.get("value"), -1000, 1000, i)
        return Answer(value, self._pair(row, "answers", i))

    def _scoring(self, items: int) -> tuple[Method, int]:
        row = self.held.get("scoring")
        if not isinstance(row, Mapping) or row.get("method") not in list(Method):
            raise self._fault("scoring", _("skriv method = mean, sum eller none under [scoring]"))
        return Method(row["method"]), self._whole("least", row.get("least", items), 1, items)

    def _among(self, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
        value = self.held.get(name)
        if not isinstance(value, list) or not value or any(one not in known for one in value):
            raise self._fault(name, _("välj bland: %(known)s") % {"known": ", ".join(known)})
        return tuple(one for one in known if one in value)

    def _text(self, row: Mapping[str, Any], name: str, i: int | None) -> Text:
        return self._pair(row.get(name), name, i)

    def _pair(self, pair: Any, name: str, i: int | None) -> Text:
        words = [pair.get(code) if isinstance(pair, Mapping) else None for code in ("sv", "en")]
        if not all(isinstance(word, str) and word.strip() and len(word) <= 500 for word in words):
            raise self._fault(name, _("skriv texten på båda språken: sv och en"), i)
        return Text(str(words[0]).strip(), str(words[1]).strip())

    def _key(self, row: Mapping[str, Any], i: int | None) -> str:
        value = row.get("key")
        if not isinstance(value, str) or not _KEY.fullmatch(value):
            raise self._fault("key", _("key är små bokstäver, siffror och streck, högst fyrtio"), i)
        return value

    def _whole(self, name: str, value: Any, least: int, most: int, i: int | None = None) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            what = _("%(name)s är ett heltal från %(least)d till %(most)d")
            raise self._fault(name, what % {"name": name, "least": least, "most": most}, i)
        return value

    def _known(self, row: Any, known: set[str], i: int | None) -> None:
        unknown = sorted(set(row) - known) if isinstance(row, Mapping) else [""]
        if unknown:
            raise self._fault(unknown[0], _("%(name)s finns inte; ta bort raden") % {"name": unknown[0]}, i)

    def _fault(self, name: str, what: str, item: int | None = None) -> Refused:
        return _wrong(self.file, self.lines.of(name, item), what)


def _wrong(file: str, line: int, what: str) -> Refused:
    words = {"file": file, "line": line, "what": what}
    return Refused(_("%(file)s, rad %(line)d: %(what)s. Instrumentet används inte.") % words)

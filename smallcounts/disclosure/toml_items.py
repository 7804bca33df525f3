"""Reads one item of a programme with its address, so that every complaint names the item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smallcounts.disclosure.errors import ProgrammeError


@dataclass(frozen=True, slots=True)
class Item:
    """A TOML table with its address ("tables[2] 'area_gender'") and the keys that were asked for."""

    where: str
    data: Mapping[str, object]
    asked: set[str] = field(default_factory=set)

    def wrong(self, message: str) -> ProgrammeError:
        return ProgrammeError(f"{self.where}: {message}")

    def has(self, name: str) -> bool:
        self.asked.add(name)
        return name in self.data

    def _get(self, name: str, kind: type, words: str) -> object:
        if not self.has(name):
            raise self.wrong(f"'{name}' is missing; give it {words}")
        value = self.data[name]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(f"'{name}' must be {words}, not {value!r}")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        if default is not None and not self.has(name):
            return default
        value = str(self._get(name, str, "a text")).strip()
        if not value or not value.isprintable():
            raise self.wrong(f"'{name}' must be a text that can be read, not {value!r}")
        return value

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        if not self.has(name):
            return default
        value = self._get(name, int, "a whole number")
        assert isinstance(value, int)
        if value < least:
            raise self.wrong(f"'{name}' must be at least {least}, not {value}")
        return value

    def flag(self, name: str, default: bool) -> bool:
        return bool(self._get(name, bool, "true or false")) if self.has(name) else default

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of different texts."""
        if default is not None and not self.has(name):
            return default
        value = self._get(name, list, "a list of texts")
        assert isinstance(value, list)
        for one in value:
            if not isinstance(one, str) or not one.strip() or not one.isprintable():
                raise self.wrong(f"'{name}' holds {one!r}, which is not a text")
        if len(set(value)) != len(value):
            twice = next(one for one in value if value.count(one) > 1)
            raise self.wrong(f"'{name}' names {twice!r} twice; once is enough")
        return tuple(value)

    def table(self, name: str) -> Item:
        """The table `name` inside this one; an empty one when it is not there."""
        value = self._get(name, dict, "a table") if self.has(name) else {}
        assert isinstance(value, dict)
        return Item(f"{self.where} {name}" if self.where != "programme" else name, value)

    def items(self, name: str) -> list[Item]:
        """The tables of the array `name`, each with its number and its name as address."""
        value = self._get(name, list, f"an array of tables, [[{name}]]") if self.has(name) else []
        assert isinstance(value, list)
        found = []
        for number, one in enumerate(value, 1):
            address = f"{'' if self.where == 'programme' else self.where + ' '}{name}[{number}]"
            if not isinstance(one, dict):
                raise ProgrammeError(f"{address}: must be a table, [[{name}]]")
            called = one.get("name")
            found.append(Item(f"{address} {called!r}" if isinstance(called, str) else address, one))
        return found

    def finish(self) -> None:
        """ProgrammeError when a key stands here that nobody asked for: a misspelt rule protects nobody."""
        for name in self.data:
            if name not in self.asked:
                known = ", ".join(sorted(self.asked))
                raise self.wrong(f"'{name}' is unknown here; known are {known}")

"""A course's Markdown as HTML: no raw HTML, no pictures, numbers by their names, sources as notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from klarsyn.base.help_numbers import NAMES, help_number

_NAME: Final = re.compile(r"\{(" + "|".join(NAMES) + r")\}")
_NOTE: Final = re.compile(r"\[\^([a-zA-Z0-9-]+)\]")
_ADDRESS: Final = re.compile(r"^(https://|mailto:)")


def html(source: str, language: str, on: date, notes: Mapping[str, int] | None = None) -> str:
    """The HTML of a text. `notes`: the number of each source as it stands below the page."""
    return _html(source, language, on, tuple((notes or {}).items()))


def plain(text: str, language: str, on: date) -> str:
    """A line without Markdown, its numbers put in; not escaped."""
    return _NAME.sub(lambda found: help_number(found[1], language, on).said, text)


def notes_in(*sources: str) -> tuple[str, ...]:
    """The keys of the sources that the texts name, each once, in order."""
    return tuple(dict.fromkeys(key for source in sources for key in _NOTE.findall(source)))


def addresses_of(text: str) -> tuple[str, ...]:
    """The links of a text that lead where none may lead."""
    tokens = (inner for token in _READER.parse(text) for inner in token.children or ())
    found = (str(token.attrs["href"]) for token in tokens if token.type == "link_open")
    return tuple(address for address in found if not _ADDRESS.match(address))


def parsed(source: str) -> list[Any]:
    """The tokens of a text, for a printed page."""
    return _READER.parse(source)


@lru_cache(maxsize=4096)
def _html(source: str, language: str, on: date, notes: tuple[tuple[str, int], ...]) -> str:
    place = {"language": language, "on": on, "notes": dict(notes)}
    return str(_READER.render(source, place))


def _number(state: StateInline, silent: bool) -> bool:
    found = _NAME.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("help_number", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _note(state: StateInline, silent: bool) -> bool:
    found = _NOTE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("source_note", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _render_number(tokens: list[Any], at: int, _options: Any, env: dict[str, Any]) -> str:
    number = help_number(tokens[at].content, env["language"], env["on"])
    said = escape(number.said)
    return f'<a class="phoned" href="tel:{escape(number.call)}">{said}</a>' if number.call else said


def _render_note(tokens: list[Any], at: int, _options: Any, env: dict[str, Any]) -> str:
    number = env["notes"].get(tokens[at].content)
    if number is None:
        return ""
    return f'<sup><a class="note" href="#source-{number}">{number}</a></sup>'


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    reader.disable(["image", "html_block", "html_inline", "code", "fence", "reference"])
    reader.inline.ruler.before("link", "help_number", _number)
    reader.inline.ruler.before("link", "source_note", _note)
    reader.renderer.rules["help_number"] = _render_number  # type: ignore[attr-defined]
    reader.renderer.rules["source_note"] = _render_note  # type: ignore[attr-defined]
    return reader


_READER: Final = _reader()

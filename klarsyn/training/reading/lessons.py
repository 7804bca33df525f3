"""Markdown with a head: lessons in screens, printables in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from klarsyn.training.reading.course import Block, Handout, HandoutHead, Lesson, Screen
from klarsyn.training.reading.faults import Faults, Files, text_of, toml_of
from klarsyn.training.reading.markdown import addresses_of
from klarsyn.training.reading.tables import Table, look_at, words_of

MOST_WORDS: Final = 180  # of a screen
CALLOUTS: Final = ("think", "do", "caution")
_FENCE: Final = "+++"
_NOTE: Final = re.compile(r"\[\^([^\]]*)\]")
Line = tuple[int, str]


def read_lesson(files: Files, name: str, sources: Iterable[str], faults: Faults) -> Lesson | None:
    """A lesson; None where there is none to read. Faults are kept."""
    parts = _split(files, name, faults)
    if parts is None:
        return None
    head, lines = parts
    head.only("title", "minutes")
    title, minutes = head.text("title", longest=80), head.number("minutes", 1, 10)
    _look_whole(lines, name, set(sources), faults)
    screens = tuple(_screens(lines, name, faults))
    if not screens:
        faults.say(name, 1, _('lektionen har ingen skärm; börja varje skärm med "## Rubrik"'))
    return Lesson(title, minutes, screens)


def read_handout(
    files: Files, head_of: HandoutHead, language: str, sources: Iterable[str], faults: Faults
) -> Handout | None:
    """A printable in one language."""
    name = f"handouts/{head_of.id}/{language}.md"
    parts = _split(files, name, faults)
    if parts is None:
        return None
    head, lines = parts
    head.only("title", "lead", "source")
    title = head.text("title", longest=120)
    lead, source = head.text("lead", may_lack=True), head.text("source", may_lack=True)
    _look_whole(lines, name, set(sources), faults)
    blocks = _blocks(lines, name, faults)
    return Handout(head_of.id, head_of.kind, head_of.paper, language, title, lead, source, blocks)


def _split(files: Files, name: str, faults: Faults) -> tuple[Table, list[Line]] | None:
    """The head between +++ lines, and the rest with its lines' numbers."""
    text = text_of(files, name, faults)
    if text is None:
        return None
    lines = text.split("\n")
    if lines[0].strip() != _FENCE or _FENCE not in [line.strip() for line in lines[1:]]:
        faults.say(name, 1, _('filen ska börja med ett huvud mellan två rader "+++"'))
        return None
    end = next(n for n, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE)
    raw, known = toml_of("\n".join(lines[1:end]), name, faults, first_line=2)
    numbered = [(n, line.rstrip()) for n, line in enumerate(lines[end + 1 :], start=end + 2)]
    return Table(raw, known, name, faults), numbered


def _look_whole(lines: list[Line], name: str, sources: set[str], faults: Faults) -> None:
    for number, line in lines:
        look_at(line, name, number, faults)
        for found in _NOTE.finditer(line):
            if found[1] not in sources:
                faults.say(name, number, _("källan [^%(key)s] finns inte i course.toml"), key=found[1])
        for address in addresses_of(line):
            faults.say(name, number, _("länken %(to)s ska börja med https:// eller mailto:"), to=address)


def _screens(lines: list[Line], name: str, faults: Faults) -> Iterable[Screen]:
    title, first, kept = "", 0, list[Line]()
    for number, line in [*lines, (0, "## ")]:
        if not line.startswith("## "):
            if line.startswith("# "):
                faults.say(name, number, _('rubriken ska ha två "##"; titeln står i huvudet'))
            kept.append((number, line))
            continue
        if title:
            yield _screen(title, first, kept, name, faults)
        elif any(text for _number, text in kept):
            at = next(n for n, text in kept if text)
            faults.say(name, at, _('text före den första skärmen; sätt en rubrik "## …" över den'))
        title, first, kept = line[3:].strip(), number, []
        if number and not title:
            faults.say(name, number, _("skärmen saknar rubrik"))


def _screen(title: str, first: int, lines: list[Line], name: str, faults: Faults) -> Screen:
    blocks = _blocks(lines, name, faults)
    count = words_of(title) + sum(words_of(block.source) for block in blocks)
    if count > MOST_WORDS:
        said = {"title": title, "count": count, "most": MOST_WORDS}
        faults.say(
            name, first,
            _('skärmen "%(title)s" har %(count)d ord och får ha högst %(most)d; korta eller dela den'),
            **said,
        )  # fmt: skip
    if not any(block.source for block in blocks):
        faults.say(name, first, _('skärmen "%(title)s" är tom'), title=title)
    return Screen(title, blocks)


def _blocks(lines: list[Line], name: str, faults: Faults) -> tuple[Block, ...]:
    """The text and its callouts, in order."""
    blocks, kind, kept, opened = list[Block](), "text", list[str](), 0
    for number, line in lines:
        if not line.startswith(":::"):
            kept.append(line)
            continue
        word = line.strip(":").strip()
        blocks.append(Block(kind, "\n".join(kept).strip()))
        kept = []
        if not word:
            if kind == "text":
                faults.say(name, number, _('":::" stänger en ruta som inte är öppnad'))
            kind = "text"
            continue
        if kind != "text":
            faults.say(name, opened, _('rutan stängs inte; skriv ":::" på en egen rad efter den'))
        if word not in CALLOUTS:
            said = {"word": word, "known": ", ".join(CALLOUTS)}
            faults.say(name, number, _('okänd ruta "%(word)s"; rutorna är %(known)s'), **said)
            word = "think"
        kind, opened = word, number
    if kind != "text":
        faults.say(name, opened, _('rutan stängs inte; skriv ":::" på en egen rad efter den'))
    blocks.append(Block(kind, "\n".join(kept).strip()))
    return tuple(block for block in blocks if block.source)

"""course.toml, and what a course says of itself in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from klarsyn.training.reading.course import Audience, HandoutHead, Head, Source, Step, Told
from klarsyn.training.reading.faults import Faults, Files, text_of, toml_of
from klarsyn.training.reading.tables import Table

FORMAT: Final = 1
FILE: Final = "course.toml"
KINDS: Final = ("sheet", "poster", "lesson", "guide", "card")
PAPERS: Final = ("A4", "A3", "A5")
_FIELDS: Final = (
    "format", "key", "version", "audience", "reviewed", "next_review", "valid_months", "author", "reviewer",
    "languages", "steps", "source", "handout",
)  # fmt: skip


def opened(files: Files, name: str, faults: Faults) -> Table | None:
    """A TOML file as a table; None with a fault where there is none to read."""
    text = text_of(files, name, faults)
    if text is None:
        return None
    before = len(faults.found)
    raw, lines = toml_of(text, name, faults)
    return Table(raw, lines, name, faults) if len(faults.found) == before else None


def read_head(files: Files, key: str, faults: Faults) -> Head | None:
    """The head; `key` is the name of the folder."""
    table = opened(files, FILE, faults)
    if table is None:
        return None
    table.only(*_FIELDS)
    if table.raw.get("format") != FORMAT:
        table.say("format", _("format ska vara %(format)d"), format=FORMAT)
    if table.id("key") != key:
        table.say("key", _('key ska vara mappens namn, "%(key)s"'), key=key)
    audience = table.one_of("audience", [one.value for one in Audience])
    reviewed, next_review = table.day("reviewed"), table.day("next_review")
    if next_review <= reviewed:
        table.say("next_review", _("next_review ska vara en dag efter reviewed"))
    languages, steps = table.texts("languages", 1, 30), table.texts("steps", 1, 30)
    for name, listed in (("languages", languages), ("steps", steps)):
        if len(set(listed)) < len(listed):
            table.say(name, _('något står två gånger i "%(name)s"'), name=name)
    return Head(
        key=key,
        version=table.text("version", longest=20),
        audience=Audience(audience) if audience else Audience.OWN,
        reviewed=reviewed,
        next_review=next_review,
        valid_months=table.number("valid_months", 1, 120),
        author=table.text("author", longest=120),
        reviewer=table.text("reviewer", longest=120, may_lack=True),
        languages=languages,
        steps=steps,
        sources=_sources(table),
        handouts=tuple(_handout(one) for one in table.tables("handout", 0, 40)),
    )


def read_about(
    files: Files, language: str, steps: Mapping[str, Step], faults: Faults, *, is_shipped: bool
) -> Told | None:
    """about.toml of a language, with the steps read."""
    table = opened(files, f"{language}/about.toml", faults)
    if table is None:
        return None
    table.only("title", "summary", "goals", "for_whom")
    told = Told(
        language,
        table.text("title", longest=60),
        table.text("summary", most_words=80),
        table.texts("goals", 2, 5),
        table.text("for_whom", most_words=40),
        steps,
    )
    if is_shipped and not 20 <= told.minutes <= 40:
        said = {"minutes": told.minutes}
        table.say("title", _("stegen tar %(minutes)d minuter och ska ta 20–40"), **said)
    return told


def _sources(table: Table) -> dict[str, Source]:
    found = dict[str, Source]()
    for one in table.tables("source", 0, 60):
        one.only("key", "text", "url", "checked")
        key = one.id("key")
        if key in found:
            one.say("key", _('källan "%(key)s" finns redan'), key=key)
        url = one.text("url", longest=500, may_lack=True)
        if url and not url.startswith("https://"):
            one.say("url", _("adressen ska börja med https://"))
        checked = one.day("checked") if "checked" in one.raw else None
        found[key] = Source(key, one.text("text", longest=300), url, checked)
    return found


def _handout(table: Table) -> HandoutHead:
    table.only("id", "kind", "paper", "languages")
    kind, paper = table.one_of("kind", KINDS), table.one_of("paper", PAPERS)
    return HandoutHead(table.id(), kind or "sheet", paper or "A4", table.texts("languages", 1, 40))

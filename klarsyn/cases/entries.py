"""An entry of a case: which form it is, what happened when, who wrote; and the registry of forms."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from klarsyn.base.errors import Refused
from klarsyn.cases.card import Card
from klarsyn.cases.fields import Field, Holds, Words, as_json, cleaned, from_json, shown
from klarsyn.cases.models import Compartment
from klarsyn.cases.namelessness import check_nameless

BOTH: Final = frozenset({"mika", "kast"})
MARK: Final = "klarsyn-entry-1\n"  # a body without it is a bare text from before there were entries


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one record, all of it sealed: also which form it is.

    `event_day` is when it happened, `written_at` when it was written down. `author`: a pseudonym.
    `data`: the form's own fields, typed; what was not answered is not there.
    """

    kind: str
    version: int
    event_day: date
    written_at: datetime
    author: str
    data: Mapping[str, Any] = field(repr=False)
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page or a print."""

    label: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """A form that an entry can be. Register it with `register` from a file of its own under `kinds/`.

    `receptions`: the kinds of reception that have it. `tracks`: the tracks of the law, none = all.
    `is_working`: it begins as a working note, which its author changes until it is locked; else it is locked
    when written. `in_journal`: it stands in the journal. `by_hand`: a person fills it in as it is; else only
    the site writes it, with an act. `check`, `check_card`: what the fields alone do not say, and what the
    case's card forbids; they raise Refused. `rows`: how it is shown, where field by field is not enough.
    `before`: the fields of earlier versions, so that an old answer reads as it was asked.
    """

    key: str
    name: Words
    fields: tuple[Field, ...]
    version: int = 1
    compartment: Compartment = Compartment.NOTES
    receptions: frozenset[str] = BOTH
    tracks: frozenset[str] = frozenset()
    is_working: bool = False
    in_journal: bool = True
    by_hand: bool = True
    check: Callable[[Mapping[str, Any]], None] | None = None
    check_card: Callable[[Mapping[str, Any], Card], None] | None = None
    rows: Callable[[Entry], list[Row]] | None = None
    before: Mapping[int, tuple[Field, ...]] = field(default_factory=dict)

    def fields_of(self, version: int) -> tuple[Field, ...]:
        return self.fields if version == self.version else self.before[version]


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a form known; once. `MINE = register(Kind("goal", _("Mål"), (…)))`."""
    held = _KINDS.get(kind.key)
    if held is not None and held != kind:
        raise ValueError(f"two forms are called {kind.key}")
    _KINDS[kind.key] = kind
    return kind


def kind_of(key: str) -> Kind:
    """The form of that key. Raises KeyError."""
    return _KINDS[key]


def kinds(reception: str, track: str = "") -> list[Kind]:
    """The forms of a kind of reception, and of a track when one is named, in the order of registration."""
    mine = (kind for kind in _KINDS.values() if reception in kind.receptions)
    return [kind for kind in mine if not track or not kind.tracks or track in kind.tracks]


def all_kinds() -> list[Kind]:
    """Every form that is registered."""
    return list(_KINDS.values())


def new(
    kind: Kind, *, reception: str, data: Mapping[str, Any], event_day: date, now: datetime, author: str,
    is_nameless: bool = False, corrects: UUID | None = None,
) -> Entry:  # fmt: skip
    """An entry that may be kept. Raises Refused: not this reception's form, a field that is wrong or unknown.

    `is_nameless`: the case is one without names, where a field that tells who somebody is does not exist.
    """
    if reception not in kind.receptions:
        raise Refused(_("Mottagningen har inget sådant formulär. Inget är sparat."))
    if is_nameless and kind.compartment == Compartment.IDENTITY:
        raise Refused(_("Ärendet förs utan namn. Inget är sparat."))
    if event_day > now.date():
        raise Refused(_("Datumet ligger framåt i tiden. Inget är sparat. Skriv dagen då det hände."))
    found = cleaned(asked(kind, is_nameless=is_nameless), data)
    if kind.check is not None:
        kind.check(found)
    if is_nameless:
        check_nameless(*_texts(found))
    return Entry(kind.key, kind.version, event_day, now, author, found, corrects)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)


def asked(kind: Kind, *, is_nameless: bool) -> tuple[Field, ...]:
    """The fields that the form has in this case."""
    return tuple(f for f in kind.fields if not (is_nameless and f.is_identity))


def encode(entry: Entry) -> str:
    """The body of a record."""
    body = {
        "kind": entry.kind, "version": entry.version, "event_day": entry.event_day.isoformat(),
        "written_at": entry.written_at.isoformat(timespec="seconds"), "author": entry.author,
        "data": as_json(entry.data), "corrects": str(entry.corrects) if entry.corrects else None,
    }  # fmt: skip
    return MARK + json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def decode(body: str, compartment: Compartment) -> Entry | None:
    """The entry of a body; None for a bare text, or for one whose form belongs to another compartment.

    A client writes in the shared compartment: no text from there passes for the team's own form.
    """
    if not body.startswith(MARK):
        return None
    held = json.loads(body.removeprefix(MARK))
    kind = _KINDS.get(held["kind"])
    if kind is None or kind.compartment != compartment:
        return None
    known = {f.name: f for f in kind.fields_of(held["version"])}
    data = {name: from_json(known[name], value) for name, value in held["data"].items() if name in known}
    corrects = UUID(held["corrects"]) if held["corrects"] else None
    days = date.fromisoformat(held["event_day"]), datetime.fromisoformat(held["written_at"])
    return Entry(held["kind"], held["version"], *days, held["author"], data, corrects)


def rows_of(entry: Entry) -> list[Row]:
    """The answered fields in words, in the form's order, as the version asked them."""
    kind = kind_of(entry.kind)
    if kind.rows is not None:
        return kind.rows(entry)
    fields = kind.fields_of(entry.version)
    return [Row(str(f.label), shown(f, entry.data[f.name])) for f in fields if f.name in entry.data]


# A bare text in each compartment: what `write_record` keeps, and what the client writes.
PLAIN: Final = {
    compartment: register(
        Kind(
            f"plain_{compartment.value}", later("Anteckning"),
            (Field("text", later("Text"), Holds.TEXT, is_required=True, longest=200_000),),
            compartment=compartment,
        )
    )
    for compartment in Compartment
}  # fmt: skip

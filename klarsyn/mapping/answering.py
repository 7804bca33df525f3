"""One figure for somebody who asks: the one already published, or a new one protected jointly with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klarsyn.base.errors import Refused
from klarsyn.mapping import freeze, ledger, queries, refusal_words
from klarsyn.mapping.actions import key_for
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.protected import corrections_of
from klarsyn.mapping.methods.protected_people import marked, marks_of, people_of, published_under
from klarsyn.mapping.models import Mapping as Row
from smallcounts.disclosure import Insiders, Order, Release, protect
from smallcounts.disclosure.attacks.linked import Neighbour
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.errors import DisclosureError, DisclosureRefused
from smallcounts.disclosure.ledger import Entry
from smallcounts.disclosure.programme import Programme, Table
from smallcounts.disclosure.release import Figure, Published, Symbol

LEAST_REASON: Final = 3  # words
_KIND: Final = "press_answer"
_NOT_GIVEN: Final = gettext_lazy(
    "Siffran kan inte lämnas ut: %(error)s. Ingenting har lämnats ut. Fråga efter en större grupp."
)


class NotAnswered(Refused):
    """The figure cannot be given out; nothing has been recorded."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable one may ask by, with its categories; a coarser level is a variable of its own."""

    name: str
    categories: tuple[str, ...]
    hierarchy: str  # two of one hierarchy are never asked by together


@dataclass(frozen=True, slots=True)
class Answerable:
    """A protected figure of a frozen mapping that single cells may be asked of."""

    municipality: str
    year: int
    is_invented: bool
    content_hash: str
    figure: str
    title_sv: str
    title_en: str
    periods: tuple[str, ...]
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be said: the published value and how far the true count may be from it."""

    cell: str
    value: int | str
    error: int
    was_published: bool
    number: int  # of the line in the ledger


def answerable(municipality: str) -> tuple[Answerable, ...]:
    """The protected figures of the newest frozen mapping of each year, newest year first."""
    rows: dict[tuple[int, bool], Row] = {}
    for row in queries.mappings().filter(municipality=municipality).order_by("-year", "-frozen_at", "-id"):
        rows.setdefault((row.year, row.is_invented), row)
    return tuple(one for row in rows.values() for one in _of(row))


def _of(row: Row) -> Iterator[Answerable]:
    folder = queries.folder_of(row)
    manifest = queries.checked_manifest(row)
    if not manifest.audit_hash:
        return
    for gathered in freeze.read_inputs(folder, manifest).figures:
        if gathered.programme:
            programme = Programme.from_toml(gathered.programme)
            yield Answerable(
                row.municipality,
                row.year,
                row.is_invented,
                row.content_hash,
                gathered.indicator.id,
                gathered.indicator.title.sv,
                gathered.indicator.title.en,
                tuple(sorted({c.period for table in gathered.tables for c in table.counts})),
                tuple(_variables(programme)),
            )


def _variables(programme: Programme) -> Iterator[Variable]:
    for variable in programme.variables:
        for name in variable.names():
            yield Variable(name, tuple(c for c, _codes in variable.shown_at(name)), variable.name)


def answer(
    *, asked: Answerable, period: str, parts: Mapping[str, str], by: str, reason: str, on: date
) -> Answer:
    """The value of one cell, recorded in the ledger with who gave it out and why.

    What has been published is given again as it stands. Raises NotAnswered when the cell is unknown, the
    reason too short, or the figure would let somebody be recognised.
    """
    if len(reason.split()) < LEAST_REASON:
        raise NotAnswered(_("Skriv med minst tre ord varför siffran lämnas ut. Ingenting har lämnats ut."))
    inputs, gathered = _inputs(asked)
    programme = Programme.from_toml(gathered.programme)
    cell = CellId(period, tuple(sorted(parts.items())))
    text = ledger.text()
    before = published_under(programme.name, text, asked.periods)
    standing = before.figures().get(cell)
    marks: dict[str, str] = {}
    figure = standing
    if figure is None:
        figure, marks = _protected(programme, inputs, gathered, cell, text)
    number = sum(line.entry.kind == _KIND for line in ledger.lines(text)) + 1
    release = f"svar-{number}/{programme.name}"
    entry = Entry(
        _KIND, on.isoformat(), programme.digest, Published(release, (figure,)), note=f"{by}: {reason.strip()}"
    )
    found = ledger.lines(ledger.add([entry], marks))
    line = next(n.number for n in found if n.entry.published.release == release)
    value = str(figure.value) if isinstance(figure.value, Symbol) else int(figure.value)
    return Answer(cell.text, value, figure.base - 1, standing is not None, line)


def _inputs(asked: Answerable) -> tuple[Inputs, Gathered]:
    row = queries.find(asked.municipality, asked.year, asked.content_hash, asked.is_invented)
    inputs = freeze.read_inputs(queries.folder_of(row), queries.checked_manifest(row))
    return inputs, next(g for g in inputs.figures if g.indicator.id == asked.figure)


def _protected(
    programme: Programme, inputs: Inputs, gathered: Gathered, cell: CellId, text: str
) -> tuple[Figure, dict[str, str]]:
    """The cell with its whole crossed table protected beside all that is published; the cell alone leaves."""
    (table,) = gathered.tables
    people = people_of(programme, table)
    wanted = Table("answer", tuple(name for name, _category in cell.parts), periods=(cell.period,))
    order = Order(
        release="svar",
        day=f"{inputs.year}-12-31",
        sources=tuple(sorted({key for count in table.counts for key in count.sources})),
        is_invented=table.is_invented,
    )
    key = key_for(text)
    try:
        release: Release = protect(
            replace(programme, tables=(wanted,), derived=()),
            people,
            Insiders(key, marks_of(programme.name, ledger.marks(text))),
            order,
            ledger=published_under(programme.name, text, people.periods),
            neighbours=_neighbours(programme, inputs, text, people.periods),
        )
    except DisclosureRefused as error:
        if error.attack:
            why = _("angreppet %(attack)s lyckas mot den") % {"attack": error.attack}
        else:  # no more: what holds a group back may be how many they are
            why = _("gruppen kan inte skyddas ihop med det som redan är publicerat")
        raise NotAnswered(_NOT_GIVEN % {"error": why}) from error
    except DisclosureError as error:
        raise NotAnswered(_NOT_GIVEN % {"error": refusal_words.said(error)}) from error
    found = next((f for f in release.protected.published().figures if f.cell == cell), None)
    if found is None:
        raise NotAnswered(
            _("Gruppen finns inte för sig, eftersom den är för liten. Fråga efter en större grupp.")
        )
    mark = release.memory.get(cell.text)
    return found, marked(programme.name, {cell.text: mark}) if mark else {}


def _neighbours(programme: Programme, inputs: Inputs, text: str, periods: Sequence[str]) -> list[Neighbour]:
    """What has left of the programmes that count the same people, whichever of the two says so."""
    named, found = {one.programme for one in programme.within}, []
    for gathered in inputs.figures:
        other = Programme.from_toml(gathered.programme) if gathered.programme else programme
        if other.name in named or any(one.programme == programme.name for one in other.within):
            before = published_under(other.name, text, periods)
            published = tuple(p for p in before.published() if p.figures)
            if published:
                found.append(Neighbour(other, published, corrections_of(before)))
    return found

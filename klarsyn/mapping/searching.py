"""The last look at finished files: is there a number beside a protected figure that was never published?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from klarsyn.mapping import freeze, ledger, queries
from klarsyn.mapping.audit import AttackResult, FigureAudit
from klarsyn.mapping.methods.protected_people import published_under
from klarsyn.mapping.publishing import published
from smallcounts.disclosure.attacks.artefacts import Artefact, numbers, printed_numbers, search_files
from smallcounts.disclosure.attacks.domain import domain_of
from smallcounts.disclosure.attacks.results import Finding
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Published

CODE = "A9"
DUST = 1e-6
_MOST = 12  # finds named


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a chart: it stands for `count` people, give or take `half`, as fine as it is drawn.

    is_limit: an end of what rounding leaves open, and not a value.
    """

    where: str
    count: float
    half: float
    is_limit: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What a file says of one protected figure. The ending of `name` tells how it is read.

    allowed: texts whose own numbers may stand in this piece alone (those of its pages).
    """

    figure: str  # id of the indicator
    name: str
    data: bytes
    allowed: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


def counts_in(text: str) -> list[float]:
    """The numbers of a text, as the search reads them."""
    return [float(number) for number in numbers(text)]


def search(
    pieces: Iterable[Piece],
    words: Mapping[str, Sequence[str]],
    *,
    municipality: str,
    year: int,
    content_hash: str,
    invented: bool,
) -> tuple[AttackResult, ...]:
    """One failed A9 for each figure whose files hold a number that is neither printed nor derived.

    `words`: by figure, texts whose own numbers may stand beside it (years, laws, the names of sources).
    The limits that rounding leaves a count within are derived, and so allowed.
    """
    found = queries.audit(municipality, year, content_hash, invented)
    if found is None:
        return ()
    row = queries.find(municipality, year, content_hash, invented)
    inputs = freeze.read_inputs(queries.folder_of(row), queries.checked_manifest(row))
    texts = {g.indicator.id: g.programme for g in inputs.figures}
    given = list(pieces)
    results = []
    for figure in found.figures:
        programme = Programme.from_toml(texts[figure.figure])
        own = [p for p in given if p.figure == figure.figure]
        finds = _finds(figure, programme, own, words.get(figure.figure, ()))
        if finds:
            places = tuple(_place(f) for f in finds[:_MOST])
            told = "; ".join(f.detail for f in finds[:_MOST])
            measured = (("found", float(len(finds))),)
            results.append(AttackResult(CODE, False, told, places, finds[0].remedy, numbers=measured))
    return tuple(results)


def _finds(
    figure: FigureAudit, programme: Programme, pieces: Sequence[Piece], words: Sequence[str]
) -> list[Finding]:
    """What the pieces say of one figure that was never published, in words, numbers and marks of charts."""
    released = (*_before(programme, ledger.text(), figure), published(figure, "x/x"))
    domain = domain_of(programme, [f.cell for p in released for f in p.figures])
    allowed = {*_limits(figure), *(n for text in words for n in numbers(text))}
    values = {float(n) for n in printed_numbers(released)}
    ends = {float(n) for n in _limits(figure)}
    finds: list[Finding] = []
    for piece in pieces:
        more = {n for text in piece.allowed for n in numbers(text)}
        own = [Artefact(piece.name, piece.data)]
        finds += search_files(own, released, domain, [str(n) for n in allowed | more])
        finds += _misplaced(piece.marks, values, ends)
    return finds


def _misplaced(marks: Iterable[Mark], values: set[float], ends: set[float]) -> Iterator[Finding]:
    """Marks of charts that stand for no published count, or for no end of what rounding leaves open."""
    for mark in marks:
        drawn = ends if mark.is_limit else values
        if not any(abs(mark.count - count) <= mark.half + DUST for count in drawn):
            words = f"{mark.count:.1f} is neither printed nor derived"
            yield Finding(mark.where, CODE, words, "draw the chart from the protected tables alone")


def _place(found: Finding) -> str:
    """The file and where in it, and the number where it is one: "sv-index.html, <p>: 83"."""
    number, unknown, _rest = found.detail.partition(" is neither")
    return f"{found.cell}: {number}" if unknown else found.cell


def _before(programme: Programme, text: str, figure: FigureAudit) -> tuple[Published, ...]:
    periods = sorted({c.period for c in figure.cells()})
    return published_under(programme.name, text, periods).published()


def _limits(figure: FigureAudit) -> set[int]:
    """What the true counts lie within, as pages may say it."""
    error = max((c.base for c in figure.cells()), default=1) - 1
    error = (figure.lost.max_error // (error + 1) + 1) * (error + 1) - 1
    values = [c.after for c in figure.cells() if isinstance(c.after, int)]
    return {error, error + 1, *(max(0, v - error) for v in values), *(v + error for v in values)}

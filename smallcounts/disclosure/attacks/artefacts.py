"""A9, second half: finished files searched for numbers that were never published, metadata and all."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

from smallcounts.disclosure.attacks.domain import Domain
from smallcounts.disclosure.attacks.results import Finding
from smallcounts.disclosure.release import Published

# attributes that place or name things and hold no figure for a reader; a chart's own are attacked as claims
_GEOMETRY = (
    "x y x1 x2 y1 y2 cx cy r rx ry dx dy d points transform viewbox width height offset fill stroke "
    "stroke-width opacity font-size id class href src style for colspan rowspan tabindex xmlns version "
    "charset lang headers integrity sizes media name aria-labelledby aria-describedby aria-controls"
)
GEOMETRY = frozenset(_GEOMETRY.split())
TABLE_SUFFIXES = ("csv",)
MOST_BYTES = 50_000_000
_NUMBER = re.compile(
    r"(?<![\w.\-−–])(?<!\d,)[-−]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?"  # 1 234,5
    r"|(?<![\w.])(?<!\d,)\d+(?:[.,]\d+)?"
)
# what people write of a workbook; times and the version of the program hold no figure
_PROPERTY = re.compile(
    r"<(?:\w+:)?(?:title|subject|creator|description|keywords|category|lastModifiedBy|Company|Manager|"
    r"TitlesOfParts|property)\b.*?</",
    flags=re.S,
)
_XML_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Artefact:
    """A finished file. name: with its ending, which tells how it is read. metadata: what the caller read of
    it (a PDF's title, subject, keywords); text: the words of a PDF, which is not taken apart here.
    """

    name: str
    data: bytes = b""
    text: str = ""
    metadata: tuple[tuple[str, str], ...] = field(default=())

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2].lower()


def search_files(
    artefacts: Iterable[Artefact],
    published: Sequence[Published],
    domain: Domain,
    allowed: Iterable[float | int | str] = (),
) -> list[Finding]:
    """Findings for numbers in the files that are neither printed values nor derived figures.

    Names of categories and periods are taken out first ("18-24" holds no count). allowed: numbers that
    belong to the words (page numbers, laws, the base); a true count that happens to equal some printed
    value cannot be told from it. Rows of a CSV must follow the programme's order: another order may be that
    of the true counts.
    """
    known = printed_numbers(published) | {Decimal(str(a)).normalize() for a in allowed}
    labels = _labels(published, domain)
    findings: list[Finding] = []
    for artefact in artefacts:
        for where, text in texts(artefact):
            for number in numbers(_without(text, labels)):
                if number not in known:
                    findings.append(_finding(artefact, where, f"{number:f} is neither printed nor derived"))
        if artefact.kind in TABLE_SUFFIXES:
            findings += [_finding(artefact, c, words) for c, words in disordered(artefact, domain)]
    return findings


def printed_numbers(published: Sequence[Published]) -> set[Decimal]:
    """Every number of the releases, as it is printed."""
    counts = {Decimal(f.value) for p in published for f in p.figures if isinstance(f.value, int)}
    derived = {
        Decimal(str(round(d.value, d.decimals))) for p in published for d in p.derived if d.value is not None
    }
    return {n.normalize() for n in counts | derived}


def numbers(text: str) -> Iterator[Decimal]:
    """The numbers in a text, without sign, whether with decimal point or comma, or spaces at thousands."""
    for found in _NUMBER.findall(text):
        plain = re.sub(r"[ \u00a0\u202f−-]", "", found).replace(",", ".")
        yield Decimal(plain).normalize()


def texts(artefact: Artefact) -> Iterator[tuple[str, str]]:
    """(where, text) of everything a reader or a program can read in the file."""
    yield "name", artefact.name.rpartition(".")[0]
    yield from ((f"metadata {key}", value) for key, value in artefact.metadata)
    if artefact.text:
        yield "text", artefact.text
    if len(artefact.data) > MOST_BYTES:
        raise ValueError(f"{artefact.name}: more than {MOST_BYTES // 1_000_000} MB; search it in parts")
    if artefact.data:
        yield from _READERS.get(artefact.kind, _plain)(artefact.data)


def _plain(data: bytes) -> Iterator[tuple[str, str]]:
    yield "text", data.decode("utf-8", errors="replace")


def _csv(data: bytes) -> Iterator[tuple[str, str]]:
    for line, row in enumerate(csv.reader(io.StringIO(data.decode("utf-8-sig"))), 1):
        for value in row:
            yield f"line {line}", value


def _json(data: bytes) -> Iterator[tuple[str, str]]:
    yield from _walk(json.loads(data, parse_float=str, parse_int=str), "")


def _walk(node: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield f"{where}/", str(key)
            yield from _walk(value, f"{where}/{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _walk(value, f"{where}/{place}")
    elif isinstance(node, str):
        yield where or "/", node


def _html(data: bytes) -> Iterator[tuple[str, str]]:
    reader = _Marks()
    reader.feed(data.decode("utf-8", errors="replace"))
    reader.close()
    yield from reader.found


class _Marks(HTMLParser):
    """Text, comments and telling attributes of HTML and SVG."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        for name, value in attrs:
            if name.lower() not in GEOMETRY and value:
                self.found.append((f"<{tag} {name}>", value))

    def handle_data(self, data: str) -> None:
        if data.strip() and self._inside != "style":
            self.found.append((f"<{self._inside}>", data))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))


def _xlsx(data: bytes) -> Iterator[tuple[str, str]]:
    """Cells, shared words, notes and properties of a workbook; hidden sheets are sheets."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in sorted(book.namelist()):
            if not name.endswith(".xml") or "style" in name or "theme" in name or "[Content" in name:
                continue
            text = book.read(name).decode("utf-8", errors="replace")
            if name.startswith("xl/worksheets"):
                # a cell of type s points into the shared words, which are read on their own
                for kind, value in re.findall(r"<c ([^>]*)>.*?<v>([^<]*)</v>", text, flags=re.S):
                    if 't="s"' not in kind:
                        yield name, value
                yield from ((name, _words(part)) for part in re.findall(r"<is>.*?</is>", text, re.S))
            elif "docProps" in name:
                yield from ((name, _words(part)) for part in _PROPERTY.findall(text))
            elif "sharedStrings" in name or "comments" in name:
                yield name, _words(text)


def _words(xml: str) -> str:
    """The words of a piece of XML."""
    return unescape(_XML_TAG.sub(" ", xml))


_READERS = {"csv": _csv, "json": _json, "html": _html, "htm": _html, "svg": _html, "xlsx": _xlsx}


def disordered(artefact: Artefact, domain: Domain) -> Iterator[tuple[str, str]]:
    """Columns of a CSV in which the categories first appear in another order than the programme's."""
    rows = list(csv.reader(io.StringIO(artefact.data.decode("utf-8-sig"))))
    for place, name in enumerate(rows[0] if rows else []):
        order = domain.categories.get(name)
        if order is None:
            continue
        shown = [row[place] for row in rows[1:] if len(row) > place and row[place] in order]
        first = list(dict.fromkeys(shown))
        if first != sorted(first, key=order.index):
            yield f"column {name}", "rows are not in the programme's order, which may show the true counts"


def _labels(published: Sequence[Published], domain: Domain) -> re.Pattern[str]:
    """Matches the names of categories and periods, the longest first."""
    names = {c for places in domain.categories.values() for c in places}
    for figure in (f for release in published for f in release.figures):
        names |= {figure.cell.period, *figure.cell.period.split("/"), *(c for _, c in figure.cell.parts)}
    names |= {release.release for release in published}
    with_digits = sorted((n for n in names if re.search(r"\d", n)), key=lambda n: (-len(n), n))
    dashes = [re.escape(n).replace(r"\-", "[-–−]") for n in with_digits]
    return re.compile(rf"(?<!\w)(?:{'|'.join(dashes)})(?!\w)" if dashes else r"(?!)")


def _without(text: str, labels: re.Pattern[str]) -> str:
    return labels.sub(" ", text)


def _finding(artefact: Artefact, where: str, words: str) -> Finding:
    return Finding(
        f"{artefact.name}, {where}", "A9", words,
        "draw the file from the protected tables alone, or allow the number by name",
    )  # fmt: skip

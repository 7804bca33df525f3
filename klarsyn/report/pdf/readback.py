"""The paper edition read back: what stands under each heading, its pictures' words, and the metadata."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

_HYPHENS: Final = re.compile("[\u00ad\x02\ufffe]\\s*")  # where a word was broken at the end of a line
# of the XMP: what the program says of itself and of the format, and never of people
_TECHNICAL: Final = re.compile(
    r"<(xmp|xmpMM|xmpTPg|pdfuaid|pdfaid):\w+>.*?</\1:\w+>|<pdf:PDFVersion>.*?</pdf:PDFVersion>"
)
_XMP: Final = re.compile(rb"<\?xpacket begin.*?\?>(.*?)<\?xpacket end", re.S)
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, with the text alternatives of its pictures.

    pages: numbers of the pages it stands on, and how many there are: they are printed under its text.
    """

    title: str
    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a heading stands: the page, and how far from the bottom."""

    title: str
    page: int
    top: float


def sections(path: Path) -> Iterator[Section]:
    """Every heading of the file in order. Two sections may have one title."""
    with pdfium.PdfDocument(path) as document:
        places = list(_places(document))
        spoken = _alternatives(document)
        for number, place in enumerate(places):
            after = places[number + 1] if number + 1 < len(places) else _Place("", len(document), 0.0)
            last = min(after.page, len(document) - 1)
            texts = [_text(document[page], page, place, after) for page in range(place.page, last + 1)]
            pages = (*(page + 1 for page in range(place.page, last + 1)), len(document))
            yield Section(place.title, "\n".join([*texts, *spoken.get(place.title, ())]), pages)


def about(path: Path) -> str:
    """What the file says of itself: title, author, subject, keywords, and the same in XMP."""
    with pdfium.PdfDocument(path) as document:
        told = [v for k, v in document.get_metadata_dict().items() if k not in ("Creator", "Producer")]
    for packet in _XMP.findall(path.read_bytes()):
        told.append(_TAG.sub(" ", _TECHNICAL.sub(" ", packet.decode("utf-8", errors="replace"))))
    return "\n".join(told)


def attachments(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name, content) of every file inside the file."""
    with pdfium.PdfDocument(path) as document:
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            yield attached.get_name(), bytes(attached.get_data())


def _places(document: Any) -> Iterator[_Place]:
    for mark in document.get_toc():
        found = mark.get_dest()
        if found is not None:
            view = found.get_view()[1]
            yield _Place(plain(mark.get_title()), found.get_index(), view[1] if len(view) > 1 else 0.0)


def _text(page: Any, number: int, place: _Place, after: _Place) -> str:
    """The words of a page between the two places, with the notes that lie on it."""
    top = place.top if number == place.page else float("inf")
    bottom = after.top if number == after.page else float("-inf")
    with closing(page.get_textpage()) as words:
        text = "".join(_characters(words, bottom, top))
    return plain("\n".join([text, *_notes(page)]))


def _characters(words: Any, bottom: float, top: float) -> Iterator[str]:
    """The characters between two heights; cells of one row, which lie far apart, on lines of their own."""
    end = 0.0
    for at in range(words.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(words.raw, at))
        left, low, right, high = words.get_charbox(at, loose=True)
        if not bottom <= (low + high) / 2 <= top:
            continue
        if raw.FPDFText_IsGenerated(words.raw, at):
            yield character
            continue
        yield "\n" if left - end > high - low else ""
        yield character
        end = right


def plain(text: str) -> str:
    """Without marks of broken words."""
    return _HYPHENS.sub("", text)


def _notes(page: Any) -> Iterator[str]:
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, number)
        for key in (b"Contents", b"T", b"Subj"):
            yield _utf16(raw.FPDFAnnot_GetStringValue, note, key)
        raw.FPDFPage_CloseAnnot(note)


def _alternatives(document: Any) -> dict[str, list[str]]:
    """The text alternatives of pictures by the heading before them, in the order a screen reader takes."""
    told: dict[str, list[str]] = {}
    heading = ""
    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            for kind, title, alternative in _elements(raw.FPDF_StructTree_GetChildAtIndex(tree, number)):
                heading = plain(title) if kind.startswith("H") and title else heading
                if alternative:
                    told.setdefault(heading, []).append(alternative)
        raw.FPDF_StructTree_Close(tree)
    return told


def _elements(element: Any) -> Iterator[tuple[str, str, str]]:
    """(kind, title, what is read instead) of an element of the tagged file and of all below it."""
    kind, title, picture, actual = (
        _utf16(read, element)
        for read in (
            raw.FPDF_StructElement_GetType, raw.FPDF_StructElement_GetTitle,
            raw.FPDF_StructElement_GetAltText, raw.FPDF_StructElement_GetActualText,
        )
    )  # fmt: skip
    yield kind, title, f"{picture}\n{actual}".strip()
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
        if child:
            yield from _elements(child)


def _utf16(read: Callable[..., int], *asked: object) -> str:
    """A text of the library: asked for its length, then for itself."""
    length = read(*asked, None, 0)
    if length <= 2:
        return ""
    given = ctypes.create_string_buffer(length)
    read(*asked, given, length)
    return given.raw[: length - 2].decode("utf-16-le", errors="replace")

"""A sheet of cards to cut apart: as PDF/UA, or as a page that the browser prints."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import segno
import typst
from django.conf import settings
from django.urls import reverse

from klarsyn.base.front import frame
from klarsyn.base.paper import PAPER_FONTS, fonts
from klarsyn.base.qr import picture
from klarsyn.contact.codes import Code
from klarsyn.contact.days import days, end_of_month
from klarsyn.contact.words import words
from klarsyn.receptions.queries import shown

_HERE: Final = Path(__file__).with_name("typst")
STANDARD: Final = "ua-1"
_LETTERS: Final = {"mika": "m", "kast": "k"}


@dataclass(frozen=True, slots=True)
class Said:
    """The card's words in one language."""

    lang: str
    dir: str
    title: str
    text: str
    how: str
    once: str
    ring: str


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """`address` is neutral and public; `scan` has the code after its #, which no server sees."""

    code: str = field(repr=False)
    scan: str = field(repr=False)
    picture: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    code_word: str
    address: str
    said: tuple[Said, ...]
    cards: tuple[PrintedCard, ...] = field(repr=False)


def sheet(kind: str, codes: Sequence[Code], languages: Sequence[str], today: date) -> Sheet:
    """The cards in the languages: neutral, nothing names the reception or who hands them out."""
    last = end_of_month(today + days("card_good", today))
    reception = shown(kind, settings.MUNICIPALITY, today)
    phone = reception.phone if reception else ""
    address = settings.PUBLIC_URL + reverse(f"contact:card_{_LETTERS[kind]}", args=[languages[0]])
    bare = address.removeprefix("https://").removeprefix("http://")
    cards = tuple(
        PrintedCard(code.shown, f"{address}#{code.digits}", picture(f"{address}#{code.digits}"))
        for code in codes
    )
    said = tuple(_said(code, phone, last) for code in languages)
    first = words(languages[0]).print
    return Sheet(first["title"], first["code"], bare, said, cards)


def pdf(made: Sheet) -> bytes:
    """The sheet as PDF/UA-1. Raises typst.TypstError when it does not compile."""
    with tempfile.TemporaryDirectory(prefix="klarsyn-cards-") as name:
        folder = Path(name)
        (folder / "sheet.typ").write_bytes((_HERE / "sheet.typ").read_bytes())
        for number, card in enumerate(made.cards):
            code = segno.make(card.scan, error="m")
            code.save(str(folder / f"{number}.svg"), kind="svg", border=2, dark="#000", light="#fff")
        body = asdict(made)
        body["cards"] = [{"code": card.code} for card in made.cards]
        (folder / "sheet.json").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
        done, _warnings = typst.compile_with_warnings(
            str(folder / "sheet.typ"), root=str(folder), format="pdf", pdf_standards=STANDARD,
            font_paths=fonts(PAPER_FONTS),
        )  # fmt: skip
    return bytes(done)


def _said(code: str, phone: str, last: date) -> Said:
    said, framed = words(code).print, frame(code)["said"]
    # In a line from the right a bare number is read piece by piece, backwards: a mark and no-break spaces
    # keep it whole.
    mark = "\u200e" if framed.dir == "rtl" else ""
    until = f"{mark}{last.day}/{last.month}\u00a0{last.year}"
    ring = said["ring"].format(phone=mark + phone.replace(" ", "\u00a0")) if phone else ""
    once = said["once"].format(day=until)
    return Said(framed.lang, framed.dir, said["title"], said["text"], said["how"], once, ring)

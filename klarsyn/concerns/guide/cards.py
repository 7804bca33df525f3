"""The printed card of a workplace, as PDF/UA: one A4 page to put up, or eight cards for the pocket."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from klarsyn.base.municipality import municipality
from klarsyn.base.paper import PAPER_FONTS
from klarsyn.concerns.guide.calls import Call, calls
from klarsyn.concerns.guide.content import Role, Words

_HERE: Final = Path(__file__).with_name("typst")
STANDARD: Final = "ua-1"
SIZES: Final = ("a4", "pocket")
KEPT: Final = 12 * 9 * 2  # every card there is: the same is set once, however often it is asked for


@dataclass(frozen=True, slots=True)
class Line:
    """What it is about, and the number; or, where none is confirmed, 112 and whom to ask for."""

    what: str
    number: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that stands on it. Nothing was typed by anybody, so that every card there is can be kept ready."""

    lang: str
    dir: str
    heading: str
    role: str
    lines: tuple[Line, ...]
    never: str
    sign: str
    more: str
    address: str
    municipality: str
    looked_at: str
    demo: str  # empty on a municipality's own


def card(said: Words, frame: Any, who: Role, now: datetime) -> Card:
    """The card of a role. `frame`: the words of the visitor's pages in the same language."""
    text, print_ = said.text, said.text["card"]
    held = {one.key: one for one in calls(_KEYS, text, frame.ui, now)}
    lines = [Line(print_["danger"], held["emergency"].number, ""), *_child(held, print_)]
    lines.append(Line(print_["adult"], held["police"].number, held["police"].name))
    if who.works:
        lines.append(Line(print_["ask"], held["support_line"].number, held["support_line"].name))
    bare = settings.PUBLIC_URL.removeprefix("https://").removeprefix("http://")
    return Card(
        lang=frame.lang,
        dir=frame.dir,
        heading=print_["heading"],
        role=text["roles"][who.key][0],
        lines=tuple(lines),
        never=print_["never"],
        sign=text["signs"]["note"],
        more=print_["more"],
        address=bare + reverse("concerns:guide_in", args=[said.code]),
        municipality=municipality().name,
        looked_at=f"{now:%Y-%m-%d}",
        demo=print_["demo"] if municipality().is_demo else "",
    )


@lru_cache(maxsize=KEPT)
def pdf(made: Card, size: str) -> bytes:
    """The card as PDF/UA-1, its file dated with the day it was made. Raises typst.TypstError."""
    with tempfile.TemporaryDirectory(prefix="klarsyn-guide-") as name:
        folder = Path(name)
        for part in _HERE.glob("*.typ"):
            (folder / part.name).write_bytes(part.read_bytes())
        code = segno.make(f"{_scheme()}{made.address}", error="m")
        code.save(str(folder / "address.svg"), kind="svg", border=2, dark="#000", light="#fff")
        (folder / "card.json").write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")
        done, _warnings = typst.compile_with_warnings(
            str(folder / f"{size}.typ"), root=str(folder), format="pdf", pdf_standards=STANDARD,
            timestamp=int(timezone.make_aware(datetime.fromisoformat(made.looked_at)).timestamp()),
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(PAPER_FONTS)]
            ),
        )  # fmt: skip
    return bytes(done)


_KEYS: Final = ("emergency", "police", "support_line", "social", "child_emergency")


def _child(held: dict[str, Call], said: dict[str, str]) -> list[Line]:
    """The municipality's numbers where they are confirmed; else 112, which puts through at any hour."""
    own = [held[key] for key in ("social", "child_emergency") if held[key].number]
    if not own:
        return [Line(said["child"], held["emergency"].number, said["ask_social"])]
    return [Line(said["child"], one.number, one.name) for one in own]


def _scheme() -> str:
    return str(settings.PUBLIC_URL).partition("//")[0] + "//"

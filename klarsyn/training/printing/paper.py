"""A printable as PDF/UA-1."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext, override

from klarsyn.base import paper
from klarsyn.training.printing.layout import Layout
from klarsyn.training.reading.course import Block, Handout

_HERE: Final = Path(__file__).with_name("typst")
STANDARD: Final = "ua-1"
RIGHT_TO_LEFT: Final = ("ar", "fa", "he", "ur", "ps", "ckb")


@lru_cache(maxsize=64)
def pdf(made: Handout, publisher: str, on: date) -> bytes:
    """The printable with the numbers of a day. Raises typst.TypstError when it does not compile."""
    with tempfile.TemporaryDirectory(prefix="klarsyn-print-") as name:
        folder = Path(name)
        (folder / "handout.typ").write_bytes((_HERE / "handout.typ").read_bytes())
        body = json.dumps(document(made, publisher, on), ensure_ascii=False)
        (folder / "handout.json").write_text(body, encoding="utf-8")
        done, _warnings = typst.compile_with_warnings(
            str(folder / "handout.typ"), root=str(folder), format="pdf", pdf_standards=STANDARD,
            font_paths=paper.fonts(),
        )  # fmt: skip
    return bytes(done)


def document(made: Handout, publisher: str, on: date) -> dict[str, Any]:
    """Everything the template prints."""
    main = made.language.partition("-")[0]
    lang = "sv" if main == "latt" else main
    with override(lang if lang in ("sv", "en") else "en"):
        words = {
            "do": gettext("Gör så här"),
            "caution": gettext("Gör inte så här"),
            "think": gettext("Fundera"),
        }
    return {
        "title": made.title, "lead": made.lead, "source": made.source, "publisher": publisher,
        "lang": lang, "dir": "rtl" if lang in RIGHT_TO_LEFT else "ltr", "paper": made.paper.lower(),
        "kind": made.kind, "blocks": [one for block in made.blocks for one in _laid(block, lang, on, words)],
    }  # fmt: skip


def _laid(block: Block, lang: str, on: date, words: dict[str, str]) -> list[dict[str, Any]]:
    inside = Layout(lang, on).blocks(block.source)
    if block.kind == "text":
        return inside
    return [{"k": "box", "kind": block.kind, "title": words[block.kind], "blocks": inside}]

"""A report on paper, as PDF/UA-1: the reporter's own copy, and what goes to the registry."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klarsyn.base.codes import Code
from klarsyn.concerns.report import summary
from klarsyn.concerns.report.answers import Answers
from klarsyn.concerns.report.summary import Line

_HERE: Final = Path(__file__).with_name("typst")
STANDARD: Final = "ua-1"
_GAP: Final = "[?]"
# Latin with what Europe's languages add to it, Greek, Cyrillic, and what stands between words.
_IN_FONT: Final = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1FA, 0x1FF), (0x218, 0x21B), (0x391, 0x3A1), (0x3A3, 0x3C9),
    (0x401, 0x45F), (0x490, 0x491), (0x2010, 0x2014), (0x2018, 0x201E), (0x2026, 0x2026), (0x20AC, 0x20AC),
)  # fmt: skip
_turn: Final = threading.BoundedSemaphore(2)  # each takes a core for a moment


def pdf(answers: Answers, code: Code | None) -> bytes:
    """The reporter's copy, with the code. Raises typst.TypstError when it does not compile."""
    notes = [_("Egen kopia. Den finns bara hos dig.")]
    if code:
        notes.append(_("Kod till kvittot: %(code)s") % {"code": code.shown})
    return compiled(_("Orosanmälan"), notes, summary.of(answers))


def printable(text: str) -> str:
    """The text with a mark for each sign that the font has not: a PDF/UA that cannot show one is none."""
    return "".join(sign if sign == "\n" or _has(ord(sign)) else _GAP for sign in text.replace("\r\n", "\n"))


def _has(point: int) -> bool:
    return any(first <= point <= last for first, last in _IN_FONT)


def compiled(title: str, notes: Sequence[str], lines: Sequence[Line]) -> bytes:
    """Title, notes and answered questions, tagged and readable aloud. Texts are never read as markup."""
    shown = [{"question": line.question, "answer": printable(line.answer)} for line in lines]
    if any(one["answer"] != line.answer for one, line in zip(shown, lines, strict=True)):
        notes = [*notes, _("Tecken som inte kan skrivas ut står som %(sign)s.") % {"sign": _GAP}]
    body = {"title": title, "lang": get_language() or "sv", "notes": list(notes), "lines": shown}
    with _turn, tempfile.TemporaryDirectory(prefix="klarsyn-report-") as name:
        folder = Path(name)
        (folder / "report.typ").write_bytes((_HERE / "report.typ").read_bytes())
        done, _warnings = typst.compile_with_warnings(
            str(folder / "report.typ"), root=str(folder), format="pdf", pdf_standards=STANDARD,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[]),
            sys_inputs={"body": json.dumps(body, ensure_ascii=False)},  # never on disk, not for a moment
        )  # fmt: skip
    return bytes(done)

"""Compiles the paper edition. The same edition gives the same bytes."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

import typst

from klarsyn.base import paper
from klarsyn.report.pdf.document import document
from klarsyn.report.pdf.drawings import Drawings
from klarsyn.report.view import Page

_HERE = Path(__file__).parent
STANDARD: Final = "ua-1"  # Typst refuses to compile a document without a title or a picture without words


def write_pdf(page: Page, *, address: str, publisher: str, at: datetime, target: Path) -> Path:
    """Write the edition in the page's language to `target` as PDF/UA-1.

    `at` is the time that stands in the file's metadata: the release, or the freezing of a draft.
    Raises typst.TypstError, with the line of the template, when the document does not compile.
    """
    with tempfile.TemporaryDirectory(prefix="klarsyn-pdf-") as name:
        folder = Path(name)
        for part in (_HERE / "typst").glob("*.typ"):
            shutil.copy(part, folder)
        drawings = Drawings(folder, page.language)
        body = document(page, address=address, publisher=publisher, drawings=drawings)
        (folder / "document.json").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
        pdf, _ = typst.compile_with_warnings(
            str(folder / "report.typ"),
            root=str(folder),
            font_paths=paper.fonts(paper.SOURCE),
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=int(at.timestamp()),
        )
    target.write_bytes(pdf)
    return target

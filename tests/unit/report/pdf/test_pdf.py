"""The paper edition is PDF/UA-1, speaks its language, and says what the page says."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import page as validator
import pikepdf
import pypdfium2 as pdfium
import pytest

from klarsyn.report import page as pages
from klarsyn.report.pdf import write_pdf
from klarsyn.report.pdf.document import MOST_ROWS, document
from klarsyn.report.pdf.drawings import Drawings
from tests.unit.report import frozen

AT = datetime(2026, 11, 23, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ADDRESS = "https://exempel.se/kartlaggning/2019/utgava-1/"


def _write(folder: Path, language: str = "sv", *, invented: bool = False) -> Path:
    mapping = frozen.mapping(2024 if invented else 2019, invented)
    shown = pages.build(mapping, frozen.shown(mapping, language), language)
    return write_pdf(shown, address=ADDRESS, publisher="Jönköpings kommun", at=AT, target=folder / "r.pdf")


@cache
def _once() -> Path:
    return _write(Path(mkdtemp(prefix="klarsyn-pdf-test-")))


@pytest.fixture
def swedish(db: None) -> Path:
    return _once()


@pytest.mark.parametrize(("language", "invented"), [("sv", False), ("en", False), ("sv", True)])
def test_the_paper_edition_is_pdf_ua_1(tmp_path: Path, language: str, invented: bool) -> None:
    found = validator.validate_pdf(
        str(_write(tmp_path, language, invented=invented)), profile=validator.ValidationProfile.PDF_UA_1
    )
    assert "0 failed" in str(found) and "no failures" in str(found), str(found)


def test_the_validator_can_fail(swedish: Path, tmp_path: Path) -> None:
    with pikepdf.open(swedish) as pdf:
        del pdf.Root.MarkInfo
        pdf.save(tmp_path / "broken.pdf")
    found = validator.validate_pdf(str(tmp_path / "broken.pdf"), profile=validator.ValidationProfile.PDF_UA_1)
    assert "no failures" not in str(found)


def test_it_names_its_language_title_and_headings(swedish: Path) -> None:
    with pikepdf.open(swedish) as pdf:
        assert str(pdf.Root.Lang) == "sv-SE"
        assert str(pdf.docinfo["/Title"]) == "Kartläggningen 2019"
        assert len(pdf.open_outline().root) == 13


def test_every_picture_says_what_it_shows(swedish: Path) -> None:
    with pikepdf.open(swedish) as pdf:
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        words = [str(f.get("/Alt", "")) for f in figures]
    assert len(words) > 8 and all(len(w) > 40 for w in words)


def test_the_same_edition_gives_the_same_bytes(swedish: Path, tmp_path: Path) -> None:
    assert _write(tmp_path).read_bytes() == swedish.read_bytes()


def test_it_says_what_the_page_says(swedish: Path) -> None:
    with pdfium.PdfDocument(swedish) as pdf:
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    text = re.sub(r"\s+", " ", text.replace("\u00ad", ""))
    for part in ("Innehåll", "Vad siffran inte säger", "141 081", "Sveriges Radio", "12 Luckor och förslag"):
        assert part in text, part


def test_a_table_of_290_stands_in_the_open_data_and_the_paper_says_so(tmp_path: Path) -> None:
    mapping = frozen.mapping()
    shown = pages.build(mapping, frozen.shown(mapping), "sv")
    drawings = Drawings(tmp_path, "sv")
    body = document(shown, address=ADDRESS, publisher="Jönköpings kommun", drawings=drawings)
    figures = [b for c in body["chapters"] for b in c["blocks"] if b["kind"] == "figure"]
    sheets = [t for f in figures for t in f["tables"]]
    assert any("290 rader" in t["paragraphs"][0] for t in sheets if t["kind"] == "text")
    assert max(len(t["rows"]) for t in sheets if t["kind"] == "table") <= MOST_ROWS


def test_text_from_outside_is_never_read_as_markup(tmp_path: Path) -> None:
    mapping = frozen.mapping()
    edition = frozen.shown(mapping)
    shown = pages.build(mapping, edition, "sv")
    hostile = "#panic() *x* _y_ $z$ <b> @ref `c` \\ //"
    target = write_pdf(shown, address=ADDRESS, publisher=hostile, at=AT, target=tmp_path / "r.pdf")
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Author"]) == hostile

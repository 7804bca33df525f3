"""An author sees a zip whole or its faults by line, nothing is kept; a printable is a page and PDF/UA."""

import os
from datetime import date

import page as validator
import pikepdf
import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from klarsyn.people.models import RoleHeld
from klarsyn.training import library
from klarsyn.training.models import Learner
from klarsyn.training.printing.paper import pdf
from tests.courses import kiosk, packed
from tests.people import person

PAGE = "/personal/utbildning/forhandsgranska/"


@pytest.fixture
def trainer(visit, course) -> Client:
    RoleHeld.objects.create(user=person("elis"), role="trainer")
    return visit("elis")


def sent(body: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile("kurs.zip", body, "application/zip")}


def test_a_trainer_sees_the_whole_course_and_nothing_is_kept(trainer, visit, home) -> None:
    before = sorted((home / "courses").iterdir())
    shown = trainer.post(PAGE, sent(packed(kiosk()))).content.decode()
    assert (
        "Kursen går att använda" in shown and "Alex sitter en stund" in shown and "Kortet vid kassan" in shown
    )
    assert sorted((home / "courses").iterdir()) == before and not Learner.objects.exists()
    assert visit("disa").get(PAGE).status_code == 404


def test_faults_are_shown_by_file_and_line_also_of_the_own_folder(trainer, home, monkeypatch) -> None:
    bad = packed({**kiosk(sv_look=("::: think", "::: tink")), "sv/x<script>.md": b"x"})
    answer = trainer.post(PAGE, sent(bad))
    shown = answer.content.decode()
    assert answer.status_code == 422 and "sv/look.md, rad 9" in shown and "okänd ruta" in shown
    assert "<script>.md" not in shown
    monkeypatch.setattr(library, "LOOKED_AT", 0.0)
    (home / "courses" / "kiosk" / "sv" / "look.md").write_text("x")
    assert "kiosk kan inte användas" in trainer.get(PAGE).content.decode()


@pytest.mark.parametrize("body", [b"", b"x", os.urandom(2000), b"PK" * 3_000_000])
def test_what_is_no_zip_is_told(trainer, body: bytes) -> None:
    answer = trainer.post(PAGE, sent(body))
    assert answer.status_code == 422


def test_a_printable_is_a_page_and_pdf_ua(visit, course, tmp_path) -> None:
    cilla, base = visit("cilla"), "/personal/utbildning/blad/kiosk/card/"
    assert "Kortet vid kassan" in cilla.get(f"{base}sv/").content.decode()
    assert cilla.get(f"{base}de/").status_code == 404
    (tmp_path / "card.pdf").write_bytes(cilla.get(f"{base}sv/pdf/").content)
    found = validator.validate_pdf(str(tmp_path / "card.pdf"), profile=validator.ValidationProfile.PDF_UA_1)
    assert "no failures" in str(found), str(found)
    with pdfium.PdfDocument(tmp_path / "card.pdf") as paper:
        text = " ".join(page.get_textpage().get_text_range() for page in paper)
    assert "Kortet vid kassan" in text and "112" in text and "**" not in text


@pytest.mark.parametrize("language", ["ar", "th", "uk", "sv"])
def test_every_shipped_printable_of_a_language_is_pdf_ua(tmp_path, language: str) -> None:
    """One of a kind: a poster in a script from the right, in one without spaces, in Cyrillic."""
    made = [
        one
        for c in library.library().values()
        for (_id, code), one in c.printables.items()
        if code == language
    ]
    if not made:
        pytest.fail(f"no printable in {language}")
    target = tmp_path / "poster.pdf"
    target.write_bytes(pdf(made[0], "Kommunen", date(2026, 11, 26)))
    found = validator.validate_pdf(str(target), profile=validator.ValidationProfile.PDF_UA_1)
    assert "no failures" in str(found), str(found)
    with pikepdf.open(target) as opened:
        assert str(opened.Root.Lang).startswith(language)

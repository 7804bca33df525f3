"""The printed card: PDF/UA in every language, one page, with the municipality's own numbers."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import page as validator
import pypdfium2 as pdfium
import pytest

from klarsyn.base.front import frame
from klarsyn.base.municipality import municipality
from klarsyn.concerns.guide import cards, content
from klarsyn.concerns.guide.cards import SIZES, Card, card, pdf
from klarsyn.concerns.guide.content import LANGUAGES
from tests.unit.base.test_help_numbers import OWN

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def made(code: str, role: str = "stad") -> Card:
    return card(content.words(code), frame(code)["said"], content.role(role), NOW)


def text_of(paper: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(paper)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_card_is_one_page_of_pdf_ua_in_every_language(db, tmp_path: Path, code: str, size: str) -> None:
    longest = max(content.roles(), key=lambda one: len(content.words(code).text["roles"][one.key][0]))
    file = tmp_path / "card.pdf"
    file.write_bytes(pdf(made(code, longest.key), size))
    found = validator.validate_pdf(str(file), profile=validator.ValidationProfile.PDF_UA_1)
    assert "no failures" in str(found), str(found)
    (page,) = text_of(file.read_bytes())
    shown = page.replace("\u00a0", " ")
    assert shown.count("114 14") == (8 if size == "pocket" else 1) and "112" in shown


def test_the_same_card_is_set_once(db) -> None:
    pdf.cache_clear()
    first = pdf(made("sv"), "a4")
    assert pdf(made("sv"), "a4") is first and pdf.cache_info().misses == 1


def test_it_has_the_municipalitys_numbers_and_says_when_it_is_a_demonstration(db, home, monkeypatch) -> None:
    bare = made("sv")
    assert [line.number for line in bare.lines] == ["112", "112", "114 14", "020-39 00 00"]
    assert bare.demo and bare.address.endswith("/sett/sv/")
    (home / "help_numbers.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setattr(cards, "municipality", lambda: replace(municipality(), is_demo=False))
    told = made("sv")
    assert told.lines[1].number == "036-10 00 00" and told.lines[1].note == "Socialjouren" and told.demo == ""
    assert "020-39 00 00" not in [line.number for line in made("sv", "granne").lines]

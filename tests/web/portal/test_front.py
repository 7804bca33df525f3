"""The public front: what Frej reads."""

from datetime import date

import pytest

from klarsyn.base import front
from klarsyn.portal.contacts import contacts

TODAY = date(2026, 11, 26)


@pytest.fixture
def no_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "_cards", [])


def test_frej_reads_where_help_is(visit) -> None:
    text = visit("frej").get("/").content.decode()
    assert 'href="tel:112"' in text and 'href="tel:11414"' in text and 'href="tel:+4620390000"' in text
    assert "Nummer ej bekräftat" in text


def test_no_number_stands_on_the_page_that_the_file_does_not_hold() -> None:
    numbers = [contact.number for contact in contacts("sv", TODAY) if contact.number]
    assert numbers == ["112", "114 14", "020-39 00 00"]
    assert [contact.call for contact in contacts("sv", TODAY) if not contact.number] == [""]


def test_each_contact_has_a_source_and_both_languages() -> None:
    assert all(contact.source.startswith("https://") for contact in contacts("sv", TODAY))
    pairs = zip(contacts("sv", TODAY), contacts("en", TODAY), strict=True)
    assert all(sv.name != en.name and sv.text != en.text for sv, en in pairs)


def test_without_a_finding_the_page_says_what_the_mapping_is_and_leads_to_it(visit, no_cards) -> None:
    text = visit("frej").get("/").content.decode()
    assert "Den årliga kartläggningen" in text and 'href="/kartlaggning/"' in text


def test_a_finding_stands_first_with_its_interval(visit, no_cards) -> None:
    figure = front.CardFigure("per 100 000", "12,05", "7,02–19,29")
    front.register_card(lambda: front.Card("Ett fynd", "Texten", "/x/", "Läs", figures=(figure,)))
    text = visit("frej").get("/").content.decode()
    assert text.index("Ett fynd") < text.index("Hitta hjälp</h2>")
    assert "7,02–19,29" in text and "Den årliga kartläggningen" not in text


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/om/", "inte beställda, granskade eller utgivna av Jönköpings kommun"),
        ("/en/om/", "not commissioned, checked or published by Jönköping Municipality"),
        ("/tillganglighet/", "Ingen person som använder skärmläsare"),
        ("/en/tillganglighet/", "Nobody who uses a screen reader"),
        ("/integritet/", "sparar inte din ip-adress"),
        ("/en/integritet/", "does not keep your IP address"),
    ],
)
def test_frej_reads_what_the_site_is_and_keeps(visit, path, says) -> None:
    assert says in visit("frej").get(path).content.decode()


def test_the_other_language_is_one_click_away_by_its_own_name(visit) -> None:
    assert 'href="/en/om/" hreflang="en" lang="en"' in visit("frej").get("/om/").content.decode()
    assert 'href="/om/" hreflang="sv" lang="sv"' in visit("frej").get("/en/om/").content.decode()

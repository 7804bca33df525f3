"""The view model of the real mapping of 2019: true, whole and readable in ten minutes."""

import re

import pytest

from klarsyn.mapping.definitions import Chapter
from klarsyn.report import origins, page
from klarsyn.report.chapters import laws
from klarsyn.report.view import Page
from tests.unit.report import frozen

pytestmark = pytest.mark.django_db
LANGUAGES = ("sv", "en")


def made(language: str = "sv") -> Page:
    mapping = frozen.mapping()
    return page.build(mapping, frozen.shown(mapping, language), language)


def test_the_first_screen_is_the_finding_and_three_numbers_with_intervals() -> None:
    first = made()
    assert first.headline.startswith("Jönköping låg 2019 tydligt över Göteborg")
    assert [(n.value, n.interval) for n in first.numbers] == [
        ("12,05", "7,02–19,29"), ("3,17", "1,66–5,99"), ("1,89", "0,99–3,56"),
    ]  # fmt: skip
    assert "polisens arbete" in first.headline_caveat
    assert all(n.origin.startswith(f"{frozen.BASE}kalla/convicted_press/#r") for n in first.numbers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_thirteen_chapters_stand_in_their_order(language: str) -> None:
    assert [c.key for c in made(language).chapters] == list(Chapter)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_without_figures_says_what_is_missing_and_what_would_fill_it(language: str) -> None:
    for chapter in made(language).chapters:
        if not chapter.figures and chapter.key not in (Chapter.SUMMARY, Chapter.ANNEX):
            assert chapter.missing, chapter.key
            assert all(m.what and m.fills for m in chapter.missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_all_its_parts(language: str) -> None:
    for figure in made(language).figures():
        assert figure.title and figure.line and figure.says_not and figure.sources and figure.tables, (
            figure.id
        )
        assert not figure.title.endswith(".")
        assert (
            figure.says_not_first
            and figure.says_not == f"{figure.says_not_first} {figure.says_not_more}".strip()
        )
        for picture in figure.pictures:
            assert picture.reading and picture.wide.description and figure.title in picture.wide.svg


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_with_a_number_leads_to_a_row_of_the_source_page(language: str) -> None:
    mapping, whole = frozen.mapping(), made(language)
    for figure in whole.figures():
        anchors = {row.anchor for row in origins.origin(figure, mapping, language).rows}
        for row in (row for table in figure.tables for row in table.rows if row.origin):
            assert row.origin.partition("#")[2] in anchors
    main = next(f for f in whole.figures() if f.id == "convicted_press")
    assert {n.origin.partition("#")[2] for n in whole.numbers} <= {
        row.anchor for row in origins.origin(main, mapping, language).rows
    }


def test_no_league_table_and_no_best_or_worst() -> None:
    words = re.compile(r"\b(bäst|sämst|värst|topplista|best|worst)\b", re.I)
    for language in LANGUAGES:
        whole = made(language)
        said = [whole.headline, *(t for f in whole.figures() for t in (f.title, *f.findings))]
        assert [s for s in said if words.search(s)] == []


def test_the_home_municipality_stands_first_and_the_others_by_name() -> None:
    figure = next(f for f in made().figures() if f.id == "convicted_press")
    rates = next(t for t in figure.tables if t.name == "rates")
    assert [row.cells[0].text for row in rates.rows] == ["Jönköping", "Göteborg", "Malmö"]


def test_figures_of_later_years_carry_their_year() -> None:
    victims = next(f for f in made().figures() if f.id == "presumed_victims")
    assert "2019" in victims.title and "298" in victims.title
    assert "2024" in victims.title and "430" in victims.title


def test_the_law_is_that_of_the_year() -> None:
    by_name = {law.name: law for law in laws(2019, "sv")}
    purchase = by_name["Köp av sexuell tjänst, 6 kap. 11 § brottsbalken"]
    assert purchase.was_in_force and "Böter eller fängelse i högst ett år" in purchase.says
    assert [when.partition(":")[0] for when in purchase.later] == ["1\u00a0augusti 2022", "1\u00a0juli 2025"]
    assert not by_name["Lag om kommuners ansvar för brottsförebyggande arbete (2023:196)"].was_in_force
    assert "Socialtjänstlag (2025:400)" in {law.name for law in laws(2026, "sv")}


def test_what_councillors_read_fits_in_ten_minutes() -> None:
    whole = made()
    said = [whole.headline, whole.headline_caveat]
    for chapter in whole.chapters:
        said += [chapter.title, chapter.lead, *chapter.paragraphs]
        said += [f"{m.what} {m.fills}" for m in chapter.missing]
        for figure in chapter.figures:
            said += [figure.title, *figure.findings, figure.says_not_first]
    assert len(" ".join(said).split()) < 2600  # 260 words a minute


def test_the_invented_example_makes_no_claim_about_a_place() -> None:
    mapping = frozen.mapping(2024, invented=True)
    whole = page.build(mapping, frozen.shown(mapping), "sv")
    assert "Jönköping" not in whole.headline
    assert "påhittade" in whole.headline_caveat
    assert all(f.is_invented and f.title.startswith("Påhittat exempel") for f in whole.figures())
    assert all("PÅHITTADE TAL" in p.wide.svg for f in whole.figures() for p in f.pictures)
    assert Chapter.PURPOSE not in {c.key for c in whole.chapters}

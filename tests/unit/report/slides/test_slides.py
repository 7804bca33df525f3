"""Slides: one finding each, a number never without its interval, nothing inline, notes apart."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from klarsyn.report import page as pages
from klarsyn.report.slides import write_slides
from klarsyn.report.slides.build import HIGHEST, WIDTH, Slide, build
from tests.unit.report import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _slides(language: str = "sv", *, invented: bool = False) -> tuple[Slide, ...]:
    mapping = frozen.mapping(2024 if invented else 2019, invented)
    return build(pages.build(mapping, frozen.shown(mapping, language), language))


@pytest.fixture
def written(tmp_path: Path, db: None) -> dict[str, str]:
    mapping = frozen.mapping()
    shown = pages.build(mapping, frozen.shown(mapping), "sv")
    return {p.name: p.read_text(encoding="utf-8") for p in write_slides(shown, folder=tmp_path)}


class Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [v for k, v in attrs if k == "id" and v]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_first_the_finding_with_intervals_last_what_nobody_knows(language: str) -> None:
    slides = _slides(language)
    assert slides[0].kind == "first" and all(n.interval for n in slides[0].numbers)
    assert slides[-1].kind == "points" and slides[-1].points
    assert all((s.svg or s.points) and s.source for s in slides[1:-1])


@pytest.mark.parametrize("language, invented", [("sv", False), ("en", True)])
def test_the_speaker_is_told_what_a_figure_says_what_it_does_not_and_what_will_be_asked(
    language: str, invented: bool
) -> None:
    for slide in _slides(language, invented=invented):
        notes = slide.notes
        assert notes.expected.question.endswith("?") and notes.expected.answer.endswith((".", ":"))
        assert notes.expected.address.startswith("/en/" if language == "en" else "/kartlaggning/")
        assert slide.kind != "finding" or len(notes.says_not[0]) > 40
        assert not re.search(r"\d", notes.expected.question + notes.expected.answer)


def test_charts_are_drawn_for_a_hall_and_for_a_phone_and_keep_their_height() -> None:
    drawn = [s for s in _slides()[1:-1] if s.svg]
    assert len(drawn) >= 5 and all(s.small for s in drawn)
    for slide in drawn:
        _, _, width, height = map(float, re.findall(r'viewBox="([^"]+)"', slide.svg)[0].split())
        assert (width, height <= HIGHEST) == (WIDTH, True), f"{slide.id}: {width} x {height}"


def test_the_pages_hold_nothing_inline_and_ids_once(written: dict[str, str]) -> None:
    for name, html in written.items():
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", html), name
        parser = Ids()
        parser.feed(html)
        assert len(parser.ids) == len(set(parser.ids)), name


def test_there_is_a_way_out_of_the_slides_without_javascript(written: dict[str, str]) -> None:
    assert 'href="/lamna/"' in written["index.html"]


def test_invented_figures_say_so_on_every_slide(tmp_path: Path) -> None:
    mapping = frozen.mapping(2024, invented=True)
    shown = pages.build(mapping, frozen.shown(mapping), "sv")
    html = write_slides(shown, folder=tmp_path)[0].read_text(encoding="utf-8")
    assert html.count('<span class="invented">Påhittade tal</span>') == html.count('<section class="slide')


def test_every_protected_figure_has_its_chart_and_no_slide_is_empty() -> None:
    slides = _slides(invented=True)
    assert all(s.svg or s.points or s.numbers for s in slides)
    receptions = [s for s in slides if s.id.startswith(("s-mika", "s-kast"))]
    in_words = {
        s.id for s in receptions if not s.svg
    }  # fourteen kinds with units of their own: no hall reads them
    assert len(receptions) >= 17 and in_words == {"s-mika-work", "s-kast-work"}

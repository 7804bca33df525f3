"""The slides in a hall of 1920 x 1080, on a phone, on paper, and with the speaker's notes beside them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from klarsyn.report import paper_makers, render
from tests.browser.test_report import released

SLIDES = "/kartlaggning/2019/utgava-1/bilder/"
# The height in pixels of every word a slide shows, its chart's words included.
WORDS = """() => [...document.querySelectorAll(".slide h1, .slide h2, .slide p, .slide dt, .slide dd, .slide li, .slide text")]
  .filter((e) => e.textContent.trim()).map((e) => {
    const size = parseFloat(getComputedStyle(e).fontSize);
    return [e.textContent.trim().slice(0, 40), e.getCTM ? size * e.getScreenCTM().a : size];
  })"""


@pytest.fixture
def slides(live_server, transactional_db, home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(render, "ARTEFACTS", [paper_makers.slides])
    released(home)
    return live_server.url + SLIDES


@pytest.fixture
def hall(open_page) -> Page:
    page = open_page(width=1920)
    page.set_viewport_size({"width": 1920, "height": 1080})
    return page


def test_every_word_is_32_pixels_or_more_in_the_hall(hall: Page, slides: str, shoot) -> None:
    hall.goto(slides)
    small = [(text, round(size, 1)) for text, size in hall.evaluate(WORDS) if size < 31.9]
    assert small == []
    shoot(hall, "slides", whole=False)


def test_no_slide_spills_over_its_screen(hall: Page, slides: str) -> None:
    hall.goto(slides)
    heights = hall.locator(".slide").evaluate_all("all => all.map(s => [s.id, s.scrollHeight])")
    assert [(id, h) for id, h in heights if h > 1081] == []


def test_elis_goes_through_the_slides_by_keyboard(hall: Page, slides: str, shoot) -> None:
    hall.goto(slides)
    hall.keyboard.press("ArrowRight")
    second = hall.locator(".slide").nth(1)
    expect(second).to_be_in_viewport(ratio=0.9)
    hall.keyboard.press("End")
    expect(hall.locator("#s-last")).to_be_in_viewport(ratio=0.9)
    hall.keyboard.press("Home")
    expect(hall.locator("#s1")).to_be_in_viewport(ratio=0.9)


def test_the_speakers_screen_follows_the_hall(hall: Page, slides: str) -> None:
    hall.goto(slides)
    notes = hall.context.new_page()
    notes.goto(slides + "noter.html")
    hall.bring_to_front()
    hall.keyboard.press("ArrowRight")
    expect(notes.locator("section.now")).to_have_id(hall.url.partition("#")[2])


@pytest.mark.parametrize("name", ["", "noter.html"])
def test_the_slides_can_be_read_by_everyone(page: Page, slides: str, axe, name: str) -> None:
    page.goto(slides + name)
    axe(page)


def test_frej_reads_the_slides_without_javascript_and_finds_the_way_out(no_js: Page, slides: str) -> None:
    no_js.goto(slides)
    assert no_js.locator(".slide").count() > 5
    expect(no_js.get_by_role("link", name="Lämna sidan snabbt")).to_have_attribute("href", "/lamna/")


def test_on_paper_a_slide_is_a_page(hall: Page, slides: str) -> None:
    hall.goto(slides)
    count = hall.locator(".slide").count()
    pdf = hall.pdf(prefer_css_page_size=True, print_background=True)
    assert (
        pdf.count(b"/Type /Page\n") == count
        or pdf.count(b"/Type/Page/") == count
        or pdf.count(b"/Type /Page") - pdf.count(b"/Type /Pages") == count
    )

"""The slides in a hall of 1280 x 720 and of 1920 x 1080, on a phone, on paper, and with the speaker's screen beside them."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from klarsyn.report import paper_makers, render, store
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from tests.browser.conftest import fits
from tests.browser.test_report import released
from tests.people import person
from tests.unit.report import frozen

SLIDES = "/kartlaggning/2019/utgava-1/bilder/"
# The height in pixels of every word a slide shows, its chart's words included, and its contrast with the ground.
WORDS = """() => {
  const light = (c) => { const v = c.match(/[0-9.]+/g).slice(0, 3).map((n) => n / 255)
    .map((n) => n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  const shown = "h1, h2, h3, p, dt, dd, li, span, text".split(", ").map((t) => ".slide " + t).join(", ");
  return [...document.querySelectorAll(shown)].filter((e) => e.textContent.trim() && e.getClientRects().length).map((e) => {
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), own = e.classList.contains("invented");
    const ink = light(e.getCTM ? style.fill : style.color);
    const ground = light(own ? style.backgroundColor : getComputedStyle(e.closest(".slide")).backgroundColor);
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    return [e.textContent.trim().slice(0, 40), e.getCTM ? size * e.getScreenCTM().a : size, contrast];
  });
}"""


@pytest.fixture
def slides(live_server, transactional_db, home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(render, "ARTEFACTS", [paper_makers.slides])
    released(home)
    return live_server.url + SLIDES


@pytest.fixture
def hall(open_page) -> Page:
    page = open_page(width=1280)
    page.set_viewport_size({"width": 1280, "height": 720})
    return page


def test_every_word_is_read_from_the_back_row_in_a_dark_hall_and_in_a_light_one(
    hall: Page, slides: str, live_server, shoot
) -> None:
    for address in (slides, live_server.url + example()):
        hall.goto(address)
        reads_well(hall, shoot)


def example() -> str:
    """The slides of the invented example, on line without the attacks that a real release waits for."""
    mapping, disa = frozen.mapping(2024, invented=True), person("disa")
    made = Edition.objects.create(
        municipality="0680", year=2024, number=1, slug="exempel-1", is_invented=True, author=disa, released_by=disa,
        content_hash=mapping.content_hash, state=State.RELEASED, created_at=timezone.now(), released_at=timezone.now(),
    )  # fmt: skip
    paper_makers.slides(render.shown(made, "sv"), mapping, store.home(made.slug), "sv")
    store.seal(store.home(made.slug), made.slug, made.content_hash, {})
    return "/kartlaggning/exempel/utgava-1/bilder/"


def reads_well(hall: Page, shoot) -> None:
    for name, width, height, least in (("dark", 1280, 720, 28), ("light", 1920, 1080, 42)):
        hall.set_viewport_size({"width": width, "height": height})
        words = hall.evaluate(WORDS)
        assert [(text, size) for text, size, _ in words if size < least - 0.05] == []
        assert [(text, contrast) for text, _, contrast in words if contrast < 7] == []
        heights = hall.locator(".slide").evaluate_all("all => all.map(s => [s.id, s.scrollHeight])")
        assert [(id, h) for id, h in heights if h > height + 1] == []
        shoot(hall, f"slides-{name}", whole=False)
        hall.keyboard.press("l")


def test_elis_goes_through_the_slides_by_keyboard_and_clicker(hall: Page, slides: str) -> None:
    hall.goto(slides)
    seen = hall.locator(".slide")

    def stands(at: int) -> None:
        expect(seen.nth(at)).to_be_in_viewport(ratio=0.9)
        expect(seen.nth(at)).to_be_focused()

    last = seen.count() - 1
    for key, at in (("PageDown", 1), ("ArrowRight", 2), (" ", 3), ("Shift+ ", 2), ("PageUp", 1), ("End", last),
                    ("Home", 0), ("ArrowLeft", 0)):  # fmt: skip
        hall.keyboard.press(key)
        stands(at)
    hall.keyboard.press("4")
    expect(hall.get_by_role("status")).to_have_text("Till bild 4: tryck Enter")
    hall.keyboard.press("Enter")
    stands(3)
    hall.keyboard.press("?")
    expect(hall.get_by_role("dialog", name="Tangenter")).to_contain_text("svart bild")
    hall.keyboard.press("Escape")
    for key in "b", ".":
        hall.keyboard.press("b")
        expect(hall.locator("main")).to_be_hidden()
        hall.keyboard.press(key)
        expect(hall.locator("main")).to_be_visible()


def test_the_speakers_screen_and_the_hall_follow_each_other(hall: Page, slides: str, axe, shoot) -> None:
    hall.goto(slides)
    hall.keyboard.press("PageDown")
    notes = hall.context.new_page()
    notes.clock.install()
    notes.goto(slides + "noter.html")
    now = notes.locator(".talk section.now")
    expect(now).to_have_id(hall.locator(".slide.now").get_attribute("id"))  # opened late, and there at once
    expect(notes.locator("#now .slide h2")).to_have_text(
        hall.locator(".slide").nth(1).locator("h2").inner_text()
    )
    expect(notes.locator("#next .slide h2")).to_have_text(
        hall.locator(".slide").nth(2).locator("h2").inner_text()
    )
    for words in ("Vad siffran inte säger", "Fråga att vänta sig", "Varifrån kommer talet?"):
        expect(now).to_contain_text(words)
    notes.get_by_role("button", name="Starta tiden").click()
    notes.clock.run_for(65_000)
    expect(notes.locator("#elapsed")).to_have_text("1:05")
    axe(notes)
    shoot(notes, "speaker", whole=False)
    notes.keyboard.press("PageDown")
    expect(hall.locator(".slide").nth(2)).to_be_in_viewport(ratio=0.9)
    notes.get_by_role("button", name="Svart bild").click()
    expect(hall.locator("main")).to_be_hidden()
    expect(notes.locator("main")).to_be_visible()
    hall.keyboard.press("Home")
    expect(now).to_have_id("s1")
    expect(hall.locator("main")).to_be_visible()


@pytest.mark.parametrize("name", ["", "noter.html"])
def test_the_slides_can_be_read_by_everyone(page: Page, slides: str, axe, name: str) -> None:
    page.goto(slides + name)
    axe(page)
    assert fits(page)


def test_frej_reads_the_slides_without_javascript_and_finds_the_way_out(no_js: Page, slides: str) -> None:
    no_js.goto(slides)
    assert no_js.locator(".slide").count() > 5
    assert fits(no_js)
    assert no_js.get_by_role("button").count() == 0  # nothing to press that does nothing
    expect(no_js.get_by_role("link", name="Lämna sidan snabbt")).to_have_attribute("href", "/lamna/")


def test_on_paper_two_slides_stand_on_a_page_of_white_a4(hall: Page, slides: str) -> None:
    hall.goto(slides)
    count = hall.locator(".slide").count()
    pages = PdfDocument(hall.pdf(prefer_css_page_size=True, print_background=True))
    assert len(pages) == (count + 1) // 2
    assert [round(side / 72 * 25.4) for side in pages[0].get_size()] == [210, 297]
    assert pages[0].render().to_pil().getpixel((300, 60))[:3] == (255, 255, 255)

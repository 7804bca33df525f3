"""A real browser for whole journeys. Every page it opens is watched: no request leaves this machine,
nothing breaks the content security policy, no part of a page is missing.

    def test_frej_reads_the_start_page(page, live_server, axe, shoot):
        page.goto(live_server.url)          # runs at 1280 and at 360 px
        axe(page)                           # zero WCAG 2.2 A/AA violations
        shoot(page, "start")                # a picture, when KLARSYN_SCREENSHOTS names a folder
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.people import person

# Playwright's own event loop runs in this thread; the tests' database calls in it are synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
    "--font-render-hinting=none",
]
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
LOCAL = {"localhost", "127.0.0.1", "testserver", ""}
WAY_OUT = (
    settings.QUICK_EXIT_URL
)  # where it ends when a test's own address is put back before its browser is shut
WIDTHS = {1280: 900, 360: 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OpenPage = Callable[..., Page]


def chromium_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("KLARSYN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run. Without one the browser tests fail and say so; ./test asks first."""
    path = chromium_path()
    assert path, "No Chromium here: apt install chromium, or set KLARSYN_CHROMIUM to its path."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[*FLAGS, NOWHERE])
        yield running
        running.close()


def _watch(page: Page, complaints: list[str]) -> None:
    """Note every request that leaves this machine, every missing part, every complaint of the browser."""

    def asked(request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme in ("http", "https") and where.hostname not in LOCAL:
            complaints.append(f"left this machine: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            complaints.append(f"{response.status} for {response.url}")

    def spoke(message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and "status of" not in message.text and not where.startswith(WAY_OUT):
            complaints.append(f"{message.text} {where}")

    page.on("request", asked)
    page.on("response", answered)
    page.on("console", spoke)
    page.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """`open_page(width=360, dark=True, javascript=False)`: a watched page; checked when the test ends."""
    contexts, complaints = [], []

    def open_(*, width: int = 1280, dark: bool = False, javascript: bool = True, **options) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": WIDTHS.get(width, 900)},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
            locale="sv-SE",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        _watch(page, complaints)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    """A page as on a desk and as on a phone: the test runs twice."""
    return open_page(width=request.param)


@pytest.fixture
def no_js(open_page: OpenPage) -> Page:
    """A phone without JavaScript."""
    return open_page(width=360, javascript=False)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail with every WCAG 2.2 A/AA violation on the page, and where it stands."""

    def check(page: Page) -> None:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
        told = [
            f"{v['id']}: {v['help']}\n    {n['html'][:160]}\n    {n.get('failureSummary', '')[:300]}"
            for v in [*found["violations"], *_invisible(found)]
            for n in v["nodes"]
        ]
        assert not told, f"{page.url}\n" + "\n".join(told)

    return check


def _invisible(found: dict) -> Iterator[dict]:
    """Text in the colour of its ground, which axe files under "incomplete"."""
    for rule in found["incomplete"]:
        nodes = [n for n in rule["nodes"] if any(_is_one_to_one(part) for part in n["any"])]
        if rule["id"] == "color-contrast" and nodes:
            yield {**rule, "nodes": nodes}


def _is_one_to_one(part: dict) -> bool:
    data = part.get("data")  # of other rules a text
    return isinstance(data, dict) and data.get("messageKey") == "equalRatio"


@pytest.fixture
def shoot() -> Callable[..., None]:
    """Write a picture to the folder that KLARSYN_SCREENSHOTS names; without it nothing is written."""

    def write(page: Page, name: str, *, whole: bool = True) -> None:
        if folder := os.environ.get("KLARSYN_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            width = page.viewport_size["width"] if page.viewport_size else 0
            page.evaluate("document.fonts.ready.then(() => true)")
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=whole)

    return write


@pytest.fixture
def as_person(live_server, transactional_db: None) -> Callable[[Page, str], Page]:
    """`as_person(page, "disa")`: signed in by the demonstration's button, now at the desk."""

    def sign_in(page: Page, name: str) -> Page:
        who = person(name)
        page.goto(f"{live_server.url}/personal/logga-in/")
        page.get_by_role("button", name=f"Logga in som {who.name}").click()
        page.wait_for_url("**/personal/")
        return page

    return sign_in


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window, so that nobody must scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""A course's packages in the run-times that a platform brings: scorm-again, and a real record store."""

import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page

from klarsyn.training.packages import cmi5, scorm12
from tests.browser.conftest import fits
from tests.servers import lms, lrs
from tests.unit.training.packages.pack import pack

ALLOWED = {
    "cmi.core.lesson_location", "cmi.core.lesson_status", "cmi.core.session_time", "cmi.core.exit", "cmi.suspend_data",
}  # fmt: skip
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.exempel.se", "name": "4711"}}


def _unpacked(body: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        held.extractall(folder / "course")
    return folder / "course"


@pytest.fixture
def scorm(tmp_path: Path) -> Iterator[lms.Lms]:
    with lms.platform(_unpacked(scorm12.package(pack()), tmp_path)) as platform:
        yield platform


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lrs.Store]:
    with lrs.store(tmp_path_factory.mktemp("lrs")) as running:
        yield running


def _press(course: Page | FrameLocator, *names: str) -> None:
    for name in names:
        course.get_by_role("button", name=name, exact=True).click()


def _through_lesson(course: Page | FrameLocator) -> None:
    _press(course, "Nästa", "Delen är klar")


def _through_scenario(course: Page | FrameLocator) -> None:
    _press(course, "Fråga enskilt", "Fortsätt", "Gör en orosanmälan", "Fortsätt", "Delen är klar")


def _through_questions(course: Page | FrameLocator) -> None:
    course.get_by_label("Ja", exact=True).check()
    _press(course, "Svara")
    course.get_by_text("Inte riktigt.").wait_for()
    course.get_by_label("Nej").check()
    _press(course, "Svara", "Nästa")
    course.get_by_label("Socialjouren").check()
    course.get_by_label("Stödlinjen").check()
    _press(course, "Svara", "Delen är klar")
    course.get_by_role("heading", name="Kursen är klar").wait_for()


def _opened(page: Page, platform: lms.Lms) -> FrameLocator:
    page.goto(f"{platform.address}/host")
    course = page.frame_locator("iframe")
    course.locator("html.ready").wait_for()
    return course


def _kept(page: Page, platform: lms.Lms) -> dict:
    """What the platform has when the course's window has been shut."""
    before = len(platform.commits)
    page.goto("about:blank")
    while not any(c["cmi"]["core"]["session_time"] for c in platform.commits[before:]):
        page.wait_for_timeout(50)
    return platform.commits[-1]["cmi"]


def test_scorm_is_begun_left_taken_up_again_and_finished(open_page, scorm, axe, shoot) -> None:
    page = open_page(width=360)
    course = _opened(page, scorm)
    axe(page)
    _through_lesson(course)
    _press(course, "Fråga enskilt", "Fortsätt")
    asked = set(page.evaluate("window.asked"))
    kept = _kept(page, scorm)
    assert kept["core"]["lesson_status"] == "incomplete" and kept["core"]["exit"] == "suspend"
    assert (
        kept["suspend_data"] == "1|1.0|why|lina|private" and kept["core"]["lesson_location"] == "lina/private"
    )
    course = _opened(page, scorm)
    assert (
        course.get_by_text("Ni sitter ner.").is_visible()
        and not course.get_by_text("Det syns sällan").is_visible()
    )
    _press(course, "Gör en orosanmälan", "Fortsätt", "Delen är klar")
    _through_questions(course)
    axe(page)
    shoot(page, "scorm-end")
    assert asked | set(page.evaluate("window.asked")) <= ALLOWED
    kept = _kept(page, scorm)
    assert kept["core"]["lesson_status"] == "completed" and kept["core"]["exit"] == ""
    assert kept["core"]["score"]["raw"] == "" and kept["core"]["session_time"].startswith("00:0")


def test_the_pages_of_a_package_fit_a_phone_and_are_clean(open_page, scorm, axe, shoot) -> None:
    page = open_page(width=360)
    page.goto(f"{scorm.address}/course/index.html")
    page.get_by_text("Ingen lärplattform svarar.").wait_for()
    for number, through in enumerate(
        (lambda p: None, _through_lesson, _through_scenario, _through_questions)
    ):
        through(page)
        axe(page)
        assert fits(page)
        shoot(page, f"package-{number}")


def test_without_javascript_the_whole_course_stands_there(no_js, scorm) -> None:
    no_js.goto(f"{scorm.address}/course/index.html")
    for text in ("Det syns sällan", "Ni sitter ner.", "Vem kan du fråga?"):
        assert no_js.get_by_text(text).first.is_visible()
    assert no_js.locator("noscript p").is_visible() and no_js.locator("button:visible").count() == 0


def test_what_was_kept_of_another_version_is_taken_as_far_as_it_goes(open_page, scorm) -> None:
    page = open_page()
    scorm.commits.append(
        {"cmi": {"suspend_data": "1|0.9|why,gone|lina|no-such-node", "core": {"lesson_status": "incomplete"}}}
    )
    course = _opened(page, scorm)
    assert course.get_by_text("Det syns sällan").is_visible()
    assert "klar" in course.locator("[data-to-step=why]").text_content()


def _launched(page: Page, platform: lms.Lms, registration: str) -> None:
    page.goto(platform.launch(registration, uuid.uuid4().hex, ACTOR))
    page.locator("html.ready").wait_for()


def _verbs(statements: list[dict]) -> list[str]:
    return [s["verb"]["id"].rpartition("/")[2] for s in statements]


def test_cmi5_statements_come_in_their_order_to_a_real_store(open_page, store, tmp_path) -> None:
    page, registration = open_page(width=360), str(uuid.uuid4())
    folder = _unpacked(cmi5.package(pack(), "https://exempel.se"), tmp_path)
    with lms.platform(folder, store=store.address) as platform:
        template = {"extensions": {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s-1"}}
        launch = {"contextTemplate": template, "launchMode": "Normal", "moveOn": "CompletedAndPassed"}
        platform.states["LMS.LaunchData"] = json.dumps(launch).encode()
        _launched(page, platform, registration)
        _through_lesson(page)
        page.goto("about:blank")
        _launched(page, platform, registration)
        page.get_by_text("Lina står i korridoren.").wait_for()
        _through_scenario(page)
        _through_questions(page)
        _press(page, "Avsluta")
        page.get_by_text("Det är sparat.").wait_for()
    taken = store.statements()
    assert _verbs(taken) == ["initialized", "terminated", "initialized", "completed", "passed", "terminated"]
    assert platform.asked[:4] == [
        "GET LMS.LaunchData", "GET cmi5LearnerPreferences", "GET klarsyn.place", "PUT initialized",
    ]  # fmt: skip
    broken = taken[0] | {"result": {"duration": "twelve"}}  # the model can refuse
    *good, bad = lrs.complaints([*taken, broken])
    assert not any(good) and "duration" in bad
    _are_as_cmi5_says(taken, registration)


def _are_as_cmi5_says(taken: list[dict], registration: str) -> None:
    for one, verb in zip(taken, _verbs(taken), strict=True):
        categories = {c["id"].rpartition("/")[2] for c in one["context"]["contextActivities"]["category"]}
        assert categories == ({"cmi5", "moveon"} if verb in ("completed", "passed") else {"cmi5"})
        assert (
            one["context"]["registration"] == registration
            and one["context"]["extensions"]
            and one["actor"] == ACTOR
        )
        assert "score" not in one.get("result", {}) and "response" not in one.get("result", {})
        assert ("duration" in one.get("result", {})) == (verb != "initialized")
    results = {verb: one.get("result", {}) for one, verb in zip(taken, _verbs(taken), strict=True)}
    assert results["completed"]["completion"] is True and results["passed"]["success"] is True


def test_a_launch_address_opened_twice_tells_the_store_nothing(open_page, store, tmp_path) -> None:
    page, fetch = open_page(), uuid.uuid4().hex
    before = len(store.statements())
    folder = _unpacked(cmi5.package(pack(), "https://exempel.se"), tmp_path)
    with lms.platform(folder, store=store.address) as platform:
        platform.fetched.add(fetch)
        page.goto(platform.launch(str(uuid.uuid4()), fetch, ACTOR))
        page.get_by_text("Ingen lärplattform svarar.").wait_for()
        _through_lesson(page)
    assert len(store.statements()) == before

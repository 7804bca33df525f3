"""A survey without names in a real browser: answered on a phone without JavaScript, read by a trainer."""

from klarsyn.training.attitudes.demo import NAME, WAITING, ensure_demo_attitudes
from klarsyn.training.models import AttitudeAnswer, AttitudeSurvey
from tests.browser.conftest import fits
from tests.people import person


def test_frej_answers_without_javascript_and_nothing_filled_in_is_lost(no_js, live_server, db) -> None:
    person("cilla")
    ensure_demo_attitudes()
    waiting = AttitudeSurvey.objects.get(name=WAITING)
    for turn in ("first", "again"):
        no_js.goto(f"{live_server.url}/matning/{waiting.link}/")
        for label, text in (
            ("De två första", "an"),
            ("De två sista bok", "ga"),
            ("De två sista siff", "47"),
            ("Den första", "k"),
        ):
            no_js.get_by_label(label).fill(text)
        group = no_js.get_by_role("group", name="Vem som helst kan utsättas")
        group.get_by_label("Stämmer helt").check()
        no_js.get_by_role("button", name="Skicka svaren").click()
        if turn == "first":
            no_js.get_by_role("heading", name="svaret är sparat").wait_for()
    assert no_js.get_by_text("Någon har redan svarat med den koden").first.is_visible() and fits(no_js)
    assert group.get_by_label("Stämmer helt").is_checked()
    assert AttitudeAnswer.objects.filter(survey=waiting).count() == 1


def test_the_form_and_the_results_look_right(open_page, as_person, live_server, axe, shoot, db) -> None:
    person("cilla")
    ensure_demo_attitudes()
    page = open_page(width=360)
    page.goto(f"{live_server.url}/matning/{AttitudeSurvey.objects.get(name=WAITING).link}/")
    axe(page)
    shoot(page, "attitudes-answer")
    assert fits(page)
    as_person(page, "cilla").goto(f"{live_server.url}/personal/matningar/")
    axe(page)
    for name in (WAITING, NAME):
        page.goto(f"{live_server.url}/personal/matningar/")
        page.get_by_role("link", name=name).click()
        axe(page)
        shoot(page, f"attitudes-{'open' if name == WAITING else 'closed'}")
        assert fits(page) and page.locator("h1").count() == 1
    assert page.get_by_text("Ingen jämförelsegrupp.").count() == 2

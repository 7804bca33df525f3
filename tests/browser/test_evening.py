"""Questions of the evening at the desk and on the public page: one field and Enter, at 1280 and at 360 px."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from klarsyn.plan.models import Demand, Measure, Review
from klarsyn.report.evening import actions
from klarsyn.report.models import Edition, EveningQuestion
from klarsyn.report.policy import State
from tests.browser.conftest import fits
from tests.browser.test_slides import reads_well
from tests.people import person
from tests.web.report.staged import SLIDES, stage


@pytest.mark.parametrize("width", [1280, 360])
def test_disa_notes_a_question_with_enter_and_frej_reads_it_when_cilla_has(
    open_page, as_person, live_server, axe, shoot, width: int
) -> None:
    disa, now = person("disa"), timezone.now()
    edition = Edition.objects.create(
        municipality="0680", year=2019, number=1, slug="0680-2019-1", author=disa, content_hash="0" * 64,
        state=State.RELEASED, created_at=now, released_at=now, released_by=person("greta"),
    )  # fmt: skip
    page = as_person(open_page(width=width), "disa")
    page.goto(f"{live_server.url}/personal/rapporter/{edition.pk}/kvallen/")
    page.get_by_label("Frågan").fill("Ökar det?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ökar det?")).to_be_visible()
    actions.show(question=EveningQuestion.objects.get(), by=person("cilla"))
    page.reload()
    axe(page)
    assert fits(page)
    shoot(page, "evening")
    page.goto(f"{live_server.url}/kartlaggning/2019/utgava-1/fragor/")
    expect(page.get_by_text("Svaret kommer senast")).to_be_visible()
    axe(page)
    assert fits(page)
    shoot(page, "questions")


def _with_long_words(home: Path) -> Edition:
    edition = stage(home)
    Measure.objects.update(
        title="En åtgärd vars namn är så långt att det tar två rader på bilden, som de ofta är"
    )
    Demand.objects.update(text="Kommunen ska " + "göra mycket som tar plats att säga " * 9)
    Review.objects.update(came_of_it="Det här hände sedan sist och det är långt att berätta. " * 9)
    told = Review.objects.get()
    told.pk, told.measure = None, Measure.objects.get(slug="utbildning")
    told.save()
    told.measure.demands.set(
        Demand.objects.all()
    )  # no figure: larger words, and as many as there is room for
    return edition


def test_what_came_of_the_decisions_is_read_from_the_back_row_and_elis_has_notes_of_his_own_beside_it(
    open_page, as_person, live_server, transactional_db, home: Path, axe, shoot
) -> None:
    edition = _with_long_words(home)
    hall = open_page(width=1280)
    hall.goto(live_server.url + SLIDES)
    reads_well(hall, shoot)
    hall.set_viewport_size({"width": 360, "height": 740})
    axe(hall)
    assert fits(hall)
    last, foot = (hall.locator(f"#d-mottagning {part}").last.bounding_box() for part in (".pair p", ".foot"))
    assert last and foot and last["y"] + last["height"] <= foot["y"]
    shoot(hall, "decided")
    room = f"{live_server.url}/personal/rapporter/{edition.pk}/kvallen/"
    notes = as_person(open_page(width=1280), "disa")
    notes.goto(f"{room}anteckningar/")
    second = notes.locator("#d-mottagning")
    second.get_by_label("Egen anteckning").fill("Tacka mottagningen.")
    second.get_by_role("button", name="Spara anteckningen").click()
    axe(notes)
    shoot(notes, "own-notes")
    notes.goto(f"{room}talarstod/#d-mottagning")
    expect(notes.locator(".talk section.now .own")).to_contain_text("Tacka mottagningen.")
    expect(notes.locator("#now .slide .pair")).to_be_visible()
    notes.keyboard.press("PageDown")
    expect(notes.locator(".talk section.now")).to_have_id("d-utbildning")
    axe(notes)
    shoot(notes, "speaker-own", whole=False)

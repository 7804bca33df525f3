"""Questions of the evening at the desk and on the public page: one field and Enter, at 1280 and at 360 px."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from klarsyn.report.evening import actions
from klarsyn.report.models import Edition, EveningQuestion
from klarsyn.report.policy import State
from tests.browser.conftest import fits
from tests.people import person


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

"""The evening's slides: what was decided beside what came of it, and the speaker's own notes, which nobody else reads."""

from datetime import date
from pathlib import Path

import pytest

from klarsyn.base.models import AuditEvent
from klarsyn.plan.models import ActionPlan, Decision, Measure, Motion, Review
from klarsyn.report import store
from klarsyn.report.evening import decisions
from klarsyn.report.models import Edition, EveningNote
from klarsyn.report.policy import State
from tests.web.plan.conftest import publish
from tests.web.report.staged import SLIDES, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db: None, home: Path) -> Edition:
    return stage(home)


def sections(html: str) -> list[str]:
    """Each slide without its number, which says how many there are."""
    found = html.split('<section class="slide')[1:]
    return [one.partition('<span class="count">')[0] for one in found]


def test_the_released_slides_stand_as_they_were_and_after_the_first_what_came_of_the_decision(
    client, edition: Edition
) -> None:
    path = store.home(edition.slug) / "sv/bilder/index.html"
    released = path.read_bytes()
    first, pair, other, *rest = sections(client.get(SLIDES).text)
    assert [first, *rest] == sections(released.decode()) and path.read_bytes() == released
    for words in ('id="d-mottagning"', "1 juni 2026", "att 1 görs", "Bifallen", "Pågår", "Lokalen finns.", "Påhittat",
                  "avrundat; det rätta talet ligger i", "Så står det i planen"):  # fmt: skip
        assert words in pair, words
    assert "Ingen uppföljning är publicerad" in other


def test_nothing_that_is_not_published_comes_on_a_slide_and_the_slide_says_that_there_is_nothing(
    client, visit, edition: Edition
) -> None:
    for model in (Motion, Decision, ActionPlan, Measure, Review):
        model._default_manager.update(published_on=None)
    speaker = visit("disa").get(f"/personal/rapporter/{edition.pk}/kvallen/talarstod/").text
    for page in (client.get(SLIDES).text, speaker):
        assert "Inget beslut är publicerat i planen" in page and "Lokalen finns" not in page
    Edition.objects.update(state=State.DRAFT, released_at=None, released_by=None)
    assert client.get(SLIDES).status_code == 404


def test_a_slide_is_of_the_year_before_the_edition_came_out(db: None) -> None:
    rows = publish()
    ids = lambda *days: [one.id for one in decisions.pairs(*days)]  # noqa: E731
    today = date(2029, 1, 1)
    assert ids(date(2026, 11, 25), today) == ["d-mottagning", "d-utbildning"]
    assert ids(date(2026, 5, 1), date(2026, 5, 31)) == ["d-none"]  # not decided yet
    assert ids(date(2027, 6, 2), today) == ["d-none"]
    Review.objects.filter(pk=rows.review.pk).update(reviewed_on=date(2027, 1, 1))
    assert ids(date(2027, 6, 2), today) == ["d-mottagning"]  # an older decision, followed up in the year
    Measure.objects.update(published_on=None)
    assert [one.sentence for one in decisions.pairs(date(2026, 11, 25), today)] == [
        "Ingen åtgärd är publicerad för beslutet."
    ]


def test_the_speakers_own_notes_are_read_by_staff_alone_and_kept_as_written(visit, edition: Edition) -> None:
    disa, cilla = visit("disa"), visit("cilla")
    room = f"/personal/rapporter/{edition.pk}/kvallen/"
    note = {"slide": "d-mottagning", "text": "Berätta om <lokalen>."}
    assert disa.post(f"{room}anteckningar/", note).status_code == 302
    assert cilla.post(f"{room}anteckningar/", note).status_code == 404
    shown = "Berätta om &lt;lokalen&gt;."
    own = disa.get(f"{room}talarstod/").text
    assert own.index('id="d-mottagning"') < own.index(shown) < own.index('id="d-utbildning"')
    assert shown in disa.get(f"{room}anteckningar/").text and shown in cilla.get(f"{room}anteckningar/").text
    for public in (
        SLIDES,
        SLIDES.replace("kvallen", "bilder"),
        SLIDES.replace("kvallen/", "bilder/noter.html"),
    ):
        assert "Berätta om" not in visit("frej").get(public).text, public
    for text in ("Ring 070-123 45 67", "Om 19121212-1212", "å" * 2001):
        answer = disa.post(f"{room}anteckningar/", {"slide": "s1", "text": text})
        assert answer.status_code == 422 and text in answer.text
    assert disa.post(f"{room}anteckningar/", {"slide": "finns-inte", "text": "Hej"}).status_code == 422
    assert EveningNote.objects.count() == 1
    disa.post(f"{room}anteckningar/", {"slide": "d-mottagning", "text": ""})
    assert EveningNote.objects.count() == 0
    assert AuditEvent.objects.filter(action="evening.speaker_note").count() == 2

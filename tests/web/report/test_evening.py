"""A question of the evening: noted by Disa, let out by Cilla, answered, sent back, answered anew, and read by anyone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from klarsyn.base.models import AuditEvent
from klarsyn.people.models import RoleHeld
from klarsyn.report import store
from klarsyn.report.evening.demo import ensure_demo_questions
from klarsyn.report.models import Edition, EveningAnswer, EveningQuestion
from klarsyn.report.policy import State
from tests.people import person

pytestmark = pytest.mark.django_db
PUBLIC = "/kartlaggning/2019/utgava-1/fragor/"


@pytest.fixture
def room(db: None) -> str:
    disa, now = person("disa"), timezone.now()
    made = Edition.objects.create(
        municipality="0680", year=2019, number=1, slug="0680-2019-1", author=disa, content_hash="0" * 64,
        state=State.RELEASED, created_at=now, released_at=now, released_by=person("greta"),
    )  # fmt: skip
    return f"/personal/rapporter/{made.pk}/kvallen/"


def test_a_question_is_public_when_another_has_read_it_and_its_answer_when_another_has_approved_it(
    visit, room: str
) -> None:
    disa, cilla, frej = visit("disa"), visit("cilla"), visit("frej")
    assert disa.post(room, {"text": "Ökar det?", "asked_as": "Ledamot (X)"}).status_code == 302
    at = f"{room}{EveningQuestion.objects.get().pk}/"
    assert "Ökar det?" in cilla.get(room).text and "Ökar det?" not in frej.get(PUBLIC).text
    assert disa.post(f"{at}visa/").status_code == 404
    assert cilla.post(f"{at}visa/").status_code == 302
    page = frej.get(PUBLIC).text
    assert "Ledamot (X)" in page and "Svaret kommer senast" in page and "Disa" not in page
    EveningQuestion.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "Det är försenat" in frej.get(PUBLIC).text
    disa.post(f"{at}svara/", {"text": "Första svaret."})
    assert "Första svaret" not in frej.get(PUBLIC).text
    assert cilla.post(f"{at}granska/", {"verdict": "reject", "comment": " "}).status_code == 422
    cilla.post(f"{at}granska/", {"verdict": "reject", "comment": "Säg hur säkert."})
    for text in ("Andra svaret.", "Tredje svaret."):
        disa.post(f"{at}svara/", {"text": text})
        cilla.post(f"{at}granska/", {"verdict": "approve", "comment": ""})
    page = frej.get(PUBLIC).text
    assert "Första svaret" not in page and "Ett tidigare svar" in page
    assert page.index("Tredje svaret") < page.index("Andra svaret")
    assert "Säg hur säkert" in disa.get(room).text and "Första svaret" in disa.get(room).text
    acts = AuditEvent.objects.filter(action__startswith="evening.").values_list("action", flat=True)
    assert [act.removeprefix("evening.") for act in acts.order_by("sequence")] == [
        "note", "show", "answer", "check", "answer", "check", "answer", "check",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["Vad hände med 19121212-1212?", "Ring 070-123 45 67", "Skriv till a@b.se", "  ", "\0"]
)
def test_what_points_somebody_out_is_refused_and_nothing_typed_is_lost(visit, room: str, text: str) -> None:
    answer = visit("disa").post(room, {"text": text, "asked_as": ""})
    assert answer.status_code == 422 and EveningQuestion.objects.count() == 0
    assert not text.strip(" \0") or f'value="{text}"' in answer.text


@pytest.fixture
def released(home) -> None:
    """The edition's page, with numbers as they are written there."""
    page = "<p>Antalet var <b>141\u00a0081</b>, per invånare 12,05. Kapitel 3 av 11.</p>"
    store.write(store.home("0680-2019-1"), "sv/index.html", page.encode())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Det var 141 081, alltså 12,05 per 100 000.", "100 000"),
        ("Det var 141 081, alltså 12,05 av dem.", ""),
        ("Enligt 4 § lagen (2023:196) och 26 kap. 1 § den 3 mars 2024, KS 2021/12: 250 000 kronor.", ""),
        ("Tre, nämligen 3 personer.", "3"),  # stands on the page, and is small
        ("Mottagningen träffade 17.", "17"),
        ("Det var 141 082.", "141082"),
    ],
)
def test_only_released_numbers_are_repeated_and_small_ones_never(
    visit, room: str, released, text: str, told: str
) -> None:
    disa, cilla = visit("disa"), visit("cilla")
    answer = disa.post(room, {"text": text, "asked_as": ""})
    refused = f"Talet {told.replace(' ', '')} står inte i utgåvan"
    assert (answer.status_code == 422 and refused in answer.text) == bool(told)
    EveningQuestion.objects.all().delete()
    disa.post(room, {"text": "Ökar det?", "asked_as": ""})
    at = f"{room}{EveningQuestion.objects.get().pk}/"
    cilla.post(f"{at}visa/")
    assert (disa.post(f"{at}svara/", {"text": text}).status_code == 422) == bool(told)
    assert EveningAnswer.objects.count() == (not told)


def test_a_struck_question_leaves_its_reason_and_no_words(visit, room: str) -> None:
    disa, cilla = visit("disa"), visit("cilla")
    disa.post(room, {"text": "Hur är det med grannen?", "asked_as": ""})
    at = f"{room}{EveningQuestion.objects.get().pk}/"
    cilla.post(f"{at}visa/")
    disa.post(f"{at}svara/", {"text": "Om grannen."})
    cilla.post(f"{at}stryk/", {"why": "Pekade ut någon."})
    assert EveningAnswer.objects.count() == 0 and "grannen" not in cilla.get(room).text
    assert "Pekade ut någon" in cilla.get(room).text and "Pekade ut" not in visit("frej").get(PUBLIC).text


def test_whoever_may_both_write_and_check_does_neither_alone(visit, room: str) -> None:
    RoleHeld.objects.create(user=person("disa"), role="report_checker")
    disa, cilla = visit("disa"), visit("cilla")
    disa.post(room, {"text": "Ökar det?", "asked_as": ""})
    at = f"{room}{EveningQuestion.objects.get().pk}/"
    disa.post(f"{at}visa/")
    assert EveningQuestion.objects.get().state == "noted"
    cilla.post(f"{at}visa/")
    disa.post(f"{at}svara/", {"text": "Det syns inte i talen."})
    answer = disa.post(f"{at}granska/", {"verdict": "approve", "comment": ""})
    assert answer.status_code == 422 and "kan inte granska det själv" in answer.text
    assert "syns inte" not in visit("frej").get(PUBLIC).text


def test_the_database_too_lets_nobody_check_an_own_answer(visit, room: str) -> None:
    visit("disa").post(room, {"text": "Ökar det?", "asked_as": ""})
    question, disa, now = EveningQuestion.objects.get(), person("disa"), timezone.now()
    own = {"written_by": disa, "checked_by": disa, "written_at": now, "checked_at": now, "verdict": "approve"}
    with pytest.raises(IntegrityError), transaction.atomic():
        EveningAnswer.objects.create(question=question, text="Nej.", **own)
    with pytest.raises(IntegrityError), transaction.atomic():
        EveningQuestion.objects.update(state="shown", shown_at=now, shown_by=disa)


def test_a_draft_has_no_questions(visit, room: str) -> None:
    Edition.objects.update(state=State.DRAFT, released_at=None, released_by=None)
    assert visit("frej").get(PUBLIC).status_code == 404
    assert visit("disa").post(room, {"text": "Ökar det?", "asked_as": ""}).status_code == 422


def test_the_demonstrations_questions_are_invented_and_one_says_when_it_is_answered(visit, room: str) -> None:
    assert ensure_demo_questions() == 0  # none about an edition of real figures
    Edition.objects.update(is_invented=True)
    assert ensure_demo_questions() == 4 and ensure_demo_questions() == 0
    page = visit("frej").get("/kartlaggning/exempel/utgava-1/fragor/").text
    assert "frågorna om den är påhittade" in page and page.count("Svaret kommer senast") == 2
    assert "Svaret kom " in page and "Vad kostar mottagningarna" not in page

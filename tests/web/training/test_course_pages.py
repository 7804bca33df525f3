"""A course is read, resumed and finished, at the desk and by a link; what is wrong is nowhere kept."""

import json

import pytest
from django.core import serializers
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from klarsyn.training import actions, codes
from klarsyn.training.models import Completion, Learner, Progress, Unit
from tests.people import person
from tests.web.training.conftest import KIOSK

OPEN = "/kurs/las/kiosk/"


def walk(client: Client, base: str) -> None:
    """The whole course as somebody goes through it, with a wrong answer and a way back."""
    for screen in ("0", "1"):
        client.post(f"{base}look/", {"screen": screen})
    for said in (
        {"choice": "counter.0"},
        {"choice": "talk.1"},
        {"undo": "1"},
        {"choice": "talk.0"},
        {"done": "1"},
    ):
        client.post(f"{base}alex/", said)
    client.post(f"{base}check/", {"question": "sign", "answer": "1"})
    client.post(f"{base}check/", {"question": "sign", "answer": "0"})
    client.post(f"{base}check/", {"question": "first", "answer": ["0", "1"]})


def test_cilla_finishes_a_course_and_nothing_but_days_is_kept(visit, course) -> None:
    cilla = visit("cilla")
    assert "Kiosken" in cilla.get("/personal/utbildning/").content.decode()
    walk(cilla, KIOSK)
    done = Completion.objects.get()
    assert done.learner.user == person("cilla") and done.done_on == timezone.localdate()
    assert done.valid_until.year == done.done_on.year + 2
    assert [row.place for row in Progress.objects.all()] == [[], [], []]
    assert "Du har gått kursen" in cilla.get(KIOSK).content.decode()
    cilla.post(KIOSK, {"again": "1"})
    assert not Progress.objects.exists() and Completion.objects.count() == 1


def test_somebody_without_an_account_does_the_same_and_has_no_name_and_no_hour(nobody, unit) -> None:
    client = nobody()
    assert "Skriv upp din kod" in client.get("/kurs/kod/").content.decode()
    walk(client, OPEN)
    learner = Learner.objects.get()
    assert (learner.user, learner.unit, len(learner.code_hash)) == (None, unit, 64)
    assert Completion.objects.count() == 1
    assert client.get("/kurs/kod/").headers["Location"] == "/kurs/alla/"  # the code is not shown again
    kept = json.loads(
        serializers.serialize("json", [learner, *Progress.objects.all(), *Completion.objects.all()])
    )
    fields = {name for row in kept for name in row["fields"]}
    assert fields == {
        "user", "code_hash", "unit", "learner", "course", "version", "step", "place", "done_at", "done_on",
        "valid_until",
    }  # fmt: skip
    assert not any("T" in str(row["fields"].get(name)) for row in kept for name in ("done_at", "done_on"))


def test_every_step_goes_on_where_it_was_left(visit, course) -> None:
    cilla = visit("cilla")
    cilla.post(f"{KIOSK}look/", {"screen": "0"})
    assert "Vad man gör" in visit("cilla").get(f"{KIOSK}look/").content.decode()
    cilla.post(f"{KIOSK}look/", {"screen": "0"})  # sent twice: one screen
    assert Progress.objects.get().place == ["0"]
    assert "Vad man ser" in cilla.get(f"{KIOSK}look/1/").content.decode()
    assert cilla.get(f"{KIOSK}look/3/").status_code == 404
    cilla.post(f"{KIOSK}alex/", {"choice": "counter.0"})
    page = visit("cilla").get(f"{KIOSK}alex/").content.decode()
    assert "Alex ser förvånad ut" in page and "Erbjuda en plats" in page and "Titta i telefonen" not in page
    cilla.post(f"{KIOSK}alex/", {"choice": "counter.1"})  # an old page: not a choice of this moment
    cilla.post(f"{KIOSK}alex/", {"done": "1"})  # no ending yet
    assert Progress.objects.get(step="alex").place == ["counter.0"]


def test_an_answer_is_told_and_a_wrong_one_is_nowhere(visit, course) -> None:
    cilla = visit("cilla")
    wrong = cilla.post(f"{KIOSK}check/", {"question": "sign", "answer": "1"}, follow=True)
    assert "Tecken bevisar ingenting." in wrong.content.decode() and not Progress.objects.exists()
    empty = cilla.post(f"{KIOSK}check/", {"question": "sign"})
    assert empty.status_code == 422 and "Inget svar är valt" in empty.content.decode()
    right = cilla.post(f"{KIOSK}check/", {"question": "sign", "answer": "0"}, follow=True)
    assert "Det stämmer" in right.content.decode() and Progress.objects.get().place == ["sign"]
    half = cilla.post(f"{KIOSK}check/", {"question": "first", "answer": ["0"]}, follow=True)
    assert "Flera svar är rätt" in half.content.decode() and Progress.objects.get().done_at is None


def test_a_code_opens_where_it_was_and_a_wrong_one_nothing(nobody, link) -> None:
    client = nobody()
    client.post(f"{OPEN}look/", {"screen": "0"})
    code = client.cookies["learner"].value
    client.post("/kurs/sluta/")
    assert client.get(OPEN).headers["Location"] == "/kurs/"
    typed = f" {code[:4].upper()} {code[4:8]}-{code[8:]} "
    assert client.post("/kurs/", {"code": typed}).headers["Location"] == "/kurs/alla/"
    assert "Vad man gör" in client.get(f"{OPEN}look/").content.decode()
    other = Client()
    for wrong in ("", "x" * 12, code[:-1], "\x00" * 12, "é" * 1000):
        assert other.post("/kurs/", {"code": wrong}).status_code == 422
    assert other.get("/kurs/enhet/2345678923456789/").status_code == 404
    assert code not in json.dumps(list(Learner.objects.values()))


def test_a_closed_link_takes_no_more_and_whoever_has_begun_goes_on(nobody, visit, unit, link) -> None:
    client, page = nobody(), f"/personal/utbildning/enheter/{unit.pk}/lank/"
    assert visit("disa").get(page).status_code == 404  # leads nothing
    made = visit("greta").post(page, {"open": "1"}).content.decode()
    assert "/kurs/enhet/" in made and link not in made
    assert Client().get(f"/kurs/enhet/{link}/").status_code == 404  # the older one
    visit("greta").post(page, {"close": "1"})
    assert Unit.objects.get().link_hash == "" and client.get(OPEN).status_code == 200


def test_a_link_that_only_a_machine_would_fill_is_full(nobody, link, monkeypatch) -> None:
    nobody()
    monkeypatch.setattr(actions, "WITHOUT_STEPS", 1)
    assert Client().post(f"/kurs/enhet/{link}/", {"begin": "1"}).status_code == 409


def test_as_many_questions_to_the_database_for_one_step_as_for_all(
    visit, course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cilla = visit("cilla")
    walk(cilla, KIOSK)
    for page, most in ((KIOSK, 8), ("/personal/utbildning/", 11), (f"{KIOSK}alex/", 8)):
        with django_assert_max_num_queries(most):
            assert cilla.get(page).status_code == 200


@pytest.mark.parametrize("bad", ["9999999", "-1", "0.5", "\x00", "٣", "🙂", "x" * 100_000])
def test_what_no_page_sends_moves_nothing(visit, course, bad: str) -> None:
    cilla = visit("cilla")
    for step, field in (("look", "screen"), ("alex", "choice"), ("check", "answer"), ("check", "question")):
        assert cilla.post(f"{KIOSK}{step}/", {"question": "sign", field: bad}).status_code in (302, 422)
        assert cilla.get(f"{KIOSK}check/", {"q": bad[:50], "a": bad[:50]}).status_code == 200
    assert not Progress.objects.exclude(place=[]).exists()


def test_codes_are_hashed_with_the_pepper_and_never_alike() -> None:
    assert len({codes.new_code() for _n in range(100)}) == 100
    assert codes.read(codes.shown("abcdefgh2345")) == "abcdefgh2345" and codes.read("abcdefgh234o") == ""

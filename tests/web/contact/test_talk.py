"""Writing without a name, by the page: every step is a form at one address, and nothing is lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client

from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import Busy
from klarsyn.contact import access, inbox, talk, throttle, visitor, visits
from klarsyn.contact.codes import Code, luhn
from klarsyn.contact.models import Access, Message, Thread, Tries, Visit
from klarsyn.portal.visitor import LANGUAGES
from tests.web.contact.conftest import HERE, SHOWN, Frej

W = talk.words("sv")
WRONG = Code("1" * 24 + luhn("1" * 24)).shown


def test_a_visitor_writes_gets_a_code_once_leaves_and_comes_back_to_an_answer(frej, house) -> None:
    one = frej()
    code = one.begins("Jag behöver prata.")
    assert code not in one.saw(one.client.get(HERE)) and W["ask_heading"] in one.page
    assert W["last_wrong"] in one.post("check", last="0") and one.status == 422
    assert "Jag behöver prata." in one.confirms(code)
    one.client.get("/lamna/")
    assert not Visit.objects.exists()
    inbox.answer(house.alva, house.cast.hers, Thread.objects.get().pk, text="Vi finns här.")
    other = frej()
    assert "Vi finns här." in other.post("enter", code=code) and W["unseen"] in other.page
    assert "Tack" in other.post("more", text="Tack", once="b")
    assert "förra gången" in frej().post("enter", code=code)


@pytest.mark.parametrize("route", ["danger", "suicide", "child"])
def test_what_cannot_wait_is_told_before_anything_is_written_and_nothing_is_kept(frej, route) -> None:
    lines = AuditEvent.objects.count()
    page = frej().post("route", which=route)
    assert all(line in page for line in W[f"{route}_text"]) and page.count('href="tel:112"') == 2
    assert (AuditEvent.objects.count(), Visit.objects.count(), Tries.objects.count()) == (lines, 0, 0)


def test_nothing_of_it_stands_in_the_address_the_title_or_a_copy(frej) -> None:
    one = frej()
    response = one.client.post(HERE, {"step": "send", "to": "kast", "text": "x", "once": "a"})
    assert "no-store" in response["Cache-Control"] and "Location" not in response
    title = re.search(r"<title>(.*)</title>", response.content.decode())
    assert title and title[1] == "Stöd och samtal – Jönköpings kommun"
    cookie = response.cookies["talk"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["max-age"] == 600
    assert SHOWN.search(response.content.decode())[1].replace(" ", "") not in str(response.cookies)


def test_ten_minutes_of_rest_end_the_visit_and_what_was_written_stays_on_the_page(frej, monkeypatch) -> None:
    one = frej()
    code = one.begins()
    one.confirms(code)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz or UTC) + timedelta(minutes=10, seconds=1)

    monkeypatch.setattr(visits, "datetime", Later)
    page = one.post("more", text="Det jag skrev länge på", once="b")
    assert W["idle"] in page and "Det jag skrev länge på" in page and Message.objects.count() == 1
    monkeypatch.undo()
    assert "Det jag skrev länge på" in one.post("enter", code=code, draft="Det jag skrev länge på")


def test_a_form_sent_twice_is_taken_once(frej) -> None:
    one = frej()
    code = one.begins("en gång")
    one.post("send", to="mika", text="en gång", once="a")
    assert Thread.objects.count() == 1
    one.confirms(code)
    for _time in range(2):
        one.post("more", text="två", once="b")
    assert Message.objects.count() == 2 and W["already"] in one.page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "  "}, "empty"),
        ({"text": "x" * 20_001}, "too_long"),
        ({"text": "jag heter 811218-9876"}, "like_number"),
        ({"text": "x", "files": SimpleUploadedFile("a.zip", b"PK\x03\x04\0")}, "file_kind"),
        ({"text": "x", "files": SimpleUploadedFile("a.jpg", b"\xff\xd8\xffkaputt")}, "file_broken"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(frej, typed, said) -> None:
    page = frej().post("send", to="mika", once="a", **typed)
    assert W[said].format(most=20_000) in page and typed["text"].strip() in page
    assert not Thread.objects.exists()


def test_an_upload_lies_in_memory_alone_and_one_that_is_too_large_nowhere(frej, monkeypatch) -> None:
    def on_disk(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a file on disk")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", on_disk)
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", on_disk)
    for size in (6, 11):
        big = SimpleUploadedFile("stor.txt", b"a" * size * 1024 * 1024)
        assert W["file_large"] in frej().post("send", to="mika", once="a", text="x", files=big)
    assert settings.FILE_UPLOAD_HANDLERS == ["klarsyn.base.uploads.InMemory"]


def test_a_personal_number_goes_when_the_visitor_says_so_twice(frej) -> None:
    one = frej()
    one.post("send", to="mika", once="a", text="811218-9876", anyway="1")
    assert SHOWN.search(one.page)


def test_strange_signs_come_through_or_are_taken_away(frej, house) -> None:
    one = frej()
    one.confirms(one.begins("a\0b <script>\u202eאבג 🙂"))
    assert "ab &lt;script&gt;\u202eאבג 🙂" in one.page


def test_a_megabyte_is_told_that_it_is_too_long_and_comes_back(frej) -> None:
    page = frej().post("send", to="mika", once="a", text="å" * 500_000)
    assert W["too_long"].format(most=20_000) in page and "å" * 500_000 in page


def test_wrong_codes_are_told_alike_and_pause(frej) -> None:
    one = frej()
    assert W["mistyped"] in one.post("enter", code="123")
    for _try in range(throttle.FREE):
        assert W["unknown"] in one.post("enter", code=WRONG)
    assert W["paused"].format(minutes=2) in one.post("enter", code=WRONG) and one.status == 429


def test_when_too_many_come_the_page_says_phone_and_keeps_what_was_written(frej, monkeypatch) -> None:
    def busy(*_args: object) -> None:
        raise Busy

    monkeypatch.setattr(access, "derive", busy)
    one = frej()
    assert W["busy"] in one.post("send", to="mika", once="a", text="bråttom") and one.status == 503
    assert "bråttom" in one.page and W["busy"] in one.post("enter", code=WRONG)


def test_everything_is_taken_away_after_a_question(frej) -> None:
    one = frej()
    code = one.begins()
    one.confirms(code)
    assert W["erase_text"] in one.post("erase") and Thread.objects.exists()
    assert W["erased"] in one.post("erase", sure="yes")
    assert not Access.objects.exists() and not Visit.objects.exists()
    assert W["unknown"] in frej().post("enter", code=code)


def test_a_new_code_takes_the_place_of_one_that_was_not_written_down(frej) -> None:
    one = frej()
    old = one.begins()
    new = SHOWN.search(one.post("renew"))[1]
    assert new != old and "Hej" in one.confirms(new)
    assert W["unknown"] in frej().post("enter", code=old)


def test_a_file_comes_back_to_be_saved_and_not_to_another_visitor(frej) -> None:
    one = frej()
    file = SimpleUploadedFile("Frej hemma.txt", b"brev")
    code = SHOWN.search(one.post("send", to="kast", text="", once="a", files=file))[1]
    one.confirms(code)
    id = re.search(r'name="file" value="([^"]+)"', one.page)[1]
    saved = one.client.post(HERE, {"step": "file", "file": id})
    assert saved.content == b"brev" and saved["Content-Disposition"] == 'attachment; filename="text-1.txt"'
    other = frej()
    other.confirms(other.begins())
    for asked in (id, "x", ""):
        assert other.client.post(HERE, {"step": "file", "file": asked}).status_code == 404


def test_what_was_taken_away_meanwhile_is_told(frej) -> None:
    one = frej()
    one.confirms(one.begins())
    Access.objects.all().delete()
    assert W["gone"] in one.saw(one.client.get(HERE)) and not Visit.objects.exists()


def test_a_closed_thread_is_told_and_keeps_the_text_on_the_page(frej) -> None:
    one = frej()
    one.confirms(one.begins())
    Thread.objects.update(state="closed")
    assert W["closed"] in one.post("more", text="min text", once="b") and "min text" in one.page
    assert one.status == 409 and Message.objects.count() == 1


@pytest.mark.parametrize("step", ["check", "renew", "more", "erase"])
def test_a_step_without_a_visit_asks_for_the_code(frej, step) -> None:
    assert W["enter_heading"] in frej().post(step, text="x", last="1", sure="yes")


@pytest.mark.parametrize(
    "what", [{"step": "x"}, {"step": "write", "to": "x"}, {"step": "route", "which": "x"}, {}]
)
def test_what_no_form_sends_shows_the_beginning(frej, what) -> None:
    one = frej()
    assert W["heading"] in one.saw(one.client.post(HERE, what)) and one.status == 200


def test_a_form_without_its_proof_of_origin_is_refused(house) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(HERE, {"step": "send", "to": "mika", "text": "x"}).status_code == 403
    assert not Thread.objects.exists()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_every_word_and_every_page(frej, code: str) -> None:
    words = talk.words(code)
    assert {k: len(v) if isinstance(v, list) else 0 for k, v in words.items()} == {
        k: len(v) if isinstance(v, list) else 0 for k, v in W.items()
    }
    places = re.compile(r"\{\w+\}")
    assert all(sorted(places.findall(str(words[k]))) == sorted(places.findall(str(W[k]))) for k in W)
    one = Frej(f"/stod/{code}/prata/")
    assert words["heading"] in one.saw(one.client.get(one.path))
    assert words["message"] in one.post("write", to="kast")
    assert words["code_heading"] in one.post("send", to="kast", text="x", once="a")
    assert words["ask_heading"] in one.saw(one.client.get(one.path))


def test_no_visit_says_when_it_ends_or_whose_it_is(frej) -> None:
    one = frej()
    one.begins()
    (row,) = Visit.objects.values()
    assert set(row) == {"name", "sealed", "day"} and str(Access.objects.get().pk) not in str(row)
    assert visitor.BY == "visitor" and row["name"] not in str(one.client.cookies)

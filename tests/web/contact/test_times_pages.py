"""A visitor books, comes back and cancels; a card leads to a call: by the pages, in every language, nothing in the clear."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from klarsyn.contact.booking import actions
from klarsyn.contact.cards import actions as cards
from klarsyn.contact.models import Access, Booking, CallRequest, Card
from klarsyn.contact.models.booking import BOTH, Kind
from klarsyn.contact.models.card import Partner
from klarsyn.contact.words import LANGUAGES
from klarsyn.people.models import Team
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.models import Reception
from tests.people import person

TIMES, MINE, CARD = "/stod/sv/tid/m/", "/stod/sv/tid/m/kod/", "/stod/sv/kort/k/"
CODE = re.compile(r'class="v-code"><bdi dir="ltr">([\d ]{29})</bdi>')
WHEN = re.compile(r'name="when" value="([^"]+)"')


@pytest.fixture
def times(db) -> None:
    """Both receptions, with times every day and no opening hours to keep inside."""
    person("greta")
    ensure_demo_receptions()
    for kind, by in (("mika", "greta"), ("kast", "mona")):
        reception = Reception.objects.get(kind=kind)
        reception.facts.filter(what="hours").delete()
        actions.publish(
            reception=reception, kind=Kind.WEEKLY, written="måndag–söndag 9.00–17.00", minutes=60, channels=BOTH,
            valid_from=timezone.localdate(), valid_to=None, by=person(by), today=timezone.localdate(),
        )  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def first(client: Client, at: str = TIMES) -> str:
    return WHEN.findall(text(client.get(at)))[0]


def book(client: Client, at: str = TIMES, **fields: str) -> str:
    """The code of a new booking."""
    told = {"step": "book", "when": first(client, at), "channel": "phone"} | fields
    return CODE.search(text(client.post(at, told)))[1]


def new_card(kind: str = "kast") -> str:
    team = Team.objects.get(kind=kind)
    by = person("bo" if kind == "kast" else "alva")
    return cards.make_cards(team=team, partner=Partner.POLICE, count=1, by=by, today=timezone.localdate())[
        0
    ].digits


def test_each_page_in_each_language_is_neutral_small_and_has_the_way_out(times, visit) -> None:
    for code in LANGUAGES:
        for page in ("tid/m/", "tid/k/kod/", "kort/m/"):
            answer = visit("frej").get(f"/stod/{code}/{page}")
            shown = text(answer)
            assert (
                answer.status_code == 200 and 'id="leave"' in shown and "no-store" in answer["Cache-Control"]
            )
            title = re.search(r"<title>([^<]+)</title>", shown)[1].lower()
            assert not {"sex", "mika", "kast", "bok"} & set(re.findall(r"\w+", title))
            linked = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', shown)
            whole = len(shown.encode()) + sum(Path(finders.find(one)).stat().st_size for one in linked)
            assert whole <= 60_000, (code, page, whole)


def test_frej_books_sees_and_cancels(times, visit) -> None:
    frej = visit("frej")
    when = first(frej)
    assert "Din tid" in text(frej.post(TIMES, {"step": "choose", "when": when}))
    booked = frej.post(TIMES, {"step": "book", "when": when, "channel": "visit", "message": "Hej"})
    code = CODE.search(text(booked))[1]
    proof = re.search(r'name="proof" value="([^"]+)"', text(booked))[1]
    assert code.replace(" ", "") not in proof
    assert frej.post(TIMES, {"step": "check", "proof": proof, "last": "12"}).status_code == 422
    assert "Rätt." in text(frej.post(TIMES, {"step": "check", "proof": proof, "last": code[-4:]}))
    assert first(frej) != when
    seen = text(frej.post(MINE, {"code": code}))
    assert "Påhittade gatan" in seen
    assert "avbokad" in text(frej.post(MINE, {"code": code, "step": "cancel"}))
    assert first(frej) == when and frej.post(MINE, {"code": code}).status_code == 422
    assert not Booking.objects.exists() and not Access.objects.exists()


def test_who_comes_too_late_is_told_the_next_times(times, visit) -> None:
    frej = visit("frej")
    when = first(frej)
    book(frej)
    late = frej.post(TIMES, {"step": "book", "when": when, "channel": "phone"})
    assert (
        late.status_code == 409
        and "Någon annan hann före" in text(late)
        and len(WHEN.findall(text(late))) == 6
    )
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("message", "said"),
    [("å" * 1001, "för lång"), ("å" * 1_000_000, "för lång"), ("född 19900101-0017", "personnummer")],
)
def test_what_cannot_be_kept_is_told_and_stays_on_the_page(times, visit, message: str, said: str) -> None:
    frej = visit("frej")
    answer = frej.post(TIMES, {"step": "book", "when": first(frej), "channel": "phone", "message": message})
    assert answer.status_code == 422 and said in text(answer) and message in text(answer)
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"when": "\x00"}, {"when": "2026-99-99T99:99"}, {"when": "2031-01-01T09:00"}, {"when": "🕘"}, {},
    ],
)  # fmt: skip
def test_a_time_that_is_none_books_nothing(times, visit, fields: dict[str, str]) -> None:
    for step in ("choose", "book"):
        answer = visit("frej").post(TIMES, {"step": step, **fields})
        assert answer.status_code in (200, 409) and not CODE.search(text(answer))


def test_signs_that_no_keyboard_writes_do_not_stop_anybody(times, visit) -> None:
    assert book(visit("frej"), message="\x00\u202eHej 🌱\x07")


def test_no_number_is_asked_for_where_nothing_sends(times, visit, settings) -> None:
    frej = visit("frej")
    form = text(frej.post(TIMES, {"step": "choose", "when": WHEN.findall(text(frej.get(TIMES)))[-1]}))
    assert "ingen påminnelse" in form and 'name="number"' not in form
    settings.REMINDER_OUTBOX = "/tmp/nowhere"
    form = text(frej.post(TIMES, {"step": "choose", "when": WHEN.findall(text(frej.get(TIMES)))[-1]}))
    assert 'name="number"' in form and "sämre skyddat" in form
    told = {"step": "book", "channel": "phone", "remind": "1", "number": "ring mig", "text": "Kom"}
    wrong = frej.post(TIMES, {**told, "when": WHEN.findall(text(frej.get(TIMES)))[-1]})
    assert wrong.status_code == 422 and "ring mig" in text(wrong)


@pytest.mark.parametrize("typed", ["", "12345", "x" * 500, "\x00", "1" * 25])
def test_a_wrong_code_opens_nothing(times, visit, typed: str) -> None:
    for at, field in ((MINE, "code"), (CARD, "card")):
        answer = visit("frej").post(at, {field: typed})
        assert answer.status_code == 422 and 'role="alert"' in text(answer)


def test_a_card_asks_for_a_call_once(times, visit) -> None:
    frej, code = visit("frej"), new_card()
    choose = text(frej.post(CARD, {"card": code}))
    assert "Be oss ringa mig" in choose and "Boka en tid" in choose
    told = {"step": "ask", "card": code, "name": "Kim", "number": "070-123 45 67"}
    assert "Kryssa i rutan" in text(frej.post(CARD, told)) and Card.objects.exists()
    for wrong in ({"name": "Kim 123"}, {"number": "nej"}):
        assert frej.post(CARD, {**told, "consent": "1", **wrong}).status_code == 422
    done = text(frej.post(CARD, {**told, "consent": "1"}))
    assert "Vi ringer" in done and "90101" in done
    assert CallRequest.objects.count() == 1 and not Card.objects.exists()
    assert frej.post(CARD, {"card": code}).status_code == 422


def test_a_card_of_one_reception_is_nothing_to_the_other(times, visit) -> None:
    code = new_card()
    answers = [visit("frej").post("/stod/sv/kort/m/", {"card": c}) for c in (code, "1" * 24 + "5")]
    assert {a.status_code for a in answers} == {422} and Card.objects.exists()


def test_a_card_books_and_a_card_writes(times, visit) -> None:
    frej, code = visit("frej"), new_card()
    at = "/stod/sv/tid/k/"
    assert f'name="card" value="{code}"' in text(frej.post(at, {"step": "look", "card": code}))
    book(frej, at, card=code)
    assert not Card.objects.exists()
    assert "redan använt" in text(frej.post(at, {"step": "book", "when": first(frej, at), "card": code}))
    other = new_card("mika")
    gone = frej.post("/stod/sv/kort/m/", {"card": other, "step": "write"})
    assert gone.status_code == 302 and gone["Location"] == "/stod/sv/prata/" and not Card.objects.exists()

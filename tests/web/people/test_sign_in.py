"""Sign-in: who gets in, who does not, and that nobody is locked out for ever."""

from datetime import timedelta

import pytest
from django.test import Client

from klarsyn.people import throttle
from klarsyn.people.models import SignInPause
from klarsyn.people.roles import Analyst
from tests.make import PASSWORD, member
from tests.people import NAMES, ground, person

PAGE = "/personal/logga-in/"


@pytest.fixture(autouse=True)
def _ground(db) -> None:
    ground()


def attempt(client: Client, name: str = "nils", password: str = "fel lösenord"):
    return client.post(PAGE, {"username": name, "password": password})


def test_nils_gets_in_and_comes_to_where_he_was_going(db) -> None:
    member("nils", Analyst)
    answer = Client().post(PAGE, {"username": "nils", "password": PASSWORD, "next": "/personal/roller/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/personal/roller/")


@pytest.mark.parametrize("where", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_a_way_on_to_somewhere_else_is_not_followed(db, where) -> None:
    member("nils")
    answer = Client().post(PAGE, {"username": "nils", "password": PASSWORD, "next": where})
    assert answer.headers["Location"] == "/personal/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(db) -> None:
    member("nils")
    known, unknown = (attempt(Client(), name).content.decode() for name in ("nils", "ingen"))
    assert "stämmer inte" in known
    assert known.count("k-errors") == unknown.count("k-errors") == 1
    assert "nils" not in unknown and known.replace("nils", "").count("<li>") == unknown.count("<li>")


def test_after_five_failures_nils_waits_and_then_gets_in(db, monkeypatch) -> None:
    member("nils")
    client, start = Client(), throttle.now()
    monkeypatch.setattr(throttle, "now", lambda: start)
    for _ in range(throttle.FREE):
        attempt(client)
    refused = attempt(client, password=PASSWORD)
    assert refused.status_code == 422 and "Kontot är inte spärrat" in refused.content.decode()
    monkeypatch.setattr(throttle, "now", lambda: start + throttle.FIRST)
    assert attempt(client, password=PASSWORD).status_code == 302


def test_tries_during_the_pause_do_not_lengthen_it(db, monkeypatch) -> None:
    start = throttle.now()
    monkeypatch.setattr(throttle, "now", lambda: start)
    for _ in range(50):
        attempt(Client())
    assert SignInPause.objects.get().failures == throttle.FREE


def test_the_pause_has_a_longest_and_is_forgotten(db) -> None:
    now = throttle.now()
    SignInPause.objects.create(key="k", failures=30_000, last_failure_at=now)
    until = throttle.wait_until("k", now)
    assert until is not None and until - now == throttle.LONGEST
    assert throttle.wait_until("k", now + throttle.FORGOTTEN + timedelta(seconds=1)) is None


def test_a_stranger_who_guesses_does_not_keep_nils_out_of_his_own_browser(db) -> None:
    member("nils")
    own = Client()
    assert attempt(own, password=PASSWORD).status_code == 302
    for _ in range(throttle.FREE + 1):
        attempt(Client())
    assert attempt(Client(), password=PASSWORD).status_code == 422
    assert attempt(own, password=PASSWORD).status_code == 302


def test_what_was_typed_as_a_name_is_not_kept(db) -> None:
    attempt(Client(), name="mitt-hemliga-lösenord")
    assert "mitt" not in SignInPause.objects.get().key
    assert {field.name for field in SignInPause._meta.get_fields()} == {
        "id",
        "key",
        "failures",
        "last_failure_at",
    }


def test_somebody_who_has_left_does_not_get_in(db) -> None:
    nils = member("nils")
    nils.is_active = False
    nils.save()
    assert attempt(Client(), password=PASSWORD).status_code == 422


@pytest.mark.parametrize("name", NAMES)
def test_an_invented_person_gets_in_with_one_click_in_the_demonstration(db, name) -> None:
    person(name)
    client = Client()
    assert client.post(f"{PAGE}demo/", {"username": name}).headers["Location"] == "/personal/"
    assert person(name).name in client.get("/personal/").content.decode()


def test_outside_the_demonstration_nobody_gets_in_with_one_click(db, settings) -> None:
    person("disa")
    settings.DEMO = False
    assert Client().post(f"{PAGE}demo/", {"username": "disa"}).status_code == 404
    assert "påhittade" not in Client().get(PAGE).content.decode()


def test_one_click_opens_no_real_account(db) -> None:
    member("nils")
    assert Client().post(f"{PAGE}demo/", {"username": "nils"}).status_code == 404


def test_signing_out_needs_a_deliberate_click(visit) -> None:
    client = visit("disa")
    assert client.get("/personal/logga-ut/").status_code == 405
    client.post("/personal/logga-ut/")
    assert client.get("/personal/").status_code == 302

"""The second step: who must take it, what opens it, and that nothing opens before it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import pepper
from klarsyn.people import entering, throttle
from klarsyn.people.factors import codes
from klarsyn.people.keys import pepper_file
from klarsyn.people.models import Team
from klarsyn.people.roles import Analyst
from tests.make import PASSWORD, member
from tests.people import DEMO_PASSWORD, ground, person
from tests.web.people.steps import SECOND, SIGN_IN, code_for, shown_secret, type_password, with_app

APP, SECURITY, CODES = "/personal/sakerhet/app/", "/personal/sakerhet/", "/personal/sakerhet/koder/"


@pytest.fixture(autouse=True)
def _ground(db) -> None:
    ground()


def told() -> list[tuple[str, str, str]]:
    return list(AuditEvent.objects.values_list("action", "object", "outcome"))


def test_nils_with_an_app_is_halfway_after_the_password_and_in_after_the_code() -> None:
    nils, client = member("nils", Analyst), Client()
    secret = with_app(nils)
    answer = type_password(client, next="/personal/roller/")
    assert answer.headers["Location"] == SECOND
    assert client.get("/personal/").status_code == 302  # nothing opens in between
    inside = client.post(SECOND, {"code": code_for(secret)})
    assert inside.headers["Location"] == "/personal/roller/"
    assert client.get("/personal/").status_code == 200
    assert told()[-3:] == [
        ("sign_in.password", "", "ok"), ("sign_in.factor", "totp", "ok"), ("sign_in.second_factor", "totp", "ok")
    ]  # fmt: skip


def test_the_keys_are_there_after_the_second_step_and_need_both_cookies() -> None:
    nils, client = member("nils", Analyst), Client()
    secret = with_app(nils)
    type_password(client)
    half = client.cookies[settings.KEY_COOKIE].value
    client.post(SECOND, {"code": code_for(secret)})
    assert "Valvet är upplåst" in client.get(SECURITY).content.decode()
    assert client.cookies[settings.KEY_COOKIE].value == half
    del client.cookies[settings.KEY_COOKIE]
    assert "Valvet är låst" in client.get(SECURITY).content.decode()


def test_a_code_is_good_once_and_a_wrong_one_never() -> None:
    nils = member("nils", Analyst)
    secret = with_app(nils)
    code, first, second = code_for(secret), Client(), Client()
    for client in (first, second):
        type_password(client)
    assert first.post(SECOND, {"code": "000000" if code != "000000" else "111111"}).status_code == 422
    assert first.post(SECOND, {"code": code}).status_code == 302
    again = second.post(SECOND, {"code": code})
    assert again.status_code == 422 and "redan använd" in again.content.decode()
    assert second.post(SECOND, {"code": code_for(secret, -1)}).status_code == 422  # nor an older one
    assert second.post(SECOND, {"code": ""}).status_code == 422
    assert ("sign_in.factor", "", "refused") in told()


def test_guessing_codes_is_paused_like_guessing_passwords(monkeypatch) -> None:
    nils, client, start = member("nils", Analyst), Client(), throttle.now()
    secret = with_app(nils)
    monkeypatch.setattr(throttle, "now", lambda: start)
    type_password(client)
    for _ in range(throttle.FREE):
        client.post(SECOND, {"code": "12345"})
    assert "För många försök" in client.post(SECOND, {"code": code_for(secret)}).content.decode()
    monkeypatch.setattr(throttle, "now", lambda: start + throttle.FIRST)
    assert client.post(SECOND, {"code": code_for(secret)}).status_code == 302


def test_halfway_is_left_after_five_minutes_and_by_whoever_begins_again(monkeypatch) -> None:
    nils, client = member("nils", Analyst), Client()
    secret, now = with_app(nils), entering.time.time()
    type_password(client)
    monkeypatch.setattr(entering.time, "time", lambda: now + entering.HALFWAY_SECONDS + 2)
    assert client.post(SECOND, {"code": code_for(secret)}).headers["Location"] == SIGN_IN
    assert client.get("/personal/").status_code == 302


def test_without_the_first_step_there_is_no_second() -> None:
    member("nils", Analyst)
    for method in ("get", "post"):
        assert getattr(Client(), method)(SECOND).headers["Location"] == SIGN_IN


def test_a_counsellor_without_a_factor_sets_one_up_before_she_sees_anything() -> None:
    alva, client = person("alva"), Client()
    assert type_password(client, "alva", DEMO_PASSWORD).headers["Location"] == "/personal/"
    for path in ("/personal/", "/personal/roller/", SECURITY, "/personal/sakerhet/losenord/"):
        assert client.get(path).headers["Location"].startswith(SECOND)
    assert (
        client.get(f"{SECOND}?next=/personal/roller/").headers["Location"] == f"{APP}?next=/personal/roller/"
    )
    secret = shown_secret(client.get(APP).content.decode())
    assert client.post(APP, {"code": "1"}).status_code == 422
    made = client.post(APP, {"code": code_for(secret)})
    assert made.headers["Location"] == CODES
    page = client.get(CODES).content.decode()
    assert page.count("<li><code>") == 10 and client.get(CODES).status_code == 302  # shown once
    assert client.get("/personal/").status_code == 200
    assert ("factor.add", "totp", "ok") in told() and ("factor.codes", "", "ok") in told()
    assert codes.recovery_codes_left(alva) == 10


def test_a_recovery_code_stands_in_for_the_app_once() -> None:
    nils = member("nils", Analyst)
    with_app(nils)
    spare = codes.new_recovery_codes(nils)
    for code, status in ((spare[3], 302), (spare[3], 422), (spare[4].replace(" ", ""), 302)):
        client = Client()
        type_password(client)
        assert client.post(SECOND, {"code": code}).status_code == status
    assert codes.recovery_codes_left(nils) == 8


def test_bos_code_does_not_let_nils_in() -> None:
    nils, anna = member("nils", Analyst), member("anna", Analyst)
    with_app(nils)
    codes.add_app(anna, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU", code_for("KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU", -1))
    client = Client()
    type_password(client)
    assert client.post(SECOND, {"code": code_for("KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")}).status_code == 422


def test_what_the_database_holds_of_a_factor_is_sealed() -> None:
    nils = member("nils", Analyst)
    secret, spare = with_app(nils), codes.new_recovery_codes(nils)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored and not any(code.replace(" ", "") in stored for code in spare)


def test_a_role_that_is_given_during_a_session_asks_for_the_factor_at_once() -> None:
    nils, client = member("nils", Analyst), Client()
    type_password(client)
    assert client.get("/personal/").status_code == 200
    person("alva")
    nils.roles_held.create(role="mika_counsellor", team=Team.objects.get(kind="mika"))
    assert client.get("/personal/").headers["Location"].startswith(SECOND)


def test_the_last_factor_of_somebody_who_needs_one_stays(visit) -> None:
    alva = person("alva")
    with_app(alva)
    client = visit("alva")
    only = Authenticator.objects.get(user=alva, type="totp")
    assert client.post(f"{SECURITY}ta-bort/{only.pk}/").status_code == 409
    assert Authenticator.objects.filter(pk=only.pk).exists()


def test_nils_takes_his_own_factor_away_and_nobody_elses(visit) -> None:
    nils, client = member("nils", Analyst), Client()
    secret = with_app(nils)
    codes.new_recovery_codes(nils)
    only = Authenticator.objects.get(user=nils, type="totp")
    assert visit("disa").post(f"{SECURITY}ta-bort/{only.pk}/").status_code == 404
    type_password(client)
    client.post(SECOND, {"code": code_for(secret)})
    assert client.post(f"{SECURITY}ta-bort/{only.pk}/").status_code == 302
    assert not Authenticator.objects.filter(user=nils).exists()
    assert ("factor.remove", "totp", "ok") in told()


def test_the_step_again_is_asked_after_five_minutes_and_password_or_code_will_do(monkeypatch) -> None:
    nils, client = member("nils", Analyst), Client()
    secret = with_app(nils)
    type_password(client)
    client.post(SECOND, {"code": code_for(secret)})
    assert client.get(APP).status_code == 200
    later = timedelta(minutes=settings.STEP_UP_MINUTES, seconds=2).total_seconds() + entering.time.time()
    monkeypatch.setattr(entering.time, "time", lambda: later)
    asked = client.get(APP).headers["Location"]
    assert asked == f"/personal/bekrafta/?next={APP}"
    assert client.post("/personal/bekrafta/", {"password": "fel", "next": APP}).status_code == 422
    assert client.get(APP).status_code == 302
    assert client.post("/personal/bekrafta/", {"password": PASSWORD, "next": APP}).headers["Location"] == APP
    assert client.get(APP).status_code == 200


def test_a_session_from_before_the_factor_does_not_take_it_away_with_the_password() -> None:
    nils, old = member("nils", Analyst), Client()
    type_password(old)
    with_app(nils)
    only = Authenticator.objects.get(user=nils, type="totp")
    for path in (APP, f"{SECURITY}passnyckel/", f"{SECURITY}losenord/"):
        assert old.get(path).headers["Location"].startswith(SECOND)
    for path in (f"{SECURITY}ta-bort/{only.pk}/", f"{SECURITY}nya-koder/", APP):
        assert old.post(path, {"code": "1"}).headers["Location"].startswith(SECOND)
    assert Authenticator.objects.filter(user=nils).count() == 1


def test_a_new_pepper_is_taken_at_the_next_sign_in_and_the_old_may_then_go(tmp_path, settings) -> None:
    settings.KEYS = settings.HOME = tmp_path
    ground()
    nils = member("nils", Analyst)
    secret, spare = with_app(nils), codes.new_recovery_codes(nils)
    pepper.rotate(pepper_file.path())
    pepper_file.keep_fingerprints()
    first, second = Client(), Client()
    type_password(first)
    assert first.post(SECOND, {"code": code_for(secret)}).status_code == 302
    pepper.retire(pepper_file.path(), 1)
    pepper_file.keep_fingerprints()
    type_password(second)
    assert second.post(SECOND, {"code": spare[0]}).status_code == 302

"""The guards of a staff page, one at a time: what each asks for, in which order, and what it hands on."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path as address

from klarsyn.config.urls import both
from klarsyn.people import access, entering
from klarsyn.people.access import keys, keys_required, shown_factor_required, staff, staff_required
from klarsyn.people.permissions import Permission
from tests.people import person, signed_in


@staff_required(Permission.CASE_READ)
@keys_required
def opened(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{staff(request).username} {keys(request).uid == staff(request).uid}")


@staff_required()
@shown_factor_required
def factors(request: HttpRequest) -> HttpResponse:
    return HttpResponse("factors")


urlpatterns = [*both.urlpatterns, address("opened/", opened), address("factors/", factors)]
handler404 = both.handler404
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def sent_to(client: Client, path: str) -> str:
    answer = client.get(path)
    return str(answer.headers.get("Location", answer.content.decode()))


def test_alva_gets_the_page_and_her_own_keys() -> None:
    alva = signed_in("alva")
    assert sent_to(alva, "/opened/") == "alva True"
    assert "no-store" in alva.get("/opened/").headers["Cache-Control"]


def test_without_keys_in_the_session_the_vault_is_unlocked_first() -> None:
    alva = signed_in("alva")
    del alva.cookies[settings.KEY_COOKIE]
    assert sent_to(alva, "/opened/") == "/personal/las-upp/?next=/opened/"


def test_another_persons_secret_is_no_key() -> None:
    alva, bo = signed_in("alva"), signed_in("bo")
    alva.cookies[settings.KEY_COOKIE] = bo.cookies[settings.KEY_COOKIE].value
    assert sent_to(alva, "/opened/") == "/personal/las-upp/?next=/opened/"


def test_the_permission_is_asked_before_the_keys() -> None:
    disa = signed_in("disa")
    del disa.cookies[settings.KEY_COOKIE]
    assert disa.get("/opened/").status_code == 404


def test_who_has_a_factor_and_has_not_shown_it_shows_it_first(monkeypatch) -> None:
    elis = signed_in("elis")
    session = elis.session
    del session[entering.FACTOR]
    session.save()
    assert sent_to(elis, "/factors/") == "factors"  # no factor to show
    monkeypatch.setattr(access.held, "kinds", lambda user: ("totp",))
    assert sent_to(elis, "/factors/") == "/personal/logga-in/steg-2/?next=/factors/"
    assert sent_to(signed_in("elis"), "/factors/") == "factors"


@pytest.mark.parametrize(
    ("method", "came_from", "back"),
    [
        ("POST", "http://testserver/personal/nycklar/?vem=7", "/personal/nycklar/%3Fvem%3D7"),
        ("POST", "http://elsewhere.example/personal/nycklar/", "/opened/%3Fa%3D1"),
        ("POST", "", "/opened/%3Fa%3D1"),
        ("GET", "http://testserver/personal/nycklar/", "/opened/%3Fa%3D1"),
    ],
)
def test_after_a_posted_form_one_comes_back_to_the_page_it_stood_on(method, came_from, back) -> None:
    alva = signed_in("alva")
    del alva.cookies[settings.KEY_COOKIE]
    headers = {"Referer": came_from} if came_from else {}
    answer = alva.generic(method, "/opened/?a=1", headers=headers)
    assert answer.headers["Location"] == f"/personal/las-upp/?next={back}"


def test_who_asks_for_keys_that_are_not_there_is_stopped(rf) -> None:
    request = rf.get("/")
    request.user = signed_in("alva") and person("alva")
    request.session = {}
    with pytest.raises(AssertionError):
        keys(request)


def test_a_guard_that_asks_no_permission_says_so() -> None:
    assert getattr(factors, access.GUARD) == "anyone signed in"
    assert getattr(opened, access.GUARD) is Permission.CASE_READ
    assert access.GUARD == "guarded_by"

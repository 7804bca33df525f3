"""A copy of the sessions' table opens no session and tells nothing of one."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from klarsyn.base.vault import KeyPair, SigningPair
from klarsyn.people import unlocked
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import StaffSession, User
from klarsyn.people.sessions import SessionStore, sign_out_everywhere

pytestmark = pytest.mark.django_db


def kept(**values: str) -> SessionStore:
    store = SessionStore()
    store.update(values)
    store.save()
    return SessionStore(store.session_key)


def test_a_session_is_read_by_its_cookie_and_the_row_says_neither_id_nor_content() -> None:
    store = kept(word="fjärden")
    assert store["word"] == "fjärden"
    row = StaffSession.objects.get()
    stored = row.id_hash.encode() + bytes(row.sealed)
    assert store.session_key.encode() not in stored and "fjärden".encode() not in stored
    assert SessionStore(row.id_hash).load() == {}  # what lies in the table is no cookie


def test_rows_of_two_sessions_do_not_fit_each_other() -> None:
    one, two = kept(word="a"), kept(word="b")
    rows = {r.id_hash: bytes(r.sealed) for r in StaffSession.objects.all()}
    first, second = rows
    StaffSession.objects.filter(pk=first).update(sealed=rows[second])
    assert sorted([one.load().get("word", ""), two.load().get("word", "")])[0] == ""


@pytest.mark.parametrize(
    ("rest", "age", "lives"), [(29, 1, True), (31, 1, False), (1, 599, True), (1, 601, False)]
)
def test_a_session_ends_after_rest_and_after_a_working_day(rest: int, age: int, lives: bool) -> None:
    store, now = kept(word="a"), timezone.now()
    began, seen = now - timedelta(minutes=max(age, rest)), now - timedelta(minutes=rest)
    limit = min(seen + timedelta(minutes=30), began + timedelta(hours=10))
    StaffSession.objects.update(began_at=began, seen_at=seen, expires_at=limit)
    assert bool(store.load()) is lives
    if lives:
        assert StaffSession.objects.get().expires_at <= began + timedelta(hours=10)


def test_every_session_of_a_person_ends_at_once_and_a_closed_account_has_none() -> None:
    alva = User.objects.create(username="alva", name="Alva")
    one, two, other = (kept(_auth_user_id=str(alva.pk)), kept(_auth_user_id=str(alva.pk)), kept(word="x"))
    assert sign_out_everywhere(alva) == 2 and one.load() == two.load() == {} and other.load()
    again = kept(_auth_user_id=str(alva.pk))
    User.objects.update(is_active=False)
    assert again.load() == {}


def test_expired_rows_are_swept() -> None:
    kept(word="a"), kept(word="b")
    StaffSession.objects.filter(pk=StaffSession.objects.first().pk).update(
        expires_at=timezone.now() - timedelta(1)
    )
    SessionStore.clear_expired()
    assert StaffSession.objects.count() == 1


def test_keys_in_a_session_need_both_cookies_and_their_own_person(settings) -> None:
    alva, bo = (User.objects.create(username=n, name=n) for n in ("alva", "bo"))
    keys = Unlocked(alva.uid, KeyPair.new(), SigningPair.new())
    request, response = RequestFactory().get("/"), HttpResponse()
    request.session, request.user = SessionStore(), alva
    unlocked.keep(request, response, keys)
    cookie = response.cookies[settings.KEY_COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict"
    assert unlocked.keys_of(request) is None  # the browser has not sent the second cookie yet
    request.COOKIES[settings.KEY_COOKIE] = cookie.value
    assert unlocked.keys_of(request).seeds() == keys.seeds()
    request.user = bo
    assert unlocked.keys_of(request) is None
    request.user = alva
    for wrong in ("", "x", base64.urlsafe_b64encode(bytes(32)).decode()):
        request.COOKIES[settings.KEY_COOKIE] = wrong
        assert unlocked.keys_of(request) is None
